"""From case files to facts: which text is whose, who is meant by a mention, and what the ledger keeps of it."""
