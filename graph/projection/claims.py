"""The ranks of a claim: who says so, and how much the saying weighs."""

# Strongest first. A register states what an office recorded. That a body found it not so (`refuted`), or that a person
# says it is not so (`denied`), makes no edge: it stays beside the edge that others state.
STRENGTH = {
    "adjudicated": 0,
    "found": 1,
    "registry": 2,
    "self": 3,
    "witness": 4,
    "alleged": 5,
    "hearsay": 6,
    "denied": 8,
    "refuted": 9,
}
AGAINST = ("refuted", "denied")

_CASES = " ".join(f"WHEN '{claim}' THEN {rank}" for claim, rank in STRENGTH.items())
SQL_MACRO = f"""
CREATE OR REPLACE MACRO strength(claim) AS CASE claim {_CASES} ELSE 7 END;
CREATE OR REPLACE MACRO told(locator) AS starts_with(locator, 'c:');
CREATE OR REPLACE MACRO against(claim) AS claim IN {AGAINST};
"""
# The order in which sources of one fact are believed: rank, then the newest delivery, then a fixed order.
# What a register records is not changed by a text that tells of it: the text is one more source.
BELIEVED_FIRST = "told(locator), strength(claim), age DESC, confidence DESC, doc, locator"
