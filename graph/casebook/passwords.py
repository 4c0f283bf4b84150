"""Hashes of passwords: argon2id, with the library's recommended cost."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from graph.errors import ShenwaError

SHORTEST, LONGEST = 10, 200


class BadPassword(ShenwaError):
    """A password that is too short to keep anybody out, or too long to hash."""

    zh = f"口令须有 {SHORTEST} 到 {LONGEST} 个字符"
    en = f"a password has {SHORTEST} to {LONGEST} signs"


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def hashed(password: str) -> str:
    """Return the hash that is kept of a password.

    Raises:
        BadPassword: It is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadPassword
    return _hasher().hash(password)


@cache
def nobodys() -> str:
    """Return a hash that no password fits: comparing with it takes as long as with anybody's."""
    return _hasher().hash("\x00" * SHORTEST)


def fits(kept: str, password: str) -> bool:
    """Tell whether a password is the one of which a hash is kept."""
    if len(password) > LONGEST:
        return False
    try:
        return _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
