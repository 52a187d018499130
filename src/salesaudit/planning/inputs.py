"""The numbers that a plan is made of: typed in, or from the company's own past with their doubt."""

from __future__ import annotations

import math
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from salesaudit.core.errors import SalesAuditError
from salesaudit.core.texts import Text
from salesaudit.statistics.campaign import Counted, Worth, worth_interval
from salesaudit.statistics.proportion import jeffreys_interval

MOST_LEADS = 100_000  # of one campaign; more is a slip of the key

BAD_SHARE = Text(
    "plan.bad_share",
    en="{name} is a share between 0 and 1, and “{got}” was given.",
    th="{name} เป็นสัดส่วนระหว่าง 0 ถึง 1 แต่ได้รับ “{got}”",
)
WRITE_SHARE = Text(
    "plan.write_share",
    en="Write 0.5 for 50 %.",
    th="เขียน 0.5 แทน 50%",
)
BAD_WHOLE = Text(
    "plan.bad_whole",
    en="{name} is a whole number from {least} to {most}, and “{got}” was given.",
    th="{name} เป็นจำนวนเต็มตั้งแต่ {least} ถึง {most} แต่ได้รับ “{got}”",
)
BAD_AMOUNT = Text(
    "plan.bad_amount",
    en="{name} is a number of 0 or more, and “{got}” was given.",
    th="{name} เป็นตัวเลขตั้งแต่ 0 ขึ้นไป แต่ได้รับ “{got}”",
)
BAD_POSITIVE = Text(
    "plan.bad_positive",
    en="{name} is a number above 0, and “{got}” was given.",
    th="{name} เป็นตัวเลขที่มากกว่า 0 แต่ได้รับ “{got}”",
)
WRITE_NUMBER = Text(
    "plan.write_number",
    en="Write it in digits alone, such as 3000 or 0.5.",
    th="เขียนเป็นตัวเลขล้วน เช่น 3000 หรือ 0.5",
)


class Basis(StrEnum):
    """Where a number comes from."""

    TYPED = "typed"  # taken as exact
    ACTIVITIES = "activities"  # counted: reached by a person's call, mail or visit
    STAGE = "stage"  # counted: came to the stage at which leads are pitched
    MARGINS = "margins"  # the recorded margins of won deals
    AMOUNTS = "amounts"  # the amounts of won deals times the gross margin of the settings
    HOURS = "hours"  # the team's hours less the work of today


class Input(NamedTuple):
    """A number, its range where it has one, and what it rests on."""

    value: float
    basis: Basis = Basis.TYPED
    lower: float | None = None
    upper: float | None = None
    n: int | None = None  # leads or customers counted; None: typed
    x: int | None = None  # of them, of a rate
    phi: float = 1.0  # how much more cohorts differ than chance
    rho: float = 0.0  # how much the next cohort may differ: correlation inside one
    variation: float = 0.0  # of margins: one customer's standard deviation / mean
    from_on: date | None = None  # first cohort day

    @property
    def exact(self) -> bool:
        """Whether it is taken as it stands."""
        return self.n is None

    def rate(self) -> float | Counted:
        """As the distribution of customers takes it."""
        if self.n is None or self.x is None:
            return self.value
        return Counted(self.x, self.n, self.phi, self.rho)

    def worth(self) -> Worth:
        """As the distribution of money takes it."""
        return Worth(self.value, self.variation, self.n)


def counted_rate(
    x: int,
    n: int,
    phi: float,
    basis: Basis,
    *,
    from_on: date | None = None,
    rho: float = 0.0,
) -> Input | None:
    """A rate of the past; None where nobody was counted."""
    if n == 0:
        return None
    lower, upper = jeffreys_interval(x / phi, n / phi)
    return Input(
        x / n, basis, float(lower), float(upper), n=n, x=x, phi=phi, rho=rho, from_on=from_on
    )


def seen_margin(
    customers: int, total: float, squares: float, basis: Basis, from_on: date | None = None
) -> Input | None:
    """The mean margin of past customers; None of fewer than 2, or where they left none.

    Args:
        customers: with a margin.
        total: sum of their margins.
        squares: sum of the squares.
        basis: what a margin is here.
        from_on: first day.
    """
    if customers < 2 or total <= 0:
        return None
    mean = total / customers
    variance = max(squares - customers * mean**2, 0.0) / (customers - 1)
    variation = math.sqrt(variance) / mean
    found = worth_interval(Worth(mean, variation, customers))
    if found is None:
        return None
    return Input(
        mean, basis, found.lower, found.upper, n=customers, variation=variation, from_on=from_on
    )


def typed_share(name: str, given: float) -> Input:
    """A share that was typed in.

    Raises:
        SalesAuditError: it is none; a percentage is the usual slip.
    """
    if not 0 <= given <= 1:
        raise SalesAuditError(BAD_SHARE, WRITE_SHARE, name=name, got=f"{given:g}")
    return Input(float(given))


def typed_amount(name: str, given: float, *, above_zero: bool = False) -> Input:
    """An amount that was typed in.

    Raises:
        SalesAuditError: it is negative, endless or, where it must not be, zero.
    """
    if not math.isfinite(given) or given < 0 or (above_zero and given == 0):
        problem = BAD_POSITIVE if above_zero else BAD_AMOUNT
        raise SalesAuditError(problem, WRITE_NUMBER, name=name, got=f"{given:g}")
    return Input(float(given))


def typed_whole(name: str, given: float, *, least: int = 0, most: int = MOST_LEADS) -> Input:
    """A whole number that was typed in.

    Raises:
        SalesAuditError: it is not whole, or out of reach.
    """
    if not least <= given <= most or given != int(given):
        raise SalesAuditError(
            BAD_WHOLE, WRITE_NUMBER, name=name, least=least, most=most, got=f"{given:g}"
        )
    return Input(float(int(given)))
