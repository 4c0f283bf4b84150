"""What a person may say of two records, and what follows from two such sayings.

同一人 joins two records, 不同人 keeps them apart for good. 不确定 says that somebody looked and could not tell: a
machine must not decide either. 暂缓 says nothing of the records; the pair only leaves the list for now.
"""

from enum import StrEnum


class Verdict(StrEnum):
    """What a person said of a pair; carries its own algebra, so that no caller can get the table wrong."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    POSTPONED = "postponed"

    @property
    def joins(self) -> bool:
        """True when the two become one entity."""
        return self is Verdict.SAME

    @property
    def parts(self) -> bool:
        """True when the two must never be one entity; against `joins` it is a contradiction."""
        return self is Verdict.DIFFERENT

    @property
    def stops_machine(self) -> bool:
        """True when no machine may join the two."""
        return self in (Verdict.DIFFERENT, Verdict.UNSURE)

    @property
    def settles(self) -> bool:
        """True when the pair need not be asked about again."""
        return self is not Verdict.POSTPONED

    def then(self, other: "Verdict") -> "Verdict":
        """Return what is known of A and C, from what was said of A and B and of B and C.

        Same carries over whatever the other says; two differences say nothing, as does any doubt.
        """
        if self.joins:
            return other
        if other.joins:
            return self
        return Verdict.UNSURE
