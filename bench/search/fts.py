"""The same names in SQLite's FTS5 with its trigram tokenizer: what one gets from a database out of the box.

Names, former names, pinyin, initials and numbers are columns of one table. A text of two characters or less is no
trigram: FTS5 then scans the table with LIKE, or nothing would be found.
"""

import sqlite3
from collections.abc import Sequence

from app.services.search.forms import plain, readings
from bench.search.names import Entity

_MAKE = "CREATE VIRTUAL TABLE names USING fts5(name, former, pinyin, initials, code, tokenize = 'trigram')"
_MATCH = "SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?"
_LIKE = "SELECT rowid FROM names WHERE name LIKE ? OR former LIKE ? OR pinyin LIKE ? OR initials LIKE ? LIMIT ?"
LEAST = 3


class Fts:
    """A table of names in memory."""

    def __init__(self, names: Sequence[Entity]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(_MAKE)
        rows = []
        for number, one in enumerate(names):
            sounds = [(readings(character) or (character.lower(),))[0] for character in one.name]
            initials = "".join(sound[0] for sound in sounds)
            rows.append((number, plain(one.name), plain(one.former), "".join(sounds), initials, one.code))
        columns = "rowid, name, former, pinyin, initials, code"
        self._connection.executemany(f"INSERT INTO names({columns}) VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._connection.execute("INSERT INTO names(names) VALUES ('optimize')")

    def search(self, text: str, most: int) -> list[int]:
        """Return the rows that a text finds."""
        folded = plain(text)
        if len(folded) < LEAST:
            like = f"%{folded}%"
            found = self._connection.execute(_LIKE, (like, like, like, like, most)).fetchall()
        else:
            quoted = '"' + folded.replace('"', '""') + '"'
            found = self._connection.execute(_MATCH, (quoted, most)).fetchall()
        return [int(row) for (row,) in found]

    def close(self) -> None:
        """Release the table."""
        self._connection.close()
