"""Migrations of the casebook, run by Alembic when it is opened."""
