"""Breaks: the date from which a level is another one, and whether there is any such date.

Every inner place of a series is tried; the greatest of so many differences is held against what
chance alone makes of a series without a break.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from salesaudit.statistics.arrivals import TREND_FROM, Regression, season_design, series
from salesaudit.statistics.base import Counts, Floats, Range
from salesaudit.statistics.drawn_counts import (
    ALMOST_NONE,
    DRAWS,
    active,
    drawn_counts,
    fitted,
    inverse_information,
    p_of_greatest,
    refitted,
)
from salesaudit.statistics.histogram import from_day_on

EDGE = 5  # weeks on each side of a break; what lasts up to four weeks is a burst
LEADS = 50  # in all
MONTH = 4  # weeks before and after a place, between which a break is a jump


class Break(NamedTuple):
    """The likeliest place of a step in a level, whether or not chance could have made it."""

    at: int  # place of the first period on the new level
    factor: Range  # new level / old one, as if the place had been known
    p: float  # that chance alone makes a step as great somewhere


class _Steps(NamedTuple):
    """Steps that are looked at."""

    places: Counts  # (steps,), the first week of the new level
    variance: Floats  # (steps,), of the score, were phi 1
    shapes: Floats  # (steps, weeks), what trend and season leave of each step
    weight: Floats  # (weeks,), fitted counts, 0 for weeks passed over


class _Look(NamedTuple):
    """What was seen in each row of residuals."""

    place: Counts  # (rows,), which step is the greatest
    score: Floats  # (rows,), its squared score by its variance
    jump: Floats  # (rows,), its height between two months by how levels move elsewhere


def level_break(
    weekly_counts: ArrayLike,
    rng: np.random.Generator,
    *,
    weights: ArrayLike | None = None,
    draws: int = DRAWS,
) -> Break | None:
    """A step in the level of weekly counts, apart from trend and season.

    At each place the score of a step is set against its variance (the local form of the likelihood
    ratio, which needs one fit of the series instead of one for each place). That alone would find
    breaks in all demand that wanders, and in any season below 18 months, where none can be fitted.
    So the level must also have jumped: from the month before the place to the month after it, by
    more than it moves from month to month elsewhere in the series. The greater p counts.

    Args:
        weekly_counts: shape (weeks,), counts of whole weeks in order of time.
        rng: for the drawn series.
        weights: same shape, 0 for weeks to be passed over (bursts), else 1.
        draws: number of drawn series.

    Returns:
        The break, or None for less than half a year of weeks between the first lead and the last,
        under 50 leads, or a series that no regression describes.

    Raises:
        StatisticError: a negative count.

    Source:
        Andrews (1993), Econometrica 61, 821-856, for the greatest over places; McCullagh and
        Nelder (1989), Generalized Linear Models, chapter 6, for the regression.
    """
    counts = series(weekly_counts)
    kept = np.ones(counts.size) if weights is None else np.asarray(weights, dtype=np.float64)
    span = active(counts * kept)
    y, used = counts[span], kept[span]
    design = season_design(max(y.size, 1))
    if np.count_nonzero(used) < TREND_FROM or np.sum(used * y) < LEADS:
        return None
    fit = fitted(y, design, used)
    if fit is None:
        return None
    steps = _steps(fit, design, used)
    seen = _look(((y - fit.mean) * used)[None], steps)
    at = int(steps.places[int(seen.place[0])])
    broken = fitted(y, np.column_stack([design, np.arange(y.size) >= at]), used)
    if broken is None:
        return None
    by_luck = drawn_counts(fit.mean, max(1.0, broken.phi), rng, draws)
    drawn = refitted(by_luck, fit.mean, design, used, fit.df)
    by_chance = _look((by_luck - drawn.mean) * used, steps)
    own = studentized(seen.score, np.array([fit.phi * fit.df]), fit.df)
    chance = studentized(by_chance.score, drawn.phi * fit.df, fit.df)
    lasting = p_of_greatest(float(own[0]), chance)
    jump = p_of_greatest(float(seen.jump[0]), by_chance.jump)
    return Break(span.start + at, _factor(broken), max(lasting, jump))


def bar_moved(volume: Break, rate: Break, apart: int, *, level: float = 0.05) -> bool:
    """Whether more came in and fewer went on from about the same date, or the other way round.

    That is what a changed definition of a stage looks like, not a better or worse business.

    Args:
        volume: break of the entries, its place in the same periods as that of ``rate``.
        rate: break of the next step's rate.
        apart: periods that the two places may lie apart.
        level: p up to which a break is taken for one.
    """
    told = max(volume.p, rate.p) <= level and abs(volume.at - rate.at) <= apart
    return told and (volume.factor.value - 1) * (rate.factor.value - 1) < 0


def _steps(fit: Regression, design: Floats, used: Floats) -> _Steps:
    """Steps at all inner places that trend and season leave anything of."""
    places = np.arange(EDGE, used.size - EDGE + 1)
    weight = used * fit.mean
    shared = from_day_on((design * weight[:, None]).T).T[places]
    taken = shared @ inverse_information(fit.mean, design, used)
    variance = from_day_on(weight[None])[0, places] - np.sum(taken * shared, axis=1)
    shapes = (np.arange(used.size) >= places[:, None]) - taken @ design.T
    able = variance > ALMOST_NONE * weight.sum()
    return _Steps(places[able], variance[able], shapes[able], weight)


def _look(left: Floats, steps: _Steps) -> _Look:
    """The greatest step of each row of residuals, shape (rows, weeks), and how far it is a jump."""
    scores = from_day_on(left)[:, steps.places]
    place = np.argmax(scores**2 / steps.variance, axis=1)
    rows = np.arange(len(left))
    score, variance = scores[rows, place], steps.variance[place]
    height = score / variance
    rest = left - height[:, None] * steps.weight * steps.shapes[place]
    moves, error = _moves(rest, steps.weight)
    first = steps.places[place] - MONTH
    jump = moves[rows, first] + height / error[first]
    return _Look(place, score**2 / variance, np.abs(jump) / np.maximum(1.0, moves.std(axis=1)))


def _moves(left: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Moves of the level from each month to the next by their standard error, were phi 1.

    Returns:
        Shape (rows, weeks - 2 months + 1), by the first week of the earlier month; and the errors.
    """
    sums = _months(np.concatenate([left, weight[None]]))
    own = np.maximum(sums[-1], ALMOST_NONE)
    level, known = sums[:-1] / own, 1 / own
    error = np.sqrt(known[:-MONTH] + known[MONTH:])
    return (level[:, MONTH:] - level[:, :-MONTH]) / error, error


def _months(rows: Floats) -> Floats:
    """Sums of each four weeks in a row."""
    before = np.cumsum(np.pad(rows, ((0, 0), (1, 0))), axis=1)
    return np.asarray(before[:, MONTH:] - before[:, :-MONTH])


def studentized(score: Floats, pearson: Floats, df: int) -> Floats:
    """A score by the dispersion that remains once the step is taken out."""
    return np.asarray(score / np.maximum(1.0, (pearson - score) / (df - 1)))


def _factor(fit: Regression, confidence: float = 0.95) -> Range:
    """What the last column of a regression multiplies the level by."""
    step, error = float(fit.coefficients[-1]), math.sqrt(float(fit.covariance[-1, -1]))
    half = float(stdtrit(fit.df, 0.5 + confidence / 2)) * error
    return Range(*(math.exp(change) for change in (step, step - half, step + half)))
