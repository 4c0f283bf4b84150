"""From facts, clusters and judgements to the canonical tables."""
