"""Who stands close to those who control a firm: they themselves, kin, associates, and whom they hold shares for."""

from dataclasses import dataclass

from app.services.audit.steps import Steps
from app.services.audit.texts import CLOSE, NOMINEES

# Through one more person only by these: spouse's brother, son's wife; beyond them everybody in a county is kin.
_CLOSE_KINDS = frozenset({"spouse", "child", "sibling", "child_in_law"})


@dataclass(frozen=True)
class Closeness:
    """How somebody stands to a person who controls the firm; no eids when it is the same person."""

    person: str
    controller: str
    eids: tuple[str, ...]


def _through_common_child(steps: Steps, middle: str, one: str, other: str) -> bool:
    """Tell whether two persons are tied only as parents of one child, which also joins the divorced."""
    ties = (steps.ties[one], steps.ties[other])
    return all(tie.props.get("kind") == "child" and tie.target.id == middle for tie in ties)


def circle(steps: Steps, people: set[str]) -> list[Closeness]:
    """Return everybody close to some persons, they themselves first."""
    found = [Closeness(person, person, ()) for person in sorted(people)]
    first = [*steps.take(CLOSE, people), *steps.take(NOMINEES, people)]
    found += [Closeness(there, here, (eid,)) for here, there, eid in first]
    direct = {(here, there) for here, there, _ in first}
    near = [
        step
        for step in first
        if steps.ties[step[2]].type == "KIN" and steps.ties[step[2]].props.get("kind") in _CLOSE_KINDS
    ]
    beyond: dict[str, list[tuple[str, str]]] = {}
    for here, there, eid in steps.take(CLOSE, {there for _, there, _ in near}):
        tie = steps.ties[eid]
        if tie.type == "KIN" and tie.props.get("kind") in _CLOSE_KINDS:
            beyond.setdefault(here, []).append((there, eid))
    for person, middle, eid in near:
        for there, other in beyond.get(middle, ()):
            # A direct tie, also one that ended, says more than any way around it.
            if there == person or (person, there) in direct or _through_common_child(steps, middle, eid, other):
                continue
            found.append(Closeness(there, person, (eid, other)))
    return found
