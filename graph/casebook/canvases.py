"""Saved canvases: who is on them and where each stands, under entity keys that outlive merges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from graph.casebook.clock import now
from graph.casebook.tables import Canvas, CanvasPlace


@dataclass(frozen=True)
class Place:
    """Where an entity stands, and whether it was pinned there."""

    x: float
    y: float
    pinned: bool = False


@dataclass(frozen=True)
class SavedCanvas:
    """A canvas as it was saved."""

    id: int
    name: str
    members: tuple[str, ...]
    places: Mapping[str, Place]


class Canvases:
    """Canvases of one casebook database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def listed(self, owner: str) -> list[tuple[int, str]]:
        """Return id and name of somebody's canvases, the newest first."""
        chosen = select(Canvas.id, Canvas.name).where(Canvas.owner == owner).order_by(Canvas.updated.desc(), Canvas.id)
        with Session(self._engine) as session:
            return [(number, name) for number, name in session.execute(chosen)]

    def create(self, owner: str, name: str, members: Sequence[str] = ()) -> int:
        """Make a canvas and return its number."""
        with Session(self._engine) as session, session.begin():
            row = Canvas(owner=owner, name=name, members=list(members), updated=now())
            session.add(row)
            session.flush()
            return row.id

    def load(self, number: int, owner: str) -> SavedCanvas | None:
        """Return one of somebody's canvases; None when there is none of that number."""
        with Session(self._engine) as session:
            row = session.get(Canvas, number)
            if row is None or row.owner != owner:
                return None
            chosen = select(CanvasPlace).where(CanvasPlace.canvas_id == number)
            places = {one.entity_key: Place(one.x, one.y, one.pinned) for one in session.scalars(chosen)}
            return SavedCanvas(row.id, row.name, tuple(row.members), places)

    def save_members(self, number: int, owner: str, members: Sequence[str]) -> None:
        """Keep who is on one of somebody's canvases; places of those who left stay, for when they come back."""
        with Session(self._engine) as session, session.begin():
            row = session.get(Canvas, number)
            if row is not None and row.owner == owner:
                row.members, row.updated = list(members), now()

    def save_places(self, number: int, owner: str, places: Mapping[str, Place]) -> None:
        """Keep where some entities stand on one of somebody's canvases."""
        with Session(self._engine) as session, session.begin():
            row = session.get(Canvas, number)
            if row is None or row.owner != owner:
                return
            for key, place in places.items():
                session.merge(CanvasPlace(canvas_id=number, entity_key=key, x=place.x, y=place.y, pinned=place.pinned))

    def forget(self, number: int, owner: str) -> None:
        """Delete one of somebody's canvases."""
        with Session(self._engine) as session, session.begin():
            row = session.get(Canvas, number)
            if row is not None and row.owner == owner:
                session.execute(delete(CanvasPlace).where(CanvasPlace.canvas_id == number))
                session.delete(row)
