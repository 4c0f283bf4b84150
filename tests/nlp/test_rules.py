"""Every example of every rule gives exactly the ties it names, with rank, speaker and negation."""

import pytest

from nlp.extraction import Extraction, Relation
from nlp.pipeline import extract
from nlp.relating.rules import Example, Rule, rules

EXAMPLES = [(rule.id, rule.type, example) for rule in rules() for example in rule.examples]


def told(found: Extraction, tie: Relation) -> str:
    """Return a tie as the rules' examples write it."""
    attributes = [f"{key}={value}" for key, value in sorted(tie.attributes.items())]
    speaker = [] if tie.speaker is None else [found.mentions[tie.speaker].text]
    ends = f"{found.mentions[tie.source].text} > {found.mentions[tie.target].text}"
    words = [tie.type, ends, *attributes, tie.claim, *speaker, *(["negated"] if tie.negated else [])]
    return " ".join(words)


NAMES = [f"{one[0]}-{at}" for at, one in enumerate(EXAMPLES)]


@pytest.mark.parametrize(("rule", "type_", "example"), EXAMPLES, ids=NAMES)
def test_an_example_gives_what_it_names(rule: str, type_: str, example: Example) -> None:
    found = extract(example.text)
    ties = sorted(told(found, tie) for tie in found.relations)
    types = {type_} | {one.split()[0] for one in example.gives}
    assert [tie for tie in ties if tie.split()[0] in types] == sorted(example.gives)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_has_an_example_that_it_answers(rule: Rule) -> None:
    named = {tie.method for example in rule.examples for tie in extract(example.text).relations}
    assert f"rule:{rule.id}" in named
