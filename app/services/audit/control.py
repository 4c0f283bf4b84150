"""Who controls a company: by role, or by shares multiplied along a chain of at most three companies."""

from dataclasses import dataclass

from app.services.audit.steps import Steps
from app.services.audit.texts import OWNERS

# As in the saved queries: below a tenth a share is no control.
CONTROLLING_SHARE = 0.1
MOST_COMPANIES = 3


@dataclass(frozen=True)
class Chain:
    """A way by which somebody controls a firm.

    Attributes:
        holder: At its upper end.
        firm: At its lower end.
        eids: From the firm upwards.
        share: Product of the shares along it; roles count fully.
    """

    holder: str
    firm: str
    eids: tuple[str, ...]
    share: float


def _factor(steps: Steps, eid: str) -> float:
    """Return what an edge leaves of control: its ratio, 1 for a controlling role, 0 for none."""
    tie = steps.ties[eid]
    if tie.props.get("control") is not True:
        return 0.0
    ratio = tie.props.get("ratio")
    return float(ratio) if tie.type == "SHARE" and isinstance(ratio, int | float) else 1.0


def owners(steps: Steps, firms: set[str]) -> list[str]:
    """Return the eids of everything that ties somebody to the firms as holder of shares or of a role."""
    return [eid for _, _, eid in steps.take(OWNERS, firms)]


def controllers(steps: Steps, firms: set[str]) -> list[Chain]:
    """Return every way in which a person controls one of the firms."""
    found: list[Chain] = []
    open_chains = [Chain(firm, firm, (), 1.0) for firm in sorted(firms)]
    for _ in range(MOST_COMPANIES + 1):
        above: dict[str, list[tuple[str, str]]] = {}
        for here, there, eid in steps.take(OWNERS, {chain.holder for chain in open_chains}):
            above.setdefault(here, []).append((there, eid))
        longer = []
        for chain in open_chains:
            passed = {chain.firm} | {steps.ties[eid].source.id for eid in chain.eids}
            for holder, eid in above.get(chain.holder, ()):
                share = chain.share * _factor(steps, eid)
                if share < CONTROLLING_SHARE or holder in passed:
                    continue
                longer.append(Chain(holder, chain.firm, (*chain.eids, eid), share))
        found += [chain for chain in longer if chain.holder.startswith("Person-")]
        open_chains = [chain for chain in longer if chain.holder.startswith("Company-")]
    return found
