"""Measures the pipeline layer by layer: characters a second and the most memory that a layer adds."""

import time
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from nlp.pipeline import extract_many, pipeline

TOGETHER = 64  # documents handed to a layer at once, as the pipeline does
KIB = 1024


@dataclass(frozen=True)
class LayerCost:
    """What one layer costs.

    Attributes:
        speed: Characters a second of processor time.
        peak: KiB that the layer holds at most above what was held before it, over one batch.
    """

    name: str
    speed: float
    peak: float


def _through(component: Any, docs: Iterable[Doc]) -> list[Doc]:
    pipe: Callable[..., Iterable[Doc]] | None = getattr(component, "pipe", None)
    return list(pipe(docs, batch_size=TOGETHER)) if pipe is not None else [component(doc) for doc in docs]


def layers(texts: Sequence[str]) -> list[LayerCost]:
    """Run each component by itself over batches of documents: for the time, then, on one batch, for the memory.

    Args:
        texts: Readers' texts. A few are read before, which pays for what is loaded lazily.
    """
    nlp = pipeline()
    for text in texts[:3]:
        nlp(text)
    seconds = dict.fromkeys(nlp.pipe_names, 0.0)
    for start in range(0, len(texts), TOGETHER):
        docs = [nlp.make_doc(text) for text in texts[start : start + TOGETHER]]
        for name, component in nlp.pipeline:
            began = time.process_time()
            docs = _through(component, docs)
            seconds[name] += time.process_time() - began
    peaks: dict[str, float] = {}
    tracemalloc.start()
    docs = [nlp.make_doc(text) for text in texts[:TOGETHER]]
    for name, component in nlp.pipeline:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        docs = _through(component, docs)
        peaks[name] = (tracemalloc.get_traced_memory()[1] - before) / KIB
    tracemalloc.stop()
    characters = sum(map(len, texts))
    return [LayerCost(name, characters / max(seconds[name], 1e-9), peaks[name]) for name in nlp.pipe_names]


def most_memory() -> float | None:
    """Return the most MiB that the process has held so far; None where the system does not say (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB


def whole(texts: Sequence[str], documents: int) -> tuple[float, float | None, float | None]:
    """Read documents in batches, the texts over and over.

    Args:
        texts: Readers' texts.
        documents: How many to read.

    Returns:
        Characters a second of processor time; the most MiB held after a tenth of the documents, and after all.
    """
    began, characters, early = time.process_time(), 0, None
    source = (texts[number % len(texts)] for number in range(documents))
    for number, _ in enumerate(extract_many(source), start=1):
        characters += len(texts[(number - 1) % len(texts)])
        if number == max(documents // 10, min(documents, TOGETHER)):
            early = most_memory()
    return characters / (time.process_time() - began), early, most_memory()
