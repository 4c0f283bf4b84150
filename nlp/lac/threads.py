"""One thread for small matrices: a second one waits for the first, on a busy machine ten times longer than it works."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

_NAMES = ("scipy_openblas_{}_num_threads64_", "openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads", "openblas_{}_num_threads")  # fmt: skip  # noqa: E501
Calls = tuple[Callable[[], int], Callable[[int], object]]


@cache
def _calls() -> Calls | None:
    """Return how to ask and set the number of threads of numpy's OpenBLAS; None where numpy brings another library."""
    package = Path(np.__file__).parent
    places = [package.parent / "numpy.libs", package / ".dylibs", package / ".libs"]
    for path in sorted(path for place in places if place.is_dir() for path in place.glob("*openblas*")):
        try:
            library = ctypes.CDLL(str(path))
        except OSError:
            continue
        for name in _NAMES:
            ask, change = (getattr(library, name.format(verb), None) for verb in ("get", "set"))
            if ask is not None and change is not None:
                return ask, change
    return None


@contextmanager
def one_thread() -> Iterator[None]:
    """Let matrix products use one thread inside; the number before is set again at the end."""
    calls = _calls()
    if calls is None:
        yield
        return
    ask, change = calls
    before = ask()
    change(1)
    try:
        yield
    finally:
        change(before)
