"""Saved queries: loading, checking, running and explaining them."""
