"""The generated city: facts from a seed, rendered as the registers of an office, with the truth beside them."""
