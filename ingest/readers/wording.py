"""The sentences for refused and doubted rows and files, read from `wording.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from graph.errors import Lang
from ingest.readers.table import Refusal

_FILE = Path(__file__).with_name("wording.toml")


class _Facts(dict[str, str]):
    """Facts of a sentence; one that was not given reads as a dash instead of failing the report."""

    def __missing__(self, key: str) -> str:
        return "—"


@cache
def wordings() -> dict[str, dict[str, str]]:
    """Return code -> {"zh": template, "en": template}."""
    document = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {f"{group}.{name}": dict(pair) for group, names in document.items() for name, pair in names.items()}


def sentence(code: str, facts: Mapping[str, str], lang: Lang) -> str:
    """Return the reason in words.

    Raises:
        KeyError: The code has no wording.
    """
    return wordings()[code][lang].format_map(_Facts(facts))


def describe(refusal: Refusal, path: str, lang: Lang = "zh") -> str:
    """Return one line: path, sheet, row, column, reason, code."""
    zh = lang == "zh"
    place = [path]
    if refusal.sheet is not None:
        place.append(f"工作表「{refusal.sheet}」" if zh else f"sheet '{refusal.sheet}'")
    if refusal.row is not None:
        seen = refusal.sheet_row
        row = f"第{refusal.row}行" if zh else f"row {refusal.row}"
        in_sheet = f"(表中第{seen}行)" if zh else f" (row {seen} of the sheet)"
        place.append(row + (in_sheet if seen is not None else ""))
    if refusal.column is not None:
        place.append(f"「{refusal.column}」列" if zh else f"column '{refusal.column}'")
    reason = sentence(refusal.code, refusal.facts, lang)
    joined = (" " if zh else ", ").join(place)
    line = f"{joined}:{reason}[{refusal.code}]" if zh else f"{joined}: {reason} [{refusal.code}]"
    return " ".join(line.split())
