"""What replicates say: figures, their Monte Carlo errors, and what counts as missed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
import pytest

from truth.judge import summaries
from truth.replicate import replicate, run_studies
from truth.study import (
    OURS,
    Case,
    Estimated,
    Found,
    Required,
    Said,
    Study,
    Trial,
    any_false,
    cover,
    false,
    gap,
    power,
)


def means(width: float, rng: np.random.Generator) -> Iterable[Trial]:
    """The mean of 25 normal values with a range of so many standard errors."""
    value, half = float(rng.normal(0, 1, 25).mean()), width / 5
    yield Estimated(OURS, value + 10, value + 10 - half, value + 10 + half, 10.0, 2 * 1.96 / 5)


def studied(case: Case, *, pooled: tuple[Required, ...] = ()) -> list[str]:
    study = Study("tried", "Tried", "", (case, case._replace(name="again")), pooled)
    [result] = run_studies([study], workers=1)
    return result.surprises


def test_a_range_of_95_percent_passes_and_one_of_90_that_claims_95_does_not() -> None:
    honest = Case("honest", partial(means, 1.96), (cover(),), 1_000)
    too_sure = Case("too sure", partial(means, 1.645), (cover(),), 3_000)
    assert studied(honest, pooled=(cover(),)) == []
    assert studied(too_sure) == ["tried: too sure: ours: cover", "tried: again: ours: cover"]


def test_all_cases_together_see_what_none_can_see_alone() -> None:
    few = Case("few", partial(means, 1.70), (cover(),), 400)
    assert studied(few) == []
    assert studied(few._replace(runs=3_000), pooled=(cover(),))[-1].startswith("tried: all cases")


def test_an_explained_miss_is_no_surprise_and_is_still_shown_as_one() -> None:
    case = Case("too sure", partial(means, 1.0), (cover(),), 300, missed="by design")
    [result] = run_studies([Study("tried", "Tried", "", (case,))], workers=1)
    assert result.surprises == []
    assert [case.reason for case, _ in result.missed] == ["by design"]


def test_figures_of_searches() -> None:
    trials: list[Trial] = [Found(OURS, 2, 2, 0), Found(OURS, 2, 1, 1), Found(OURS, 0, 0, 1)]
    [found] = summaries(trials, 3)
    values = {name: figure.value for name, figure in found.figures.items()}
    assert values == pytest.approx({"false": (0 + 0.5 + 1) / 3, "any_false": 2 / 3, "power": 3 / 4})


def test_stated_chances_that_come_true_too_seldom_are_seen() -> None:
    rng = np.random.default_rng(1)
    fair: list[Trial] = [Said(OURS, c, bool(rng.random() < c)) for c in rng.random(4_000)]
    proud: list[Trial] = [Said(OURS, c, bool(rng.random() < c / 2)) for c in rng.random(4_000)]
    assert summaries(fair, 4_000)[0].figures["gap"].within(gap())
    assert not summaries(proud, 4_000)[0].figures["gap"].within(gap())


def test_a_method_that_keeps_silent_is_not_judged() -> None:
    [silent] = summaries([Estimated(OURS, None, None, None, 1.0)], 1)
    assert set(silent.figures) == {"silent"}


def test_a_replicate_is_the_same_alone_and_among_others() -> None:
    case = Case("one", partial(means, 1.96), (power(0.5), false(), any_false()))
    study = Study("tried", "Tried", "", (case,))
    assert replicate(study, case, 7) == replicate(study, case, 7)
    assert replicate(study, case, 7) != replicate(study, case, 8)
