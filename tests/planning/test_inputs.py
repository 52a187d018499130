"""Inputs of plans: what a range rests on, and slips of the key."""

from __future__ import annotations

import math

import pytest

from salesaudit.core.errors import SalesAuditError
from salesaudit.planning.inputs import (
    Basis,
    counted_rate,
    seen_margin,
    typed_amount,
    typed_share,
    typed_whole,
)
from salesaudit.statistics.campaign import Counted


def test_a_counted_rate_has_jeffreys_range_of_what_dispersion_leaves() -> None:
    plain, wide = counted_rate(81, 263, 1, Basis.STAGE), counted_rate(81, 263, 4, Basis.STAGE)
    assert plain is not None
    assert wide is not None
    assert (plain.lower, plain.upper) == pytest.approx((0.2545, 0.3656), abs=5e-5)
    assert (wide.lower or 1) < (plain.lower or 0)
    assert wide.rate() == Counted(81, 263, 4)


def test_nobody_counted_is_no_rate() -> None:
    assert counted_rate(0, 0, 1, Basis.STAGE) is None


def test_a_margin_is_the_mean_with_a_range_that_is_wider_upwards() -> None:
    found = seen_margin(4, 10.0, 30.0, Basis.AMOUNTS)  # 1, 2, 3, 4
    assert found is not None
    assert found.value == 2.5
    assert found.variation == pytest.approx(math.sqrt(5 / 3) / 2.5)
    assert found.lower is not None
    assert found.upper is not None
    assert found.upper - 2.5 > 2.5 - found.lower


@pytest.mark.parametrize(("n", "total"), [(0, 0.0), (1, 5.0), (3, -4.0)])
def test_no_margin_of_too_few_customers_or_of_a_loss(n: int, total: float) -> None:
    assert seen_margin(n, total, 100.0, Basis.MARGINS) is None


def test_what_is_typed_is_exact() -> None:
    assert typed_share("--reach", 0.5).exact
    assert typed_share("--reach", 0.5).rate() == 0.5
    assert typed_whole("--leads", 150).value == 150


@pytest.mark.parametrize("given", [50, -0.1, 1.01, math.nan])
def test_a_percentage_is_no_share(given: float) -> None:
    with pytest.raises(SalesAuditError, match=r"--reach is a share between 0 and 1.*0\.5 for 50"):
        typed_share("--reach", given)


@pytest.mark.parametrize("given", [-1, 1.5, math.nan, math.inf, 1e9])
def test_leads_are_whole_and_no_slip_of_the_key(given: float) -> None:
    with pytest.raises(SalesAuditError, match="--leads is a whole number from 0 to 100000"):
        typed_whole("--leads", given)


@pytest.mark.parametrize("given", [-1, math.nan, math.inf])
def test_an_amount_is_not_negative(given: float) -> None:
    with pytest.raises(SalesAuditError, match="--margin is a number of 0 or more"):
        typed_amount("--margin", given)


def test_a_cost_of_nothing_has_no_return() -> None:
    with pytest.raises(SalesAuditError, match="--cost is a number above 0, and “0” was given"):
        typed_amount("--cost", 0, above_zero=True)
