"""Measures the pipeline layer by layer: characters a second and the most memory that a layer adds."""

import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.pipeline import extract_many, pipeline

KIB = 1024


@dataclass(frozen=True)
class LayerCost:
    """What one layer costs.

    Attributes:
        speed: Characters a second, one core.
        peak: KiB that the layer holds at most above what was held before it, over one document.
    """

    name: str
    speed: float
    peak: float


def layers(texts: Sequence[str]) -> list[LayerCost]:
    """Run each component by itself over the documents, twice: for the time, then for the memory.

    Args:
        texts: Readers' texts; the first pass also pays for what is loaded lazily, so it is made once before.
    """
    nlp = pipeline()
    characters = sum(map(len, texts))
    for text in texts[:3]:
        nlp(text)
    seconds: dict[str, float] = {}
    for text in texts:
        doc = nlp.make_doc(text)
        for name, component in nlp.pipeline:
            began = time.perf_counter()
            doc = component(doc)
            seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - began
    peaks: dict[str, float] = {}
    tracemalloc.start()
    for text in texts:
        doc = nlp.make_doc(text)
        for name, component in nlp.pipeline:
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            doc = component(doc)
            peaks[name] = max(peaks.get(name, 0.0), (tracemalloc.get_traced_memory()[1] - before) / KIB)
    tracemalloc.stop()
    return [LayerCost(name, characters / seconds[name], peaks[name]) for name, _ in nlp.pipeline]


def whole(texts: Sequence[str], documents: int) -> tuple[float, float, float]:
    """Read documents in batches, the texts over and over.

    Args:
        texts: Readers' texts.
        documents: How many to read for the memory; the texts are read once for the time.

    Returns:
        Characters a second; MiB of Python memory held after a tenth of the documents, and after all of them.
    """
    began = time.perf_counter()
    for _ in extract_many(texts):
        pass
    speed = sum(map(len, texts)) / (time.perf_counter() - began)
    tracemalloc.start()
    early = 0.0
    source = (texts[number % len(texts)] for number in range(documents))
    for number, _ in enumerate(extract_many(source), start=1):
        if number == max(documents // 10, 1):
            early = tracemalloc.get_traced_memory()[0] / KIB / KIB
    late = tracemalloc.get_traced_memory()[0] / KIB / KIB
    tracemalloc.stop()
    return speed, early, late
