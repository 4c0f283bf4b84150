"""Relations: clause patterns over typed mentions, with claim rank, speaker and negation."""
