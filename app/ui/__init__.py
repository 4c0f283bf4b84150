"""What the pages share: words in two languages, the session, the canvas, and how hits and sources are shown."""
