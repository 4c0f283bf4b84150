"""The invented county 青石县: what `tools/make_examples.py` writes to `examples/registers/` and `examples/cases/`."""
