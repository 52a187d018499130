"""Step curves: for each step of the funnel how many move on, and how fast.

Everyone's age at T is known, so leads still under way, and lost ones, stay among those at risk
until their age: the product-limit on ages. Where events of the step's end were not recorded from
the beginning, cohorts that began before them are left out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

import numpy as np

from salesaudit.core.settings import Settings
from salesaudit.facts.base import Fact, Inputs
from salesaudit.facts.recording import first_of_month, first_of_week, next_month, recording
from salesaudit.measures.step_ages import StepAge, step_ages
from salesaudit.measures.step_lags import StepLag, step_lags
from salesaudit.measures.steps import LAST_LAG, Step, steps
from salesaudit.statistics.base import Floats, Range
from salesaudit.statistics.conversion import (
    Curve,
    dispersion,
    product_limit,
    rate_interval,
    still_rising,
)
from salesaudit.statistics.duration import Durations, reverse_product_limit
from salesaudit.statistics.random import generator

LATE = 0.05  # part of a rate that may have come in the last third of its curve to call it final
LATE_OF_DOUBT = 0.5  # the same, as a part of the distance from the rate to its upper bound
COHORTS = 4  # fewer say too little of how much cohorts differ
SURELY = math.log(1000)  # expected and none on record: chance does that once in 1,000 times


Row = TypeVar("Row", StepLag, StepAge)


class Histograms(NamedTuple):
    """Journeys of a step by day: all that its curves need."""

    converted: Floats  # by lag, 0 to 1,095
    converted_ages: Floats  # all converted ones by age, capped behind the last lag
    open_ages: Floats  # not converted, by age; the lost ones too


class Spread(NamedTuple):
    """How much more cohorts differ than chance alone: multiplies variances."""

    phi: float
    cohorts: int
    by: str  # months, weeks, none (nobody or everybody moved on), or unknown


class Group(NamedTuple):
    """A step as a group of journeys takes it."""

    channel: str | None
    rest: bool
    histograms: Histograms
    curve: Curve
    spread: Spread
    filled: int  # skipped the stage, counted at the lag to a later one

    @property
    def entered(self) -> int:
        """Journeys of the curve."""
        return self.curve.entered

    @property
    def converted(self) -> int:
        """Journeys that moved on."""
        return int(self.histograms.converted_ages.sum())

    def durations(self) -> Durations:
        """How long those take who move on, in reverse time."""
        return reverse_product_limit(self.histograms.converted, self.histograms.converted_ages)

    def interval(self, day: int) -> tuple[float, float]:
        """Bounds of the share that moved on within ``day`` days."""
        return rate_interval(self.curve, day, self.spread.phi, cohorts=self.spread.cohorts or None)


class LateRecording(NamedTuple):
    """Events of the step's end are on record only from a day on, though journeys began before."""

    first_on: date  # of the first event on record
    from_on: date  # first cohort that the curves rest on
    expected: float  # events that would have come before it
    dropped: int  # journeys of earlier cohorts


class StepCurve(NamedTuple):
    """A step over the cohorts that it can be followed in."""

    step: Step
    from_on: date
    total: Group
    channels: tuple[Group, ...]
    undated: int  # known to have moved on, on no known day: in no curve
    rise: Range | None  # part of the final rate that came in the last third of the curve
    late: LateRecording | None

    @property
    def final(self) -> bool:
        """Whether the end of the curve may be called the final rate.

        Little came in its last third, and little against the doubt of the rate: what is still
        missing must not be what a narrow range leaves out.
        """
        if self.rise is None:
            return True
        curve = self.total.curve
        rate, late = float(curve.cumulative[curve.tau]), self.rise.value
        upper = self.total.interval(curve.tau)[1]
        return late <= LATE and late * rate <= LATE_OF_DOUBT * (upper - rate)


def _compute(inputs: Inputs, settings: Settings) -> dict[str, StepCurve]:
    """Curves of every step between two recorded stages on which somebody entered."""
    lags, ages = _by_step(inputs[step_lags]), _by_step(inputs[step_ages])
    known = inputs.fact(recording)
    found = {}
    recorded = [stage.position for stage in known.stages if stage.recorded]
    for step in steps(settings, recorded):
        if ages[step.name]:
            first = known.stage(step.end).recorded_from
            curve = _step_curve(step, lags[step.name], ages[step.name], settings.until, first)
            if curve is not None:
                found[step.name] = curve
    return found


def _step_curve(
    step: Step,
    lags: Sequence[StepLag],
    ages: Sequence[StepAge],
    until: date,
    first_event: date | None,
) -> StepCurve | None:
    late = late_recording(lags, ages, until, first_event)
    from_on = late.from_on if late else min(row.entered_on for row in ages)
    lags = [row for row in lags if row.month >= first_of_month(from_on)]
    ages = [row for row in ages if row.entered_on >= from_on]
    if not ages:
        return None
    total = _group(None, lags, ages, until, None)
    keys = sorted(
        {(row.channel, row.rest) for row in ages}, key=lambda k: (k[0] is None, k[0] or "", k[1])
    )
    channels = tuple(
        _group(
            key,
            [row for row in lags if (row.channel, row.rest) == key],
            [row for row in ages if (row.channel, row.rest) == key],
            until,
            total.spread,
        )
        for key in keys
    )
    return StepCurve(
        step=step,
        from_on=from_on,
        total=total,
        channels=channels,
        undated=sum(row.undated for row in ages),
        rise=_rise(step, total),
        late=late,
    )


