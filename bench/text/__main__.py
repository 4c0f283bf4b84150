"""`python -m bench.text`: scores `nlp.extract` against the hand-annotated gold."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.text.cost import layers, whole
from bench.text.failures import choose, failures
from bench.text.gold_types import GoldDocument
from bench.text.markup import HALVES, read_gold
from bench.text.prediction import Prediction, from_extraction
from bench.text.report import costs, failed, half
from bench.text.scoring import Score, add_document
from nlp.pipeline import extract_many

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks" / "text.md"
HEAD = """# Extraction from case text: the score

Made by `make bench-text` from `bench/text/gold`; matching rules in `bench/text/README.md`. All persons, companies and
places are invented. The sealed half is scored and never shown.
"""
SHOWN = 10


def predict(documents: Sequence[GoldDocument]) -> list[Prediction]:
    """Return what the product's extractor says about each document."""
    return [from_extraction(one) for one in extract_many(document.text for document in documents)]


def score_half(documents: Iterable[GoldDocument], predictions: Iterable[Prediction]) -> Score:
    """Score the documents of one half."""
    score = Score()
    for document, prediction in zip(documents, predictions, strict=True):
        add_document(score, document, prediction)
    return score


def page(documents: int) -> Iterator[str]:
    """Yield the lines of the page.

    Args:
        documents: How many documents to read for the flatness of memory; 0 leaves the cost out.
    """
    yield from HEAD.splitlines()
    yield ""
    shown: list[str] = []
    for name in HALVES:
        gold = read_gold(name)
        predictions = predict(gold)
        yield from half(f"The {name} half", score_half(gold, predictions))
        if name == "open":
            found = [one for pair in zip(gold, predictions, strict=True) for one in failures(*pair)]
            shown = list(failed(choose(found, SHOWN)))
    yield from shown
    if documents:
        texts = [document.text for document in read_gold()]
        yield from costs(layers(texts), *whole(texts, documents), documents)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the page, and write it when asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.text", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks/text.md too")
    parser.add_argument("--documents", type=int, default=500, help="documents read for the memory; 0: no cost")
    options = parser.parse_args(arguments)
    lines = list(page(options.documents))
    sys.stdout.write("\n".join(lines) + "\n")
    if options.write:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
