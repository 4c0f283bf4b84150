"""The index of names: derived from the canonical tables, kept beside them, made anew when it does not fit them."""
