"""The judgements of a workspace as the projection needs them, read without loading more than that takes.

Every command asks whether the graph is current; on SQLite two small reads answer that, with no SQL library.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.services.context import Context
from graph.projection.groups import Said


@dataclass(frozen=True)
class Sayings:
    """What people said of who is who, at one moment.

    Attributes:
        version: How many records there were.
        said: The judgements in force.
    """

    version: int
    said: tuple[Said, ...]


def _newest(path: Path) -> int:
    if not path.exists():
        return 0
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        try:
            row = connection.execute("SELECT coalesce(max(id), 0) FROM judgements").fetchone()
        except sqlite3.DatabaseError:  # of an older form, or damaged: whoever writes to it says so
            return 0
    return int(row[0])


def judged_version(context: Context) -> int:
    """Return how many records of judgements there are."""
    if not context.settings.casebook:
        return _newest(context.workspace.casebook)
    return sayings(context).version


def sayings(context: Context) -> Sayings:
    """Return the judgements in force.

    Raises:
        CasebookUnreachable: The server does not answer.
    """
    if not context.settings.casebook and not _newest(context.workspace.casebook):
        return Sayings(0, ())
    from graph.casebook.judgements import Judgement, Judgements, in_force

    with context.casebook() as casebook:
        records: Sequence[Judgement] = Judgements(casebook.engine).all()
    version = records[-1].id if records else 0
    return Sayings(version, tuple((one.a, one.b, one.verdict) for one in in_force(records)))
