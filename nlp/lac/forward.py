"""The forward pass over a batch of sentences packed without padding: longest first, step by step."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from nlp.lac.weights import HIDDEN, Array, Gru, Weights

Ints = npt.NDArray[np.int64]
_HALF = np.float32(0.5)


def _run(gru: Gru, inputs: Array, counts: Sequence[int], starts: Sequence[int], backward: bool) -> Array:
    """Run one direction; rows of step t are starts[t] .. starts[t] + counts[t], one a sentence still running."""
    moved = inputs @ gru.project
    moved += gru.bias
    out = np.empty((len(inputs), HIDDEN), np.float32)
    state = np.zeros((counts[0], HIDDEN), np.float32)
    steps = range(len(counts) - 1, -1, -1) if backward else range(len(counts))
    for step in steps:
        running, start = counts[step], starts[step]
        own = state[:running]
        given = moved[start : start + running]
        gates = own @ gru.gates
        gates += given[:, : 2 * HIDDEN]
        np.tanh(gates, out=gates)
        gates += 1
        gates *= _HALF
        update = gates[:, :HIDDEN]
        candidate = (gates[:, HIDDEN:] * own) @ gru.candidate
        candidate += given[:, 2 * HIDDEN :]
        np.tanh(candidate, out=candidate)
        candidate -= own
        candidate *= update
        own += candidate
        out[start : start + running] = own
    return out


def _best_path(model: Weights, scores: Array, counts: Sequence[int], starts: Sequence[int]) -> Ints:
    """Return the best tag of every row by Viterbi over all sentences at once."""
    own = scores[: counts[0]] + model.start
    back = np.empty(scores.shape, np.int16)
    for step in range(1, len(counts)):
        running, start = counts[step], starts[step]
        reach = own[:running, None, :] + model.step
        chosen = reach.argmax(2)
        back[start : start + running] = chosen
        own[:running] = np.take_along_axis(reach, chosen[:, :, None], 2)[:, :, 0] + scores[start : start + running]
    tags = np.empty(len(scores), np.int64)
    last = (own + model.end).argmax(1)
    for step in range(len(counts) - 1, -1, -1):
        running, start = counts[step], starts[step]
        tags[start : start + running] = last[:running]
        if step:
            last[:running] = back[np.arange(start, start + running), last[:running]]
    return tags


def tag_ids(model: Weights, sentences: Sequence[Sequence[int]]) -> list[list[int]]:
    """Tag sentences given as word ids.

    Args:
        model: The weights.
        sentences: None of them empty.

    Returns:
        The tag id of each word, in the order given.
    """
    order = sorted(range(len(sentences)), key=lambda at: -len(sentences[at]))
    longest = len(sentences[order[0]])
    lengths = np.array([len(sentences[at]) for at in order])
    counts = [int(count) for count in (lengths[None, :] > np.arange(longest)[:, None]).sum(1)]
    starts = [0, *np.cumsum(counts)[:-1].tolist()]
    ids = np.empty(sum(counts), np.int64)
    for row, at in enumerate(order):
        ids[[start + row for start in starts[: len(sentences[at])]]] = sentences[at]
    values = model.embedding[ids]
    for forward, backward in model.layers:
        both = (_run(forward, values, counts, starts, False), _run(backward, values, counts, starts, True))
        values = np.concatenate(both, 1)
    tags = _best_path(model, values @ model.dense + model.dense_bias, counts, starts)
    found: list[list[int]] = [[] for _ in sentences]
    for row, at in enumerate(order):
        found[at] = tags[[start + row for start in starts[: len(sentences[at])]]].tolist()
    return found
