"""Canvases belong to whoever made them: nobody else reads, changes or deletes one."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from graph.casebook.canvases import Place
from graph.casebook.casebook import Casebook


def test_a_canvas_is_its_owner_s_alone(casebook_place: Path | URL) -> None:
    with closing(Casebook.open(casebook_place)) as casebook:
        number = casebook.canvases.create("甲", "图", ["Person-1"])
        casebook.canvases.save_places(number, "甲", {"Person-1": Place(1.5, -2.0, True)})
        casebook.canvases.save_members(number, "乙", [])
        casebook.canvases.save_places(number, "乙", {"Person-1": Place(9, 9)})
        casebook.canvases.forget(number, "乙")
        assert casebook.canvases.load(number, "乙") is None
        assert casebook.canvases.listed("乙") == []
        kept = casebook.canvases.load(number, "甲")
        assert kept is not None
        assert (kept.members, kept.places) == (("Person-1",), {"Person-1": Place(1.5, -2.0, True)})
        casebook.canvases.forget(number, "甲")
        assert casebook.canvases.load(number, "甲") is None
