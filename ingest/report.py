"""What an import did: one record a file, and the lines that a person reads."""

from collections import Counter
from dataclasses import dataclass, field

Refused = dict[str, object]


@dataclass
class FileReport:
    """One file.

    Attributes:
        path: As shown to people.
        doc: Document, 12 hex; empty when nothing could be read.
        state: `read`, `known` (content and place imported before), `withdrawn`, `unknown` (no register), `refused`.
        registers: Register ids of its tables.
        rows: Data rows read.
        characters: Length of a text.
        ties: What a text states, in rows of the ledger's `relations`.
        faults: Rows refused, doubted or noted.
        unreadable: Why nothing could be read, in both languages.
    """

    path: str
    doc: str = ""
    state: str = "read"
    registers: list[str] = field(default_factory=list)
    rows: int = 0
    characters: int = 0
    ties: int = 0
    faults: list[Refused] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)


@dataclass
class ImportReport:
    """A whole import.

    Attributes:
        run: Its id, which `retract` takes.
        files: One record a file.
    """

    run: str
    files: list[FileReport] = field(default_factory=list)

    @property
    def refused_rows(self) -> int:
        """Rows that are not in the graph."""
        return sum(fault["level"] == "refused" for file in self.files for fault in file.faults)

    @property
    def refused_files(self) -> int:
        """Files of which nothing was read."""
        return sum(file.state == "refused" for file in self.files)

    @property
    def read_files(self) -> int:
        """Files of which something is in the ledger now, from this run or an earlier one."""
        return sum(file.state in ("read", "known") for file in self.files)

    def counts(self) -> Counter[str]:
        """Return how often each code occurred."""
        return Counter(str(fault["code"]) for file in self.files for fault in file.faults)
