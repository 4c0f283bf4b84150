"""The one clock of the casebook: naive UTC to the second, so that every database keeps the same."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
