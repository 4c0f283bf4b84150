"""Text from files and people made fit for paper: one line, without control and direction marks, no wider than asked."""

import re
import unicodedata

# What neither XML 1.0 nor a printed page can hold.
_BREAKS = re.compile(r"[\n\r\t\v\f\u0085\u2028\u2029]+")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")
LONGEST = 2_000
_CLOSING, _OPENING = ")]}〕】」』》、,。;:!?%…", "([{〔【「『《"


def shown(text: object, longest: int = LONGEST) -> str:
    """Return one line of visible text, shortened with an ellipsis."""
    spaced = _BREAKS.sub(" ", str(text))
    kept = "".join(sign for sign in spaced if unicodedata.category(sign) not in _HIDDEN)
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def em(text: str) -> float:
    """Return how wide a text is, in widths of a Han character; combining marks take no room."""
    wide = {"W": 1.0, "F": 1.0, "A": 1.0}
    return sum(wide.get(unicodedata.east_asian_width(sign), 0.55) for sign in text if not unicodedata.combining(sign))


def fit(text: str, width: float) -> str:
    """Return a text that is no wider than `width` Han characters, shortened with an ellipsis."""
    text = shown(text)
    if em(text) <= width:
        return text
    room, kept = width - 1, ""
    for sign in text:
        room -= em(sign)
        if room < 0:
            break
        kept += sign
    return kept + "…"


def _bound(lines: list[str], width: float) -> list[str]:
    """Take a character down a line where that line would begin with a closing sign, or the one above end opening."""
    for at in range(len(lines) - 1):
        line, below = lines[at], lines[at + 1]
        torn = below[0] in _CLOSING or line[-1] in _OPENING
        if torn and len(line) > 1 and em(line[-1] + below) <= width:
            lines[at], lines[at + 1] = line[:-1], line[-1] + below
    return lines


def wrap(text: str, width: float, most: int) -> list[str]:
    """Return a text in at most so many lines, each no wider than `width` Han characters; Latin words stay whole."""
    lines = [""]
    for word in re.findall(r"[!-~]+ ?|.", shown(text)):
        while word:
            if em(lines[-1] + word.rstrip()) <= width:
                lines[-1] += word
                break
            if lines[-1]:
                lines.append("")
                continue
            at = next(at for at in range(1, len(word) + 1) if at == len(word) or em(word[: at + 1]) > width)
            lines[-1], word = word[:at], word[at:]
            if word:
                lines.append("")
    lines = _bound([line.rstrip() for line in lines if line.strip()] or [""], width)
    return lines if len(lines) <= most else [*lines[: most - 1], fit("".join(lines[most - 1 :]), width)]
