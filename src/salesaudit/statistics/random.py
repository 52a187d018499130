"""Randomness that belongs to the data: the same numbers give the same draws."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import ArrayLike


def generator(name: str, *numbers: ArrayLike) -> np.random.Generator:
    """A generator seeded by what it is for and by the statistics that it serves.

    Args:
        name: of the fact; two facts over the same numbers draw apart.
        numbers: arrays of any shape; their values, not their order of evaluation, decide.
    """
    digest = hashlib.sha256(name.encode())
    for array in numbers:
        digest.update(np.ascontiguousarray(array, dtype=np.float64).tobytes())
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest.digest()[:16], "big")))
