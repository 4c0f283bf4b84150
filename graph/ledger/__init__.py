"""The append-only facts: Delta tables that are only ever read through their commits."""
