"""Alembic's environment: migrations run over the connection that the casebook hands in."""

from alembic import context

from graph.casebook.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
