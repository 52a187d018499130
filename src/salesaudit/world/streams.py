"""Random streams: one per name, so that a new table or defect changes no other draw."""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, name: str) -> np.random.Generator:
    """The generator of ``name``: the same for the same seed, independent of every other name's."""
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(key,))))


def block_seed(seed: int, number: int) -> int:
    """The seed of a block of a company that is made in several."""
    return int.from_bytes(hashlib.sha256(f"{seed}/block/{number}".encode()).digest()[:8], "big")
