"""What the leaks are said to be worth together, against what closing them would really bring."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

import numpy as np

from salesaudit.statistics.conversion import product_limit
from salesaudit.statistics.leaks import Asked, Cell, Step, screen
from salesaudit.statistics.repairs import CAP, Funnel, Leak, repair_credits
from salesaudit.statistics.shrinkage import shrunk
from salesaudit.statistics.sparse import sparse
from truth.funnels import Company, Floats, Planted, draw, step_of
from truth.study import OURS, Case, Estimated, Study, bias, cover

ONE_BELL = "all cells drawn together"
UNSHRUNK = "ratios as they were found"
SINGLY = "the same, each gain by itself"
LEAST = 0.1  # that a shrunk ratio is under 1
MARGIN = 1_000.0
DRAWS = 500
LARGE = Company(20_000)


class Told(NamedTuple):
    """What the screen found, and what is expected of it."""

    leaks: list[Leak]
    raw: Floats  # (leaks,)
    ratios: Floats  # (leaks,), shrunk
    one_bell: Floats  # (leaks,), shrunk as if all cells of the step were alike
    drawn: Floats  # (draws, leaks)


class Seen(NamedTuple):
    """Final rates of each channel and step; their logarithms' standard errors."""

    rates: Floats  # (channels, steps)
    errors: Floats


def priced(
    company: Company, sites: tuple[tuple[int, int], ...], whose: str, rng: np.random.Generator
) -> Iterable[Estimated]:
    """Yearly margin of the leaks, all of those planted or those that were found.

    Args:
        company: with channels.
        sites: step and channel of each leak; a channel of -1 stands for any.
        whose: ``planted`` or ``found``, whose true worth it is held to.
        rng: for all of it.
    """
    count = len(company.channels)
    planted = [
        Planted(step, 0.6, channel if channel >= 0 else int(rng.integers(count)))
        for step, channel in sites
    ]
    passings = draw(company, planted, rng)
    owns = np.eye(count, dtype=bool)
    cells = [Cell(own, ~own) for own in np.repeat(owns, company.months, axis=1)]
    steps = [step_of(passing, passing.channel, count, cells, company) for passing in passings]
    told = _told(screen(steps), owns, rng)
    leads = np.bincount(passings[0].channel, minlength=count) * 365 / company.length
    true = _true(company, leads, planted, told if whose == "found" else None)
    if whose == "found" and true <= 0:
        return
    seen = _seen(steps, owns, company)
    noise = np.exp(seen.errors * rng.standard_normal((DRAWS, *seen.rates.shape)))
    drawn = _worth(leads, np.minimum(seen.rates * noise, CAP), told, told.drawn, rng)
    lower, upper = np.quantile(drawn, [0.025, 0.975])
    ours = float(_worth(leads, seen.rates, told, told.ratios, rng))
    yield Estimated(OURS, ours, float(lower), float(upper), true)
    for way, ratios in ((ONE_BELL, told.one_bell), (UNSHRUNK, told.raw)):
        value = float(_worth(leads, seen.rates, told, ratios, rng))
        yield Estimated(way, value, None, None, true)
    singly = sum(
        float(_worth(leads, seen.rates, Told([leak], raw, raw, raw, raw), raw, rng))
        for leak, raw in zip(told.leaks, told.raw[:, None], strict=True)
    )
    yield Estimated(SINGLY, singly, None, None, true)


def _worth(
    leads: Floats, rates: Floats, told: Told, ratios: Floats, rng: np.random.Generator
) -> Floats:
    """Margin that closing the leaks brings; a leaking rate is the others' times its ratio."""
    now = rates.copy()
    for place, leak in enumerate(told.leaks):
        now[..., leak.leaves, leak.step] *= (ratios[..., place] / told.raw[place])[..., None]
    margins = np.full(len(leads), MARGIN)
    return repair_credits(Funnel(leads, now, margins), told.leaks, ratios, rng).gain


