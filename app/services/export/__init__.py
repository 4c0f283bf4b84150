"""Exporting the canonical graph: the same graph gives the same bytes, whatever the engine."""
