"""Readers: one file per format, from bytes to tables; what cannot be read is reported, kept and skipped."""