def _told(asked: list[list[Asked]], owns: np.ndarray, rng: np.random.Generator) -> Told:
    leaks, raw, ratios, one_bell, drawn = [], [], [], [], [np.zeros((DRAWS, 0))]
    for step, cells in enumerate(asked):
        known = [(place, c, c.comparison) for place, c in enumerate(cells) if c.comparison]
        if not any(cell.leaks for _, cell, _ in known):
            continue
        y, v = ([getattr(one, key) for _, _, one in known] for key in ("log_ratio", "log_variance"))
        expected, together = sparse(y, v), shrunk(y, v, centre=0.0)
        draws = np.exp(expected.draws(DRAWS, rng))
        for place, (channel, cell, comparison) in enumerate(known):
            if cell.leaks and expected.mean[place] <= np.log(1 - LEAST):
                leaks.append(Leak(step, owns[channel]))
                raw.append(max(comparison.ratio, 0.01))
                ratios.append(np.exp(expected.mean[place]))
                one_bell.append(np.exp(together.mean[place]))
                drawn.append(draws[:, [place]])
    every = np.concatenate(drawn, axis=1)
    return Told(leaks, np.array(raw), np.array(ratios), np.array(one_bell), every)


def _seen(steps: list[Step], owns: np.ndarray, company: Company) -> Seen:
    rates, errors = np.zeros((2, len(owns), len(steps)))
    for step, (moved, moved_ages, ages) in enumerate(step.leaves for step in steps):
        for channel, own in enumerate(np.repeat(owns, company.months, axis=1)):
            all_moved = moved_ages[own].sum(axis=0)
            curve = product_limit(
                moved[own].sum(axis=0), ages[own].sum(axis=0) - all_moved, all_moved
            )
            if curve.tau >= 0 and curve.cumulative[curve.tau] > 0:
                rate = float(curve.cumulative[curve.tau])
                rates[channel, step] = rate
                errors[channel, step] = (1 - rate) / rate * np.sqrt(curve.greenwood[curve.tau])
    return Seen(rates, errors)


def _true(company: Company, leads: Floats, planted: list[Planted], told: Told | None) -> float:
    """Yearly margin of the planted leaks (of those told, where given) if they were closed."""
    rates = np.tile(np.array(company.rates), (len(leads), 1))
    for leak in planted:
        rates[leak.channel, leak.step] *= leak.ratio
    repaired = rates.copy()
    for leak in planted:
        place = leak.channel if leak.channel is not None else 0
        if told is None or any(t.step == leak.step and t.leaves[place] for t in told.leaks):
            repaired[place, leak.step] = company.rates[leak.step]
    return float(MARGIN * (leads @ (repaired.prod(axis=1) - rates.prod(axis=1))))


ANY = ((1, -1), (3, -1))
NAMED = ((1, 1), (2, 1), (3, 0))
STUDY = Study(
    id="ledger",
    title="What leaks are worth together",
    about="Yearly margin of all leaks that were found, closed together: shrunk ratios, gains that "
    "multiply along the way shared out without a rest. Beside it ratios shrunk as if all cells of "
    "a step were of one bell, ratios as they were found, and those priced each by itself and "
    "summed. It is held to the worth of what was planted, found or not; then to that of what was "
    "found. Leaks: 0.6 of the rate of others.",
    cases=(
        Case("20,000 leads, two leaks anywhere: all planted",
             partial(priced, LARGE, ANY, "planted"),
             (bias(-0.3, 0.3),), 400),
        Case("months shaken: all planted",
             partial(priced, LARGE._replace(shocks=0.2), ANY, "planted"), (bias(-0.3, 0.3),), 400),
        Case("three leaks, two on one way: all planted", partial(priced, LARGE, NAMED, "planted"),
             (bias(-0.3, 0.3),), 400),
        Case("20,000 leads, two leaks anywhere: those found", partial(priced, LARGE, ANY, "found"),
             (bias(-0.3, 0.3), cover(0.90, 0.99)), 400),
        Case("three leaks, two on one way: those found", partial(priced, LARGE, NAMED, "found"),
             (bias(-0.3, 0.3), cover(0.90, 0.99)), 400),
        Case("6,000 leads, two leaks anywhere: those found",
             partial(priced, LARGE._replace(leads=6_000), ANY, "found"),
             (bias(-0.3, 0.3), cover(0.90, 0.99)), 400),
    ),
)  # fmt: skip
