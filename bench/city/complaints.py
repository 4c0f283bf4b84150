"""Leads and cases: true, mistaken, malicious and duplicate complaints, most of them about people who did nothing."""

import numpy as np
from numpy.typing import NDArray

from bench.city.render.people_registers import text
from bench.city.render.sheet import Cells, Sheet
from bench.city.table import LAST_DAY, NEVER, NONE, Table, either, texts
from bench.city.world import World

_CHANNELS = ("信访举报", "巡察移交", "审计移送", "监督检查发现", "网络举报")
_FIELDS = ("招标采购", "惠农补贴", "三资管理", "工程建设", "教育", "医疗", "民生资金")
_TEXTS = (
    "反映其在工作中存在不公问题",
    "反映其亲属承揽业务有关情况",
    "反映补贴发放不公开",
    "反映工程项目招标有关问题",
    "反映其作风简单、办事拖延",
    "反映其与企业往来过密",
    "反映村务不公开",
    "反映低保评定有关情况",
)
_STATES = ("已了结", "初步核实", "谈话函询", "办理中", "暂存待查")
DEPARTMENTS = ("第一监督检查室", "第三监督检查室", "第五审查调查室")


def make_leads(world: World, persons: NDArray[np.int64], days: NDArray[np.int64]) -> Table:
    """Return leads: the given persons on the given days, and as many others as the preset wants.

    A tenth are duplicates of an earlier one.
    """
    rng = world.streams("leads")
    rest = max(0, world.preset.leads - len(persons))
    others = world.officials[rng.integers(0, len(world.officials), rest)]
    repeated = np.flatnonzero(rng.random(rest) < 0.1)
    if rest:
        others[repeated] = others[np.maximum(repeated - 1, 0)]
    subject = np.concatenate([persons, others]).astype(np.int64)
    received = np.concatenate([days, rng.integers(200, LAST_DAY - 30, rest)]).astype(np.int64)
    count = len(subject)
    closed = np.minimum(received + rng.integers(20, 400, count), LAST_DAY)
    return Table(
        person=subject,
        received=received,
        channel=rng.integers(0, len(_CHANNELS), count),
        field=rng.integers(0, len(_FIELDS), count),
        text=rng.integers(0, len(_TEXTS), count),
        state=rng.integers(0, len(_STATES), count),
        closed=closed,
        department=rng.integers(0, len(DEPARTMENTS), count),
    )


def make_cases(world: World, persons: NDArray[np.int64], days: NDArray[np.int64]) -> Table:
    """Return opened cases: the given persons and others of the city."""
    rng = world.streams("cases")
    rest = max(0, world.preset.cases - len(persons))
    adults = np.flatnonzero((world.people["birth"] < -25 * 365) & (world.people["death"] == NEVER))
    subject = np.concatenate([persons, adults[rng.integers(0, len(adults), rest)]]).astype(np.int64)
    filed = np.concatenate([days, rng.integers(300, LAST_DAY - 60, rest)]).astype(np.int64)
    return Table(person=subject, filed=filed, state=rng.integers(0, 3, len(subject)))


def _numbers(days: NDArray[np.int64], mark: str, world: World) -> NDArray[np.object_]:
    rng = world.streams(f"number/{mark}")
    order = np.lexsort((rng.random(len(days)), days))
    found = np.empty(len(days), dtype=object)
    found[order] = texts([f"{mark}{2014 + int(days[at]) // 365}{nth + 1:05d}" for nth, at in enumerate(order.tolist())])
    return found


def lead_numbers(world: World, leads: Table) -> NDArray[np.object_]:
    """Return 线索编号."""
    return _numbers(leads["received"], "XS", world)


def case_numbers(world: World, cases: Table) -> NDArray[np.object_]:
    """Return 案件编号."""
    return _numbers(cases["filed"], "AJ", world)


def units(world: World, persons: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return the last unit of each person, None for those who never held a post."""
    last = np.full(len(world.people), NONE, dtype=np.int64)
    order = np.argsort(world.posts["start"], kind="stable")
    last[world.posts["person"][order]] = world.posts["agency"][order]
    return np.asarray(either(last[persons] == NONE, None, world.agencies["name"][last[persons]]))


def lead_sheets(world: World, leads: Table, cases: Table) -> list[Sheet]:
    """Return the registers of leads and cases."""
    people = world.people
    shown = world.streams("shown/线索").random(len(leads)) < world.knobs.identifiers
    columns = {
        "线索编号": text(lead_numbers(world, leads)),
        "受理日期": Cells("day", leads["received"]),
        "来源渠道": text(texts(_CHANNELS)[leads["channel"]]),
        "被反映人": text(people["name"][leads["person"]]),
        "被反映人证件号": text(either(shown, people["id"][leads["person"]], None)),
        "被反映人单位": text(units(world, leads["person"])),
        "反映内容": text(texts(_TEXTS)[leads["text"]]),
        "领域": text(texts(_FIELDS)[leads["field"]]),
        "承办部门": text(texts(DEPARTMENTS)[leads["department"]]),
        "办理状态": text(texts(_STATES)[leads["state"]]),
        "办结日期": Cells("day", np.where(leads["state"] == 0, leads["closed"], NEVER)),
    }
    case_columns = {
        "案件编号": text(case_numbers(world, cases)),
        "案由": text(np.full(len(cases), "违反廉洁纪律", dtype=object)),
        "立案日期": Cells("day", cases["filed"]),
        "涉案人": text(people["name"][cases["person"]]),
        "涉案人证件号": text(people["id"][cases["person"]]),
        "状态": text(texts(["审查中", "已移送审理", "已办结"])[cases["state"]]),
    }
    return [
        Sheet("线索", columns, np.arange(len(leads)), [leads["received"]]),
        Sheet("案件", case_columns, np.arange(len(cases)), [cases["filed"]]),
    ]
