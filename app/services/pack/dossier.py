"""Everything that the papers of a pack say of one hit, and of the pack as a whole, put together once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.services.context import Context
from app.services.deciding import standings
from app.services.pack.deriving import Asked, Derived
from app.services.pack.drawing import Drawing, draw
from app.services.pack.passages import place_of, without_reporter
from app.services.pack.plain import shown
from app.services.pack.subgraph import holders, picture
from app.services.pack.timeline import Event, events_of
from app.services.picture import ON_PAPER
from graph.casebook.decisions import Standing
from graph.errors import Lang
from graph.model import model
from graph.store.base import Scope
from queries.explain import FOOTER
from queries.hit import Hit
from queries.saved import ParameterValue, SavedQuery


class Word(Protocol):
    """The words of one language."""

    def __call__(self, key: str, **facts: object) -> str:
        """Return the text of a key."""

    def group(self, prefix: str) -> dict[str, str]:
        """Return all texts below a prefix."""


@dataclass(frozen=True)
class Cited:
    """One source of the hit: what it supports, where it stands, what kind of claim it is, and its words."""

    doc: str
    about: str
    place: str
    claim: str
    quote: str


@dataclass(frozen=True)
class Party:
    """Who holds a role."""

    role: str
    type: str
    name: str
    code: str


@dataclass(frozen=True)
class Looked:
    """A circumstance that would clear: whether it was found, how a person checks it, and where it stands."""

    when: str
    state: str
    found: bool
    check: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Dossier:
    """One hit, as its papers say it.

    Attributes:
        hit: The hit.
        saved: Its query.
        parameters: With which it was found.
        standing: What people decided.
        title: Of the query.
        state: Of the hit, in words.
        sentences: Heading and sentence, six.
        footer: What the hit is not.
        parties: Who holds the roles.
        drawing: The relations.
        left_out: Entities that are not drawn.
        events: The time line.
        cited: The sources, in the order of the path.
        missing: What is not known.
        looked: What would clear.
        steps: What people decided, a line each.
    """

    hit: Hit
    saved: SavedQuery
    parameters: Mapping[str, ParameterValue]
    standing: Standing
    title: str
    state: str
    sentences: tuple[tuple[str, str], ...]
    footer: str
    parties: tuple[Party, ...]
    drawing: Drawing
    left_out: int
    events: tuple[Event, ...]
    cited: tuple[Cited, ...]
    missing: tuple[str, ...]
    looked: tuple[Looked, ...]
    steps: tuple[str, ...]

    @property
    def problem(self) -> str:
        """The first sentence: what the records show."""
        return self.sentences[0][1]


@dataclass(frozen=True)
class Head:
    """What holds for the whole pack.

    Attributes:
        lang: Of its words.
        word: Gives them.
        made: Naive UTC.
        by: Who made it.
        data: Version of ledger, casebook, projection, engine in words.
        scope: In words.
    """

    lang: Lang
    word: Word
    made: datetime
    by: str
    data: str
    scope: str


def scope_in_words(scope: Scope, word: Word) -> str:
    """Return what the maker of a pack may see."""
    if scope.cases == "all":
        return word("pack.scope_all")
    cases = "、".join(shown(case) for case in sorted(scope.cases))
    return word("pack.scope_cases", cases=cases) if cases else word("pack.scope_none")


def _sentences(hit: Hit, lang: Lang) -> tuple[tuple[str, str], ...]:
    *lines, _ = hit.explanation[lang].split("\n")
    mark = ":" if lang == "zh" else ": "
    parts = [line.partition(mark) for line in lines]
    return tuple((shown(heading), shown(body, 20_000)) for heading, _, body in parts)


def _cited(derived: Derived, hit: Hit, head: Head) -> tuple[Cited, ...]:
    found = []
    for one in hit.evidence:
        edge = derived.edges.get(one.eid)
        relation = model().relations[edge.type] if edge is not None else None
        about = "" if relation is None else (relation.zh if head.lang == "zh" else relation.en)
        claim = head.word(f"claim.{one.claim}") + (f"({shown(one.speaker)})" if one.speaker else "")
        found.append(
            Cited(
                one.doc,
                about,
                shown(place_of(one, head.lang)),
                claim,
                shown(without_reporter(one.quote, head.lang)),
            )
        )
    return tuple(dict.fromkeys(found))


def _looked(hit: Hit, head: Head) -> tuple[Looked, ...]:
    return tuple(
        Looked(
            shown(one.when[head.lang]),
            head.word(f"hit.clear_{one.state}"),
            one.state == "found",
            shown(one.check[head.lang]),
            tuple(shown(place_of(source, head.lang)) for source in one.evidence),
        )
        for one in hit.clears
    )


def _steps(standing: Standing, word: Word) -> tuple[str, ...]:
    found = []
    for step in standing.steps:
        told = [word(f"decide.state_{step.state}")]
        told += [word(f"decide.reason_{step.reason}")] if step.reason else []
        told += [shown(one, 500) for one in (step.number, step.note) if one]
        said = word("decide.confirmed") if step.confirms else word("decide.took")
        found.append(f"{step.at:%Y-%m-%d %H:%M} {shown(step.actor)} {said} · {' · '.join(told)}")
    return tuple(found)


def _parties(hit: Hit, head: Head) -> tuple[Party, ...]:
    role_words = head.word.group("role")  # a new query may name a role that has no word yet
    return tuple(
        Party(
            role_words.get(role, role),
            model().nodes[one.type].zh if head.lang == "zh" else model().nodes[one.type].en,
            shown(one.name),
            shown(one.code),
        )
        for role, one in holders(hit)
    )


def dossiers(context: Context, derived: Derived, wanted: Sequence[Asked], head: Head) -> list[Dossier]:
    """Put together what is said of some hits, in their order; all of them are among what was derived.

    Args:
        context: Names the casebook.
        derived: The hits with what they cite.
        wanted: Which, in this order.
        head: Language and words.
    """
    hits = [derived.hits[one.fingerprint] for one in wanted]
    with context.casebook() as casebook:
        stands = standings(casebook, [hit.to_json() for hit in hits])
    made = []
    for one, hit in zip(wanted, hits, strict=True):
        saved, drawn = derived.queries[hit.query], picture(derived, hit, ON_PAPER, head.lang)
        parameters = {name: one.parameters.get(name, known.default) for name, known in saved.parameters.items()}
        made.append(
            Dossier(
                hit=hit,
                saved=saved,
                parameters=parameters,
                standing=stands[hit.fingerprint],
                title=f"{saved.typology} {saved.title.text(head.lang)}",
                state=head.word(f"hit.{hit.state}"),
                sentences=_sentences(hit, head.lang),
                footer=FOOTER[head.lang],
                parties=_parties(hit, head),
                drawing=draw(drawn),
                left_out=drawn.left_out,
                events=tuple(events_of(derived, hit, head.lang)),
                cited=_cited(derived, hit, head),
                missing=tuple(shown(item[head.lang]) for item in hit.missing),
                looked=_looked(hit, head),
                steps=_steps(stands[hit.fingerprint], head.word),
            )
        )
    return made
