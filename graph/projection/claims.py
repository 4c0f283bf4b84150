"""The ranks of a claim: who says so, and how much the saying weighs."""

# Strongest first. A register states what an office recorded; `refuted` never makes an edge stronger.
STRENGTH = {
    "adjudicated": 0,
    "found": 1,
    "registry": 2,
    "self": 3,
    "witness": 4,
    "alleged": 5,
    "hearsay": 6,
    "refuted": 9,
}

_CASES = " ".join(f"WHEN '{claim}' THEN {rank}" for claim, rank in STRENGTH.items())
# The order in which sources of one fact are believed: rank, then the newest delivery, then a fixed order.
SQL_MACRO = f"CREATE OR REPLACE MACRO strength(claim) AS CASE claim {_CASES} ELSE 8 END;"
BELIEVED_FIRST = "strength(claim), age DESC, confidence DESC, doc, locator"
