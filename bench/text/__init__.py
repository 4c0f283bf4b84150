"""Hand-annotated Chinese case text and the score of extraction against it."""
