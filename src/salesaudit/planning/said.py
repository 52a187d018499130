"""A campaign plan's numbers as people read them, the same in the terminal and in the report."""

from __future__ import annotations

import math
from typing import NamedTuple

from salesaudit.core.language import Language
from salesaudit.core.locale import NONE, TO_ONE, Figure, Locale
from salesaudit.core.texts import Message, Param, Quantity, Text, Unit
from salesaudit.planning import words as w
from salesaudit.planning.campaign import CampaignPlan, Hinge
from salesaudit.planning.inputs import Input
from salesaudit.statistics.campaign import whole_below


class Said(NamedTuple):
    """A plan and its reader's language."""

    plan: CampaignPlan
    locale: Locale

    def say(self, text: Text, **params: Param) -> str:
        """One of the plan's texts."""
        return self.locale.message(Message(text, params))

    def verdict(self) -> str:
        """Whether to do it, in a sentence; decided on raw values."""
        text = w.VERDICT_YES if self.plan.reaches else w.VERDICT_NO
        return self.say(
            text,
            x=self.plan.futures_reached,
            customers=self.customers(self.plan.whole),
            r=self.returned().value,
        )

    def floor(self) -> str:
        """What the floor takes."""
        floor = self.to_one(self.plan.campaign.floor)
        if self.plan.floor_at is None:
            return self.say(w.NO_FLOOR, floor=floor)
        return self.say(w.FLOOR, floor=floor, customers=self.customers(self.plan.floor_at))

    def futures(self) -> str:
        """So many in 20 futures."""
        return self.say(w.OF_FUTURES, x=self.plan.futures_reached)

    def customers(self, number: int | None) -> str:
        """Whole customers, or that no number of them will do."""
        if number is None:
            return self.say(w.NEVER)
        return self.say(w.ONE_CUSTOMER if number == 1 else w.CUSTOMERS, n=number)

    def expected(self) -> str:
        """Customers expected, a bare number."""
        return self.locale.number(self.plan.expected)

    def whole_range(self, plan: CampaignPlan) -> str:
        """Customers in 8 of 10 futures."""
        middle = plan.customers
        return self.locale.between(middle.lower80, middle.upper80, Unit.COUNT)

    def returned(self) -> Figure:
        """The return and its range in 8 of 10 futures, in the digits that the range has earned."""
        ends = self.plan.returns
        return self.locale.figure(self.plan.returned, ends.lower80, ends.upper80, Unit.RATIO)

    def ratio(self, value: float) -> str:
        """A return, bare."""
        return self.locale.figure(value, None, None, Unit.RATIO).value

    def returned_to_one(self) -> str:
        """The return to one spent."""
        return self.say(TO_ONE, n=self.returned().value)

    def to_one(self, value: float) -> str:
        """A return to one spent."""
        return self.locale.to_one(value)

    def price(self, value: float) -> str:
        """A price to stay under: cut, never rounded up; two digits where the margin is a mean."""
        if value < 1 or not math.isfinite(value):
            return self.locale.money(0)
        digits = 1 if self.plan.campaign.margin.exact else 10 ** max(int(math.log10(value)) - 1, 0)
        return self.locale.money(whole_below(value / digits) * digits)

    def average(self) -> str:
        """What the price that meets the floor on the average is worth."""
        return self.say(
            w.MOST_EXPECTED,
            money=self.price(self.plan.most_expected),
            floor=self.to_one(self.plan.campaign.floor),
            x=round(20 * self.plan.chance_expected),
        )

    def listed(self, *parts: str) -> str:
        """Clauses in a row; Thai sets a space between them."""
        return (" " if self.locale.language is Language.TH else ", ").join(parts)

    def rate(self, given: Input) -> str:
        """A share, in the digits that it has earned."""
        return self.locale.figure(given.value, given.lower, given.upper, Unit.RATE, given.n).value

    def input_range(self, hinge: Hinge) -> str:
        """The range that an input was moved through."""
        unit = Unit.MONEY if hinge.name == "margin" else Unit.RATE
        ends = [
            self.locale.quantity(Quantity(end, unit, hinge.lower, hinge.upper))
            for end in (hinge.lower, hinge.upper)
        ]
        return f"{ends[0]} {NONE} {ends[1]}"
