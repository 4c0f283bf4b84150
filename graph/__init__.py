"""The knowledge graph: its model, ledger, casebook, projection and engines; imports no other room."""
