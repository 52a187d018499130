"""What a plan takes from the company's past, whose it is, and what must be said of it."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from salesaudit.core.errors import SalesAuditError
from salesaudit.core.texts import Message, Quantity, Unit, message
from salesaudit.facts.base import Inputs
from salesaudit.facts.campaign_rates import CampaignRates, Passed, Rates, campaign_rates
from salesaudit.facts.customer_margin import CustomerMargin, MarginSums, customer_margin
from salesaudit.facts.free_capacity import FreeCapacity, free_capacity
from salesaudit.facts.recording import next_month
from salesaudit.planning import words as w
from salesaudit.planning.inputs import Basis, Input, counted_rate, seen_margin

CONVERSIONS = 10  # of a channel, under which all channels speak for it
FACTS = (campaign_rates, customer_margin, free_capacity)


class Past(NamedTuple):
    """What is on record."""

    rates: CampaignRates
    margin: CustomerMargin
    capacity: FreeCapacity

    @classmethod
    def of(cls, inputs: Inputs) -> Past:
        """Of the facts."""
        return cls(
            inputs.fact(campaign_rates), inputs.fact(customer_margin), inputs.fact(free_capacity)
        )

    def channel_rates(self, channel: str | None) -> Rates | None:
        """The channel's own rates where it has customers enough, else those of all."""
        own = self.rates.channels.get(channel) if channel is not None else None
        return own if own is not None and own.close.x >= CONVERSIONS else self.rates.total

    def reach(self, channel: str | None = None) -> Input | None:
        """The share of leads that were reached."""
        found = self.channel_rates(channel)
        return None if found is None else self._rate(found.reach)

    def close(self, channel: str | None = None) -> Input | None:
        """Of those reached, the share that became customers."""
        found = self.channel_rates(channel)
        return None if found is None else self._rate(found.close)

    def worth(self, channel: str | None = None) -> Input | None:
        """The margin that a customer leaves."""
        own = self.margin.channels.get(channel) if channel is not None else None
        found: MarginSums | None = own
        if own is None or own.customers < CONVERSIONS:
            found = self.margin.total
        if found is None or self.margin.basis is None:
            return None
        return seen_margin(found.customers, found.total, found.squares, Basis(self.margin.basis))

    def room(self, weeks: int) -> Input | None:
        """How many leads the team can take on in so many weeks."""
        if self.capacity.missing is not None:
            return None
        return Input(float(int(self.capacity.leads_per_week * weeks)), Basis.HOURS)

    def _rate(self, of: Passed) -> Input | None:
        basis = Basis(self.rates.basis or Basis.STAGE)
        return counted_rate(of.x, of.n, of.phi, basis, from_on=self.rates.from_on, rho=of.rho)


def refuse_missing(past: Past | None, missing: list[str]) -> None:
    """Say what to bring.

    Args:
        past: of the company, if a folder was named.
        missing: of reach, close and margin, those that nothing says.

    Raises:
        SalesAuditError: there is something missing.
    """
    if not missing:
        return
    rates = [name for name in missing if name != "margin"]
    names = ", ".join(f"--{name}" for name in (missing if past is None else rates))
    if past is None:
        raise SalesAuditError(w.MISSING, w.TYPE_OR_BRING, names=names)
    if not rates:
        raise SalesAuditError(w.NO_MARGIN, w.BRING_MARGIN)
    known = past.rates
    if not known.customers:
        raise SalesAuditError(w.NO_CUSTOMERS, w.BRING_CUSTOMERS, names=names)
    rate = f"{known.customers / known.leads:.3f}"
    raise SalesAuditError(
        w.NO_RATES, w.BRING_REACHED, names=names, x=known.customers, n=known.leads, rate=rate
    )


def said_of_rates(
    past: Past, channel: str | None, reach: Input | None, close: Input | None
) -> list[Message]:
    """What the rates rest on; None for one that was typed."""
    found = past.channel_rates(channel)
    if found is None or (reach is None and close is None):
        return []
    rates = past.rates
    stage = rates.basis == Basis.STAGE
    said = [message(w.REACHED_BY_STAGE if stage else w.REACHED_BY_ACTIVITY)]
    if channel is not None:
        said.append(_whose(past, channel))
    for text, given in ((w.REACHED_OF, reach), (w.CLOSED_OF, close)):
        if given is not None and given.x is not None and given.n is not None:
            said.append(message(text, x=given.x, n=given.n, **_figure(given, Unit.RATE)))
    if rates.from_on and rates.until and rates.days is not None:
        last = next_month(rates.until) - timedelta(days=1)
        days = Quantity(rates.days, Unit.DAYS)
        said.append(message(w.OLD_ENOUGH, first=rates.from_on, last=last, days=days))
    if rates.rising:
        said.append(message(w.STILL_RISING))
    if found.unreached:
        said.append(message(w.NEVER_REACHED, n=found.unreached))
    return said


def said_of_margin(margin: Input) -> Message:
    """What the margin of the past is."""
    text = w.MARGIN_RECORDED if margin.basis is Basis.MARGINS else w.MARGIN_OF_AMOUNT
    figure = _figure(margin, Unit.MONEY)
    return message(text, n=margin.n or 0, money=figure.pop("rate"), **figure)


def said_of_room(past: Past | None, room: Input | None, weeks: int) -> Message:
    """What is known of the team's capacity."""
    if past is None or room is None:
        missing = past.capacity.missing if past else None
        return message(w.ROOM_UNKNOWN, bring=w.BRING[missing])
    known = past.capacity
    return message(
        w.ROOM,
        n=int(room.value),
        weeks=weeks,
        free=Quantity(max(known.hours - known.busy, 0), Unit.COUNT),
        hours=Quantity(known.hours, Unit.COUNT),
        minutes=Quantity(known.minutes_per_lead, Unit.COUNT),
        share=Quantity(known.share, Unit.RATE),
    )


def _whose(past: Past, channel: str) -> Message:
    own = past.rates.channels.get(channel)
    if own is None:
        known = ", ".join(past.rates.channels)
        return message(w.CHANNEL_NEW, channel=channel, known=known or "–")
    if own.close.x < CONVERSIONS:
        return message(w.CHANNEL_FEW, channel=channel, n=own.close.x, least=CONVERSIONS)
    return message(w.CHANNEL_OWN, channel=channel)


def _figure(given: Input, unit: Unit) -> dict[str, Quantity]:
    """The value and the ends of its range, all in the digits that the range has earned."""
    low, high = given.lower or 0.0, given.upper or 0.0
    numbers = {"rate": given.value, "low": low, "high": high}
    return {name: Quantity(number, unit, low, high) for name, number in numbers.items()}