def late_recording(
    lags: Sequence[StepLag], ages: Sequence[StepAge], until: date, first_event: date | None
) -> LateRecording | None:
    """Whether events were left unrecorded before the first one on record.

    The curve of the cohorts after it says how many would have come before it. If that many do not
    fail to come by chance once in 1,000 times, they were not recorded.
    """
    if first_event is None:
        return None
    from_on = first_event if first_event.day == 1 else next_month(first_event)
    earlier = [row for row in ages if row.entered_on < first_event]
    later = [row for row in ages if row.entered_on >= from_on]
    if not earlier or not later:
        return None
    after = histograms([row for row in lags if row.month >= from_on], later, until)
    curve = product_limit(after.converted, after.open_ages, after.converted_ages)
    if curve.tau < 0:
        return None
    expected = sum(
        (row.moved + row.waiting)
        * float(curve.cumulative[min((first_event - row.entered_on).days - 1, curve.tau)])
        for row in earlier
    )
    if expected <= SURELY:
        return None
    dropped = sum(r.moved + r.waiting + r.undated for r in ages if r.entered_on < from_on)
    return LateRecording(first_event, from_on, expected, dropped)


def histograms(lags: Iterable[StepLag], ages: Iterable[StepAge], until: date) -> Histograms:
    """Rows of a step as histograms by day."""
    converted = np.zeros(LAST_LAG + 1)
    for lag in lags:
        if lag.lag <= LAST_LAG:
            converted[lag.lag] += lag.moved
    converted_ages, open_ages = np.zeros(LAST_LAG + 2), np.zeros(LAST_LAG + 2)
    for row in ages:
        age = min((until - row.entered_on).days, LAST_LAG + 1)
        converted_ages[age] += row.moved
        open_ages[age] += row.waiting
    return Histograms(converted, converted_ages, open_ages)


def _group(
    key: tuple[str | None, bool] | None,
    lags: Sequence[StepLag],
    ages: Sequence[StepAge],
    until: date,
    fallback: Spread | None,
) -> Group:
    counted = histograms(lags, ages, until)
    curve = product_limit(counted.converted, counted.open_ages, counted.converted_ages)
    channel, rest = key or (None, False)
    return Group(
        channel=channel,
        rest=rest,
        histograms=counted,
        curve=curve,
        spread=_spread(curve, ages, until, fallback),
        filled=sum(row.filled for row in lags),
    )


def _spread(curve: Curve, ages: Sequence[StepAge], until: date, fallback: Spread | None) -> Spread:
    """Dispersion between months, else weeks, else that of all segments, else not known."""
    if curve.tau < 0 or not 0 < curve.cumulative[curve.tau] < 1:
        return fallback or Spread(1.0, 0, "none" if curve.tau >= 0 else "unknown")
    for name, cohort_of in (("months", first_of_month), ("weeks", first_of_week)):
        found = dispersion(*_cohorts(curve, ages, until, cohort_of))
        if found.cohorts >= COHORTS:
            return Spread(found.phi, found.cohorts, name)
    return fallback or Spread(1.0, 0, "unknown")


def _cohorts(
    curve: Curve, ages: Sequence[StepAge], until: date, cohort_of: Callable[[date], date]
) -> tuple[Floats, Floats, Floats]:
    """Entered, converted and expected share of each cohort."""
    entered: dict[date, float] = defaultdict(float)
    moved: dict[date, float] = defaultdict(float)
    expected: dict[date, float] = defaultdict(float)
    for row in ages:
        cohort, size = cohort_of(row.entered_on), row.moved + row.waiting
        age = min((until - row.entered_on).days, curve.tau)
        entered[cohort] += size
        moved[cohort] += row.moved
        expected[cohort] += size * float(curve.cumulative[age])
    kept = [cohort for cohort in sorted(entered) if entered[cohort] > 0]
    sizes = np.array([entered[c] for c in kept])
    shares = np.array([expected[c] for c in kept]) / sizes
    return sizes, np.array([moved[c] for c in kept]), np.clip(shares, 0.0, 1.0 - 1e-12)


def _rise(step: Step, group: Group) -> Range | None:
    curve = group.curve
    if curve.tau < 0 or curve.cumulative[curve.tau] <= 0:
        return None
    rng = generator(f"step_curves.{step.name}", curve.converted, curve.at_risk)
    return still_rising(curve, group.spread.phi, rng)


def _by_step(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.step].append(row)
    return grouped


step_curves = Fact(name="step_curves", inputs=(step_lags, step_ages, recording), compute=_compute)
