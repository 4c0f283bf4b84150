"""Whose a casebook on a server is: a database serves one workspace, as a graph database does."""

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from graph.casebook.tables import Owner
from graph.errors import ShenwaError


class ForeignCasebook(ShenwaError):
    """The database holds the decisions of another workspace."""

    zh = "工作记录数据库属于另一个工作区({workspace});请使用专用的库"
    en = "the casebook's database belongs to another workspace ({workspace}); give each its own"


def claim(engine: Engine, workspace: str) -> None:
    """Mark a database as a workspace's own, or see that it is.

    Raises:
        ForeignCasebook: It is another's.
    """
    with Session(engine) as session:
        found = session.scalar(select(Owner.workspace))
        if found is None:
            session.add(Owner(id=1, workspace=workspace))
            try:
                session.commit()
            except IntegrityError:  # another program was first
                session.rollback()
            found = session.scalar(select(Owner.workspace))
    if found != workspace:
        raise ForeignCasebook(workspace=found)
