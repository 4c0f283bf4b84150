"""The weights and dictionaries of LAC, loaded once and only when their checksums are right."""

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).parents[1] / "data" / "lac"
MODEL_ID = "model:lac@2"
HIDDEN = 128

Array = npt.NDArray[np.float32]


class DamagedModel(RuntimeError):
    """A file of the model is missing or not the one that was shipped."""


@dataclass(frozen=True)
class Gru:
    """One direction of one layer.

    Attributes:
        project: Input to the three gates, (inputs, 384); the part of the update and reset gates is halved.
        bias: Of that, (384,).
        gates: State to update and reset gate, (128, 256), halved.
        candidate: Reset state to candidate, (128, 128).
    """

    project: Array
    bias: Array
    gates: Array
    candidate: Array


@dataclass(frozen=True)
class Weights:
    """What the forward pass needs.

    Attributes:
        embedding: One row a word id, (58224, 128).
        layers: Pairs (forward, backward), from the input up.
        dense: To tag scores, (256, 49), with its bias (49,).
        start: Score of each tag at the start, (49,).
        end: Score of each tag at the end, (49,).
        step: Score of going to a tag (row) from a tag (column), (49, 49).
        words: Word to id.
        narrow: Character or word to its half-width, simplified form.
        tags: Tag of each id, for example `PER-B`.
    """

    embedding: Array
    layers: tuple[tuple[Gru, Gru], ...]
    dense: Array
    dense_bias: Array
    start: Array
    end: Array
    step: Array
    words: dict[str, int]
    narrow: dict[str, str]
    tags: tuple[str, ...]


def checked(folder: Path = FOLDER) -> dict[str, bytes]:
    """Return the content of every file named in SHA256SUMS.

    Raises:
        DamagedModel: A file is missing or its checksum differs.
    """
    found = {}
    for line in (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        wanted, name = line.split()
        path = folder / name
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != wanted:
            raise DamagedModel(f"{name}: missing or not the file that was shipped")
        found[name] = content
    return found


def _pairs(content: bytes) -> list[tuple[str, str]]:
    lines = (line.split("\t") for line in io.StringIO(content.decode("utf-8")).read().split("\n"))
    return [(cells[0], cells[1]) for cells in lines if len(cells) == 2]


def _gru(arrays: dict[str, Array], at: int) -> Gru:
    # sigmoid(x) = (1 + tanh(x / 2)) / 2: halving here is exact and saves an exponential and a division per gate.
    half = np.ones(3 * HIDDEN, np.float32)
    half[: 2 * HIDDEN] = 0.5
    bias = arrays[f"b{at}"] + arrays[f"gb{at}"].reshape(-1)
    gates = np.ascontiguousarray(arrays[f"g{at}a"] * np.float32(0.5))
    return Gru(np.ascontiguousarray(arrays[f"W{at}"] * half), bias * half, gates, arrays[f"g{at}b"])


@cache
def weights() -> Weights:
    """Load the model that ships.

    Raises:
        DamagedModel: See `checked`.
    """
    files = checked()
    with np.load(io.BytesIO(files["lac.npz"])) as packed:
        arrays: dict[str, Array] = {name: packed[name].astype(np.float32) for name in packed.files}
    layers = tuple((_gru(arrays, at), _gru(arrays, at + 1)) for at in (0, 2))
    crf = arrays["crf"]
    tags = {int(number): tag for number, tag in _pairs(files["tag.dic"])}
    return Weights(
        arrays["emb"],
        layers,
        arrays["W4"],
        arrays["b4"],
        crf[0],
        crf[1],
        np.ascontiguousarray(crf[2:].T),
        {word: int(number) for number, word in _pairs(files["word.dic"])},
        dict(_pairs(files["q2b.dic"])),
        tuple(tags[number] for number in range(len(tags))),
    )
