"""A sheet for each person of the sales team: for that person and the manager, not the document.

What somebody could gain, and from whom, is said here alone. A sheet holds nobody else's figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from salesaudit.audits.team._rep_tables import FEWEST, Person, people
from salesaudit.audits.team.rep_figures import can_be_told, named
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.rep_model import RepStep, rep_model
from salesaudit.facts.step_curves import step_curves
from salesaudit.facts.trust import trust
from salesaudit.measures.rep_cells import DECIDED
from salesaudit.statistics.base import Range
from salesaudit.statistics.mixed_rates import summary
from salesaudit.statistics.pairing import pairs

HALF_THE_GAP = 0.5  # assumed: what a learner takes over
TEAMS_RANGE = (0.1, 0.5, 0.9)  # of the people's rates, so that no colleague's figure shows
YEAR = 365.25


class Lesson(NamedTuple):
    """From whom a step could be learned."""

    teacher: str  # name
    gain: Range  # more that would move on in a year at half the gap; assumed


class StepSheet(NamedTuple):
    """A step as one person does it."""

    step: str
    name: Text
    days: int | None  # within which cases had to move on; None: decided deals
    n: int
    moved: int
    own: Range | None  # None: too few cases
    team: Range | None  # None: too few people to hide each other
    better: bool
    could_gain: bool
    lesson: Lesson | None


class Sheet(NamedTuple):
    """All that one person's sheet shows."""

    person: Person
    steps: tuple[StepSheet, ...]


def sheets(inputs: Inputs, settings: Settings) -> tuple[Sheet, ...]:
    """A sheet for everyone who is still there, by name.

    Args:
        inputs: of the audit; the warehouse may be closed by now.
        settings: names must not be hidden, which the caller has seen to.
    """
    team, trusted = people(inputs), inputs.fact(trust)
    model = [step for step in inputs.fact(rep_model) if can_be_told(step, trusted)]
    lessons = {step.step: _lessons(step, team, inputs, settings) for step in model}
    return tuple(
        Sheet(
            person,
            tuple(
                _step(step, person, inputs, settings, lessons[step.step].get(person.rep_id))
                for step in model
                if person.rep_id in step.people
            ),
        )
        for person in team
        if not person.left
    )


def _step(
    step: RepStep, person: Person, inputs: Inputs, settings: Settings, lesson: Lesson | None
) -> StepSheet:
    place = step.people.index(person.rep_id)
    return StepSheet(
        step=step.step,
        name=named(step, inputs, settings),
        days=step.horizon,
        n=int(step.n[place]),
        moved=int(step.moved[place]),
        own=step.told(place),
        team=_team(step),
        better=person.rep_id in step.better(),
        could_gain=person.rep_id in step.behind(),
        lesson=lesson,
    )


def _team(step: RepStep) -> Range | None:
    if step.drawn is None or len(step.people) < FEWEST:
        return None
    low, middle, high = np.quantile(step.drawn.rates, TEAMS_RANGE, axis=1).mean(axis=1)
    return Range(float(middle), float(low), float(high))


def _lessons(
    step: RepStep, team: Sequence[Person], inputs: Inputs, settings: Settings
) -> dict[str, Lesson]:
    """Pairs of a step, by the learner's id: only where both are beyond chance."""
    there = {person.rep_id: person for person in team if not person.left}
    learners = sorted(step.behind() & there.keys())
    teachers = sorted(step.teachers().keys() & there.keys())
    if step.drawn is None or step.step == DECIDED or not learners or not teachers:
        return {}
    years = _years(step, inputs, settings)
    gains = {}
    for learner in learners:
        own = step.people.index(learner)
        a_year = int(step.n[own]) / years
        for teacher in teachers:
            gap = step.drawn.rates[:, step.people.index(teacher)] - step.drawn.rates[:, own]
            gains[learner, teacher] = HALF_THE_GAP * a_year * gap
    worth = [[float(np.quantile(gains[a, b], 0.25)) for b in teachers] for a in learners]
    near = [[_same_team(there[a], there[b]) for b in teachers] for a in learners]
    return {
        learner: Lesson(there[teachers[at]].name, summary(gains[learner, teachers[at]]))
        for learner, at in zip(learners, pairs(worth, near), strict=True)
        if at is not None
    }


def _years(step: RepStep, inputs: Inputs, settings: Settings) -> float:
    """Years in which the step's matured cases entered."""
    first = inputs.fact(step_curves)[step.step].from_on
    return max(((settings.until - first).days - (step.horizon or 0)) / YEAR, 1 / 12)


def _same_team(one: Person, other: Person) -> bool:
    return one.team is not None and one.team == other.team
