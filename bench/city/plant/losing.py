"""Takes facts out of the registers: some of every scheme's and look-alike's, as the difficulty wants."""

from bench.city.plant.cast import Cast
from bench.city.plant.model import Fact, Need, Scheme
from bench.city.table import Table

_HIDDEN_BY = (
    "亲属关系",
    "婚姻登记",
    "股东",
    "主要人员",
    "参保",
    "合同",
    "投标",
    "财政支付",
    "补贴发放",
    "车辆",
    "服刑",
    "银行流水",
)
# What happens again and again: one of these can be missing while the scheme still shows.
_REPEATED = ("contract", "payment", "transfer", "bid", "benefit")
_BACKGROUND_LOSS = 0.5


def table_of(cast: Cast, register: str) -> Table:
    """Return the facts that a register tells."""
    world = cast.world
    tables = {
        "亲属关系": world.kin_records,
        "婚姻登记": world.marriages,
        "股东": world.shares,
        "主要人员": world.officers,
        "参保": world.staff,
        "合同": world.contracts,
        "投标": world.bids,
        "财政支付": world.payments,
        "补贴发放": world.benefits,
        "车辆": world.vehicles,
        "服刑": world.sentences,
        "银行流水": world.transfers,
    }
    return tables[register]


def hide(cast: Cast, fact: Fact) -> bool:
    """Take one fact out of its register; false when that register cannot lack it."""
    register, row = fact
    cast.hidden.add(fact)
    if register == "户籍":
        cast.world.head[row], cast.world.head_word[row] = row, "户主"
    elif register == "死亡登记":
        cast.world.people.put(row, death_hidden=True)
    elif register in _HIDDEN_BY:
        table_of(cast, register).put(row, hidden=True)
    else:
        cast.hidden.discard(fact)
        return False
    return True


def _hide_need(cast: Cast, need: Need) -> None:
    need.lost = all([hide(cast, fact) for fact in need.options])


def _thin(cast: Cast, scheme: Scheme, repeated: float, joint: float) -> None:
    rng = cast.rng
    for role in _REPEATED:
        same = [need for need in scheme.needs if need.role == role and not need.joint]
        for need in same if len(same) > 1 else ():
            if rng.random() < repeated:
                _hide_need(cast, need)
    if rng.random() < joint:
        for need in scheme.needs:
            if need.joint:
                _hide_need(cast, need)


def lose(cast: Cast) -> None:
    """Thin out all that was planted; background is thinned most, so that it stays incomplete."""
    knobs = cast.world.knobs
    for scheme in cast.schemes:
        if scheme.kind == "unscored":
            _thin(cast, scheme, _BACKGROUND_LOSS, _BACKGROUND_LOSS)
        else:
            _thin(cast, scheme, knobs.missing, knobs.missing_joint)
    # What one scheme lost, another that told of it has lost too.
    for scheme in cast.schemes:
        for need in scheme.needs:
            need.options = [fact for fact in need.options if fact not in cast.hidden]
            need.lost = not need.options
