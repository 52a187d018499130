"""The tools of the sales team, and what they cost it in time."""

from __future__ import annotations

from collections import Counter

import numpy as np

from salesaudit.world.columns import Json, Known, Table, words
from salesaudit.world.records.parameters import Tool
from salesaudit.world.simulate import History

WEEKS = 48  # worked in a year


def tools(history: History, known: Known, true: tuple[Tool, ...]) -> Table:  # noqa: ARG001
    """One row per tool; nothing is left to chance."""
    return {
        "tool": words([item.tool for item in true]),
        "purpose": words([item.purpose for item in true]),
        "users": np.array([item.users for item in true]),
        "yearly_cost": np.array([item.yearly_cost for item in true], dtype=np.float64),
        "minutes_per_week": np.array([item.minutes_per_week for item in true], dtype=np.float64),
        "manual": np.array([item.manual for item in true]),
    }


def tools_truth(history: History, known: Known, true: tuple[Tool, ...]) -> Json:  # noqa: ARG001
    """Hours a year, those of them by hand, and purposes that two tools serve."""
    hours = {item.tool: item.users * item.minutes_per_week * WEEKS / 60 for item in true}
    purposes = Counter(item.purpose for item in true)
    return {
        "hours_a_year": hours,
        "by_hand": sum(hours[item.tool] for item in true if item.manual),
        "yearly_cost": sum(item.yearly_cost for item in true),
        "overlaps": sorted(purpose for purpose, many in purposes.items() if many > 1),
    }
