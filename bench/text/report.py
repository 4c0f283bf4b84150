"""Writes scores as one Markdown page: counts and rates only for the sealed half, ten failures for the open one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bench.text.cost import LayerCost
from bench.text.failures import Failure
from bench.text.gold_types import TYPES
from bench.text.scoring import BINS, Score
from bench.text.tally import Tally, total
from graph.projection.claims import STRENGTH


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"
    yield ""


def _rates(one: Tally) -> list[str]:
    return [f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", str(one.right + one.missed)]


def _tallies(title: str, tallies: Mapping[str, Tally], order: Iterable[str] | None = None) -> Iterator[str]:
    names = [name for name in (order or sorted(tallies)) if name in tallies]
    rows = [[name, *_rates(tallies[name])] for name in names]
    rows.append(["**all**", *_rates(total(tallies.values()))])
    yield from table((title, "P", "R", "F1", "marked"), rows)


def _claims(score: Score) -> Iterator[str]:
    names = [name for name in STRENGTH if any(name in pair for pair in score.claims)]
    yield from table(
        ("marked ↓ found →", *names), [[row, *(score.claims[row, column] for column in names)] for row in names]
    )


def _calibration(score: Score) -> Iterator[str]:
    rows = [
        (
            kind,
            f"{place / BINS:.1f}–{(place + 1) / BINS:.1f}",
            int(cell[0]),
            f"{cell[2] / cell[0]:.2f}",
            f"{cell[1] / cell[0]:.2f}",
        )
        for kind, cells in sorted(score.bins.items())
        for place, cell in sorted(cells.items())
    ]
    yield from table(("what", "confidence", "found", "mean confidence", "share right"), rows)


def half(title: str, score: Score) -> Iterator[str]:
    """Yield the section of one half; numbers and type names only."""
    yield f"## {title}: {score.documents} documents, {score.characters} characters"
    yield ""
    yield from _tallies("exact spans", score.spans, TYPES.values())
    yield from _tallies("overlapping spans", score.overlaps, TYPES.values())
    yield from _tallies("with the right value", score.values)
    yield from _tallies("persons, agencies, companies by genre", score.genres)
    yield from _tallies("relations", score.relations)
    yield from _tallies("relations by genre", score.genre_relations)
    rows = [["pairs of names", *_rates(score.links)], ["pairs of unlike names", *_rates(score.other_names)]]
    yield from table(("coreference", "P", "R", "F1", "marked"), rows)
    references = ("right", "wrong", "unresolved", "unseen")
    yield from table(("pronouns and roles", *references), [["", *(score.references[name] for name in references)]])
    yield "Claims of matched relations:"
    yield ""
    yield from _claims(score)
    faults: list[Sequence[object]] = [
        ["denied or refuted, turned into a fact", score.negation_lost],
        ["rank raised", score.raised],
        ["merely reported, turned into stated", score.reported_as_stated],
        ["denials found / marked", f"{score.denials.right} / {score.denials.right + score.denials.missed}"],
        ["speaker right / matched", f"{score.speakers['right']} / {score.speakers.total()}"],
        ["quotes that are not the reader's text", score.unequal_quotes],
    ]
    yield from table(("what must not happen, and who speaks", "count"), faults)
    outcomes = ("right", "wrong", "absent")
    rows = [[name, *map(str, (counts[one] for one in outcomes))] for name, counts in sorted(score.attributes.items())]
    yield from table(("attribute of matched relations", *outcomes), rows)
    yield from _calibration(score)


def costs(
    layers: Sequence[LayerCost], speed: float, early: float | None, late: float | None, documents: int
) -> Iterator[str]:
    """Yield the section on time and memory."""
    yield "## Cost"
    yield ""
    yield "Processor time of one process, all threads together; memory as Python allocates it, over one batch."
    yield ""
    rows = [[one.name, f"{one.speed:,.0f}", f"{one.peak:,.0f}"] for one in layers]
    yield from table(("layer", "characters/s", "peak KiB above what was held"), rows)
    yield f"The whole pipeline reads {speed:,.0f} characters/s."
    if early is not None and late is not None:
        yield f"Most memory of the process: {early:.0f} MiB after a tenth of {documents:,} documents,"
        yield f"{late:.0f} MiB at the end."
    yield ""


def failed(found: Sequence[Failure]) -> Iterator[str]:
    """Yield the section of honest failures."""
    yield f"## {len(found)} failures from the open half"
    yield ""
    yield from (f"{number}. **{one.kind}** ({one.document}): {one.words}" for number, one in enumerate(found, start=1))
    yield ""
