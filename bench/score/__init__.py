"""Scores what the saved queries found in a generated city against what was planted there."""
