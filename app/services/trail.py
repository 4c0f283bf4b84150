"""The audit log as the verbs and pages write it, and how it is checked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.services.context import Context
from graph.casebook.trail import Fault, Head, Line, Trail
from graph.workspace import MARK

_SUBJECT = 200
_FAULTS = {
    "changed": ("第{number}条与写入时不符", "line {number} is not what was written"),
    "gap": ("缺少第{number}条", "line {number} is missing"),
    "tail": ("末尾不全:应至少有 {number} 条", "the end is missing: there should be {number} lines at least"),
    "head": ("缺少 audit.head,末尾是否完整无从核对", "audit.head is missing, so the end cannot be checked"),
    "key": ("缺少密钥 audit.key,无从核对", "the key audit.key is missing, so nothing can be checked"),
}


@contextmanager
def _trail(context: Context) -> Iterator[Trail]:
    with context.casebook() as casebook:
        yield Trail(casebook.engine, context.workspace.path)


def record(context: Context, actor: str, action: str, subject: str = "", **details: object) -> None:
    """Write a line about what somebody does; nothing where there is no workspace yet.

    Raises:
        TrailKeyLost: The log's key is gone.
        CasebookUnreachable: The casebook's server does not answer: what cannot be logged is not done.
    """
    if not (context.workspace.path / MARK).exists():
        return
    with _trail(context) as trail:
        trail.add(actor, action, subject[:_SUBJECT], details)


def newest(context: Context, most: int = 200) -> list[Line]:
    """Return the newest lines, the newest first."""
    with _trail(context) as trail:
        return trail.lines(most)


def head(context: Context) -> Head | None:
    """Return how long the log is and the chain value of its last line; None before the first."""
    with _trail(context) as trail:
        return trail.head()


def verify(context: Context, heads: Mapping[str, Head] | None = None) -> tuple[int, list[Fault]]:
    """Go through the whole log; return how many lines it has and what is wrong with them.

    Args:
        context: The workspace.
        heads: Heads that were handed over before, as packs carry them.
    """
    with _trail(context) as trail:
        return trail.check(heads)


def told(fault: Fault, lang: str) -> str:
    """Return a fault as a sentence."""
    zh, en = _FAULTS[fault.code]
    return (zh if lang == "zh" else en).format(number=fault.number)
