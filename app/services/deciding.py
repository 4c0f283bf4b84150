"""What people decided about hits, held against the evidence of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.casebook.casebook import Casebook
from graph.casebook.decisions import GONE, Standing, standing

Hit = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """How the evidence of a hit differs from the evidence that was decided on.

    Attributes:
        added: Places (file and locator) that were not there.
        removed: Places that are no longer there.
        values: Figure -> (then, now).
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    values: dict[str, tuple[object, object]]


def _places(hit: Hit) -> set[str]:
    return {f"{one['file']} {one['locator']}" for one in hit["evidence"]}


def changed(then: Hit, now: Hit) -> Change:
    """Return what differs between two forms of one hit."""
    before, after = _places(then), _places(now)
    figures = sorted(set(then["values"]) | set(now["values"]))
    differing = {name: (then["values"].get(name), now["values"].get(name)) for name in figures}
    return Change(
        tuple(sorted(after - before)),
        tuple(sorted(before - after)),
        {name: pair for name, pair in differing.items() if pair[0] != pair[1]},
    )


def standings(casebook: Casebook, hits: Sequence[Hit]) -> dict[str, Standing]:
    """Return for each hit, by fingerprint, what stands."""
    digests = {str(hit["fingerprint"]): str(hit["evidence_digest"]) for hit in hits}
    steps = casebook.decisions.steps(list(digests))
    return {fingerprint: standing(steps[fingerprint], digest) for fingerprint, digest in digests.items()}


def what_changed(casebook: Casebook, hit: Hit, stands: Standing) -> Change | None:
    """Return how a reopened hit differs from the form that was decided on; None when that form is no longer kept."""
    decided = stands.decided
    if decided is None or not stands.reopened:
        return None
    then = casebook.hit_with_digest(str(hit["fingerprint"]), decided.digest)
    return None if then is None else changed(then, hit)


def no_longer_found(casebook: Casebook, query: str, hits: Sequence[Hit]) -> list[tuple[Hit, Standing]]:
    """Return the hits of a query that somebody worked on and that its newest run no longer finds (不再命中)."""
    now = {str(hit["fingerprint"]) for hit in hits}
    found: list[tuple[Hit, Standing]] = []
    for fingerprint in casebook.decisions.fingerprints(query):
        if fingerprint not in now:
            stored = casebook.find_hits(fingerprint)
            stands = casebook.decisions.standing(fingerprint, None)
            if stored:
                found.append(({**stored[-1], "state": GONE}, stands))
    return found
