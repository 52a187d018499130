"""Leads per month, their yearly change and their present level (Q1)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import partial

import numpy as np

from salesaudit.statistics.arrivals import mean_per_period, present_level, trend
from truth.arrivals import WEEKDAYS, YEAR, Flow, drawn, wandering, weekly
from truth.study import OURS, Case, Estimated, Study, bias, cover

SAMPLE_MEAN = "mean and its standard error"
ENDS = "last quarter by the first"
LAST = "mean of the last 4 weeks"
LEAST, MOST = 0.90, 0.99  # cover of every estimate


def mean(months: int, wander: float, rng: np.random.Generator) -> Iterable[Estimated]:
    """Leads of a month: 300, months varying by 15 % of themselves."""
    own = rng.gamma(44.4, 1 / 44.4, months)
    if wander:
        own = np.exp(wander * wandering(months, rng) - wander**2 / 2)
    counts = rng.poisson(300 * own)
    found = mean_per_period(counts)
    yield Estimated(OURS, found.value, found.lower, found.upper, 300.0)
    plain, error = float(counts.mean()), float(counts.std(ddof=1)) / math.sqrt(months)
    yield Estimated(SAMPLE_MEAN, plain, plain - 1.96 * error, plain + 1.96 * error, 300.0)


def change(flow: Flow, rng: np.random.Generator) -> Iterable[Estimated]:
    """The level after a year, times the one before it."""
    counts = weekly(drawn(flow.level(rng), rng))
    found = trend(counts)
    if found is None:
        yield Estimated(OURS, None, None, None, flow.yearly)
    else:
        yield Estimated(OURS, found.value, found.lower, found.upper, flow.yearly)
    first, last = int(counts[:13].sum()), int(counts[-13:].sum())
    years = (counts.size - 13) * 7 / YEAR
    log, half = math.log(last / first) / years, 1.96 * math.sqrt(1 / first + 1 / last) / years
    yield Estimated(ENDS, math.exp(log), math.exp(log - half), math.exp(log + half), flow.yearly)


def level(flow: Flow, rng: np.random.Generator) -> Iterable[Estimated]:
    """Leads of a week at the end, as they would be on the average of a year."""
    counts = weekly(drawn(flow.level(rng), rng))
    end = (flow.days // 7 * 7 - 4) / YEAR  # the middle of the last week
    season = np.exp(flow.season * np.sin(2 * np.pi * np.arange(365) / YEAR)).mean()
    true = flow.a_day * float(WEEKDAYS.sum()) * flow.yearly**end * float(season)
    found = present_level(counts)
    if found is None:
        yield Estimated(OURS, None, None, None, true)
    else:
        yield Estimated(OURS, found.value, found.lower, found.upper, true)
    plain = float(counts[-4:].mean())
    half = 1.96 * math.sqrt(plain / 4)
    yield Estimated(LAST, plain, plain - half, plain + half, true)


WANDERS = (
    "demand that drifts for months (correlation 0.8) leaves few independent months; a fitted "
    "memory reached 87 % for the mean at a fifth more width everywhere, and less for the change"
)
YOUNG, TWO, THREE = Flow(364, season=0.0), Flow(728), Flow(1_095)
FLOWS = {
    "a year of weeks, no season": YOUNG,
    "two years, season 20 %": TWO,
    "three years, season 20 %": THREE,
    "three years, season 20 %, demand wanders (sd 0.15)": THREE._replace(wander=0.15),
}
STUDY = Study(
    id="volume",
    title="Leads per month, their change and their level",
    about="Mean of whole months by its logarithm with a long-run variance; yearly change and "
    "present level by quasi-Poisson regression of weeks with season and the covariance of Newey "
    "and West. Beside them the mean with its plain standard error, the last quarter by the first, "
    "and the mean of the last four weeks, each as if leads came independently.",
    cases=(
        *(
            Case(
                f"mean of {months} months", partial(mean, months, 0.0), (bias(), cover(LEAST, MOST))
            )
            for months in (6, 11, 24, 36)
        ),
        Case(
            "mean of 24 months that wander (sd 0.15)",
            partial(mean, 24, 0.15),
            (bias(), cover(LEAST, MOST)),
            missed=WANDERS,
        ),
        *(
            Case(
                f"change: {name}", partial(change, flow), (bias(), cover(LEAST, MOST)), 1_500,
                missed=WANDERS if flow.wander else "",
            )
            for name, flow in FLOWS.items()
        ),
        *(
            Case(f"level: {name}", partial(level, flow), (bias(), cover(LEAST, MOST)))
            for name, flow in FLOWS.items()
            if not flow.wander
        ),
    ),
)  # fmt: skip
