"""Identifiers of nobody: ID numbers, credit codes, accounts and phones in ranges that are not given out."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.city.table import Column, texts

_PERSON_WEIGHTS = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
_PERSON_CHECKS = np.array(list("10X98765432"))
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)])
EPOCH = np.datetime64("2014-01-01")


def _digits(numbers: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return np.asarray(numbers[:, None] // powers % 10)


def person_ids(births: Any, sexes: Any, regions: Any, rng: np.random.Generator) -> Column:
    """Return valid ID numbers, each once.

    Args:
        births: Days from the epoch.
        sexes: 0 male, 1 female: the 17th digit is odd for men.
        regions: 1 to 99, the last two digits of 9901xx.
        rng: Decides where the serial numbers of a day begin.
    """
    dates = EPOCH + births.astype("timedelta64[D]")
    years = dates.astype("datetime64[Y]").astype(int) + 1970
    months = dates.astype("datetime64[M]").astype(int) % 12 + 1
    days = (dates - dates.astype("datetime64[M]")).astype(int) + 1
    born = years * 10_000 + months * 100 + days
    group = (born * 100 + regions) * 2 + sexes
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    first = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    starts = np.maximum.accumulate(np.where(first, np.arange(len(group)), 0))
    nth = np.empty(len(group), dtype=np.int64)
    nth[order] = np.arange(len(group)) - starts
    begin = np.empty(len(group), dtype=np.int64)
    begin[order] = rng.integers(0, 500, len(group))[starts]
    serial = (begin + nth) % 500 * 2 + (1 - sexes)
    body = ((990_100 + regions) * 10**8 + born) * 1000 + serial
    checks = _PERSON_CHECKS[_digits(body, 17) @ _PERSON_WEIGHTS % 11]
    return texts([f"{number}{check}" for number, check in zip(body.tolist(), checks.tolist(), strict=True)])


def credit_codes(count: int, rng: np.random.Generator) -> Column:
    """Return valid credit codes of no company, each once, in no order."""
    serials = rng.choice(10**7, size=count, replace=False)
    bodies = [f"91990101MA{serial:07d}" for serial in serials.tolist()]
    values = np.array([[_CREDIT_ALPHABET.index(char) for char in body] for body in bodies])
    checks = -(values @ _CREDIT_WEIGHTS) % 31
    return texts([body + _CREDIT_ALPHABET[check] for body, check in zip(bodies, checks.tolist(), strict=True)])


def account_numbers(banks: Any, rng: np.random.Generator) -> Column:
    """Return account numbers of 19 digits, each once; the bank shows in the seventh and eighth."""
    serials = rng.choice(10**10, size=len(banks), replace=False, shuffle=True) if len(banks) < 10**5 else None
    if serials is None:
        serials = np.unique(rng.integers(0, 10**10, size=len(banks) * 2))
        serials = rng.permutation(serials)[: len(banks)]
    return texts(
        [f"629901{bank:02d}{serial:011d}" for bank, serial in zip(banks.tolist(), serials.tolist(), strict=True)]
    )


def phones(count: int, rng: np.random.Generator) -> Column:
    """Return phone numbers in a range that is not given out, each once (1990 and seven digits)."""
    return texts([f"1990{serial:07d}" for serial in rng.choice(10**7, size=count, replace=False).tolist()])
