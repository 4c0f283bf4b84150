"""Which files an import reads as case texts, and the number of the case or lead in whose folder they lie."""

import re
from itertools import pairwise
from pathlib import Path

from ingest.discovery import Found
from ingest.readers.texts import reads_text
from ingest.texts.hiding import HIDDEN

# Notes about a folder are not papers of a case.
_NOTES = frozenset({".md"})
_OLD_WORD = frozenset({".doc", ".wps", ".rtf"})
_ROOTS = frozenset({"案件", "案卷", "案卷材料", "卷宗", "线索", "问题线索", "cases", "leads"})
# As offices number cases: a year and a number, or a long number; 2023年 or 3月 is a folder of dates.
_NUMBERED = re.compile(r"(?=(?:[^0-9]*[0-9]){5})(?![0-9]{4}年?[0-9]{1,2}月).+")


def is_case_text(path: Path) -> bool:
    """Say whether an import reads a file as a text, or says why it cannot (the old forms of word processors)."""
    suffix = path.suffix.lower()
    return suffix in _OLD_WORD or (reads_text(path) and suffix not in _NOTES)


def folder_number(file: Found) -> str | None:
    """Return the number that a file's folder stands for, None when no folder looks like one.

    It is the folder right below the innermost one called 案件 (or the like); else the nearest folder above the file
    whose name has at least five digits. Whether the number is a lead's or a case's is not decided here: 线索 may be
    imported later.
    """
    folders = Path(file.shown).parts[:-1]
    if not folders:
        # The folder itself, or the file, was named on the command line.
        folders = file.path.absolute().parts[-3:-1]
    for above, below in reversed(list(pairwise(folders))):  # the innermost: cases/案件/2023-017
        if above.strip().casefold() in _ROOTS and below.strip().casefold() not in _ROOTS:
            return below.strip()
    return next((name.strip() for name in reversed(folders) if _NUMBERED.match(name.strip())), None)


def same_path(kept: str, shown: str) -> bool:
    """Tell whether a path is the one that was kept, in which a reporter's name may be hidden."""
    return len(kept) == len(shown) and all(a in (b, HIDDEN) for a, b in zip(kept, shown, strict=True))
