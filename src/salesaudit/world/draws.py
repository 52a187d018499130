"""All that chance decides about leads once they have come, drawn apart from what is made of it.

Each number comes from a stream of its own name, and is drawn whether or not it is needed: so a
company that differs in one parameter differs in nothing that this parameter does not touch.
"""

from __future__ import annotations

from typing import NamedTuple

from salesaudit.world.base import HOUR, Floats, Whole
from salesaudit.world.streams import stream
from salesaudit.world.truth import Company


class Kinds(NamedTuple):
    """What leads are from the beginning; uniform draws, one per lead."""

    size: Floats
    country: Floats
    industry: Floats
    product: Floats


class Draws(NamedTuple):
    """What becomes of leads: uniform draws and standard normal ones, one per lead."""

    heat: Floats  # normal
    early: Floats
    automated: Floats
    rep: Floats
    days: tuple[Floats, ...]  # normal, per step
    opening: tuple[Whole, ...]  # seconds after the office opens, per step
    moves: tuple[Floats, ...]  # per step
    lost_days: Floats  # normal
    lost_opening: Whole  # seconds after the office opens
    lost_dated: Floats
    lost_kept: Floats
    deal: Floats
    deal_undated: Floats
    amount: Floats  # normal


def kinds(leads: int, seed: int, prefix: str = "") -> Kinds:
    """Draw what ``leads`` leads are."""
    names = ("leads/size", "leads/country", "leads/industry", "deals/product")
    return Kinds(*(stream(seed, prefix + name).random(leads) for name in names))


def draws(company: Company, leads: int, seed: int, prefix: str = "") -> Draws:
    """Draw what becomes of ``leads`` leads."""

    def uniform(name: str) -> Floats:
        return stream(seed, prefix + name).random(leads)

    def normal(name: str) -> Floats:
        return stream(seed, prefix + name).standard_normal(leads)

    def work(name: str) -> tuple[Floats, Whole]:
        rng = stream(seed, prefix + name)
        return rng.standard_normal(leads), rng.integers(0, HOUR, leads)

    days, opening = zip(*(work(f"stages/{step.role}/days") for step in company.steps), strict=True)
    lost_days, lost_opening = work("losses/days")
    return Draws(
        heat=normal("leads/heat"),
        early=uniform("leads/early"),
        automated=uniform("stages/automated"),
        rep=uniform("leads/rep"),
        days=days,
        opening=opening,
        moves=tuple(uniform(f"stages/{step.role}/moves") for step in company.steps),
        lost_days=lost_days,
        lost_opening=lost_opening,
        lost_dated=uniform("losses/dated"),
        lost_kept=uniform("losses/kept"),
        deal=uniform("deals/exists"),
        deal_undated=uniform("losses/undated"),
        amount=normal("deals/amount"),
    )
