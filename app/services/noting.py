"""Notes that people keep beside entities, for those who may see the entity."""

from collections.abc import Sequence

import duckdb

from app.services.accounts import DECIDE, READ, Actor
from app.services.context import Context
from app.services.naming import Named, named
from graph.casebook.notes import Written


def notes_about(
    context: Context, connection: duckdb.DuckDBPyConnection, actor: Actor, one: Named, keys: Sequence[str] = ()
) -> list[Written]:
    """Return the notes about an entity, oldest first.

    Args:
        context: Names the casebook.
        connection: From `open_tables`, within the actor's scope.
        actor: Who reads.
        one: The entity.
        keys: Entity keys that belong to it now, under which notes were kept before a merge.

    Raises:
        NotAllowed: The actor sees no content.
    """
    actor.need(READ)
    if one.id not in named(connection, {one.id}):
        return []
    with context.casebook() as casebook:
        return casebook.notes.about(sorted({one.id, *keys}))


def add_note(context: Context, connection: duckdb.DuckDBPyConnection, actor: Actor, one: Named, text: str) -> None:
    """Keep a note about an entity that the actor may see; an empty one is ignored.

    Raises:
        NotAllowed: The actor works on no case.
    """
    actor.need(DECIDE)
    if one.id in named(connection, {one.id}):
        with context.casebook() as casebook:
            casebook.notes.add(one.id, text, actor.name)
