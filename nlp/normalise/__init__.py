"""Bringing a text into the shape that the components read, with the way back to the reader's text."""
