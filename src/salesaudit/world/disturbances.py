"""Whom leaks met, and what bursts brought."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import Floats
from salesaudit.world.chances import leaking
from salesaudit.world.columns import Json
from salesaudit.world.history import History


def progress_of(history: History) -> Json:
    """Where progress was interfered with: whom each leak met, and what each burst brought.

    Of a leak's cases, by when they entered the step: how many up to the last day, how many of
    them were to be expected to move on, and how many without the leak.
    """
    company, cases, chance = history.company, history.cases, history.chance
    upto: Floats = np.column_stack([np.ones(len(history)), chance.cumprod(axis=1)])
    leaks = {}
    for number, leak in enumerate(company.leaks, start=1):
        step = [item.role for item in company.steps].index(leak.role)
        entered = history.stage_at[:, step]
        hit = leaking(company, leak, cases, entered) & (entered < history.end)
        expected = float((upto[hit, step] * chance[hit, step]).sum())
        leaks[str(number)] = {
            "entered": float((history.reached[hit] > step).sum()),
            "expected": expected,
            "expected_without": expected / leak.factor,
        }
    numbers = range(1, len(company.bursts) + 1)
    return {
        "leaks": leaks,
        "bursts": {str(number): int((history.burst == number).sum()) for number in numbers},
    }
