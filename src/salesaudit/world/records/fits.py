"""What a company's records must fit: its channels and roles, and the definitions that there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from salesaudit.world.records.interviews import CUSTOMER, LANGUAGES
from salesaudit.world.records.reported import DEFINITIONS, RIGHT
from salesaudit.world.records.sentences import LOST, WON

if TYPE_CHECKING:
    from salesaudit.world.truth import Company

Where = tuple[str | int, ...]


def names(company: Company) -> Iterator[tuple[Where, str, list[str]]]:
    """Where a name stands, the name, and those that it may be; an empty one may stand anywhere."""
    records, channels = company.records, [channel.name for channel in company.channels]
    if records.emails:
        streams = records.emails.streams
        yield ("records", "emails", "bad"), records.emails.bad, [item.name for item in streams]
        roles = list(company.roles)
        for place, item in enumerate(streams):
            yield ("records", "emails", "streams", place, "enters"), item.enters, roles
    if records.referrals:
        yield ("records", "referrals", "channel"), records.referrals.channel, channels
    if records.interviews:
        for place, reason in enumerate(records.interviews.reasons):
            said = _sayable(won=reason.won + reason.won_rep > 0)
            yield ("records", "interviews", "reasons", place, "code"), reason.code, said
    for place, claim in enumerate(records.reported):
        where = ("records", "reported", place)
        yield (*where, "channel"), claim.channel, channels
        yield (*where, "metric"), claim.metric, list(RIGHT)
        yield (*where, "definition"), claim.definition, list(DEFINITIONS)


def lengths(company: Company) -> Iterator[tuple[Where, int]]:
    """Where values stand of which there must be one for each channel, and how many there are."""
    records = company.records
    if records.visits:
        yield ("records", "visits", "rates"), len(records.visits.rates)
    if records.campaigns:
        yield ("records", "campaigns", "kinds"), len(records.campaigns.kinds)


def needed(company: Company) -> Iterator[tuple[Where, bool]]:
    """Parameters without which a table would have no columns, and whether they are there."""
    records, channels = company.records, company.channels
    if records.visits:
        yield ("records", "visits", "rates"), any(records.visits.rates)
    if records.campaigns:
        yield ("records", "campaigns"), any(channel.code for channel in channels)
    if records.spend:
        yield ("records", "spend"), any(channel.cost_per_lead for channel in channels)
    if records.emails:
        yield ("records", "emails", "streams"), bool(records.emails.streams)
    if records.deal_factors:
        yield ("records", "deal_factors", "factors"), bool(records.deal_factors.factors)
    if records.interviews:
        yield ("records", "interviews", "reasons"), bool(records.interviews.reasons)
    if records.survey_answers:
        yield ("records", "survey_answers", "questions"), bool(records.survey_answers.questions)


def _sayable(*, won: bool) -> list[str]:
    """Codes that customers have sentences for, of won deals too where they must."""
    said = LANGUAGES["en"].reasons
    ended = (WON,) if won else (LOST,)
    return sorted({code for who, how, code in said if how in ended or who != CUSTOMER})
