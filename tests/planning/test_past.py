"""What a plan takes from the past: whose counts, what is said of them, and what to bring."""

from __future__ import annotations

from datetime import date

import pytest

from salesaudit.core.errors import SalesAuditError
from salesaudit.core.language import Language
from salesaudit.core.locale import Locale
from salesaudit.facts.campaign_rates import NOTHING, CampaignRates, Passed, Rates
from salesaudit.facts.customer_margin import CustomerMargin, MarginSums
from salesaudit.facts.free_capacity import FreeCapacity
from salesaudit.planning.asked import Asked, Planned, planned
from salesaudit.planning.inputs import Basis
from salesaudit.planning.past import Past

ALL = Rates(Passed(400, 1000, 1.0), Passed(100, 400, 2.0), 7)
ADS = Rates(Passed(300, 500, 1.0), Passed(80, 300, 2.0), 0)
FAIR = Rates(Passed(20, 50, 1.0), Passed(9, 20, 2.0), 0)
RATES = CampaignRates(
    "activities", ALL, {"ads": ADS, "fair": FAIR}, 1000, 107,
    date(2024, 1, 1), date(2024, 10, 1), 40, rising=False,
)  # fmt: skip
MARGIN = CustomerMargin(
    "margins",
    MarginSums(100, 40_000, 20e6, 107),
    {"ads": MarginSums(80, 40_000, 22e6, 85), "fair": MarginSums(9, 900, 1e5, 9)},
)
ROOM = FreeCapacity(None, 30.4, 3, 60, 20, 79, 0.6, 13)
PAST = Past(RATES, MARGIN, ROOM)
ASKED = Asked(leads=150, cost=3000)


def notes(found: Planned, language: Language = Language.EN) -> list[str]:
    return [Locale(language, "THB").message(note) for note in found.notes]


def test_what_is_not_typed_comes_from_the_past_with_its_doubt() -> None:
    campaign = planned(ASKED, PAST).plan.campaign
    assert (campaign.reach.x, campaign.reach.n, campaign.reach.basis) == (
        400, 1000, Basis.ACTIVITIES,
    )  # fmt: skip
    assert (campaign.close.x, campaign.close.n, campaign.close.phi) == (100, 400, 2.0)
    assert (campaign.margin.value, campaign.margin.n) == (400, 100)
    assert campaign.capacity is not None
    assert campaign.capacity.value == 121  # 30.4 in each of 4 weeks


def test_what_is_typed_wins_and_is_exact() -> None:
    asked = ASKED._replace(reach=0.5, close=0.25, margin=400, capacity=150)
    found = planned(asked, PAST)
    assert found.plan == planned(asked).plan
    assert found.plan.hinges == ()
    assert notes(found) == [
        "Taken as exact, as typed: --leads, --reach, --close, --margin, --cost."
    ]


def test_a_channel_with_customers_enough_speaks_for_itself() -> None:
    found = planned(ASKED._replace(channel="ads"), PAST)
    assert found.plan.campaign.reach.n == 500
    assert found.plan.campaign.margin.value == 500
    assert "Rates are those of ads." in notes(found)


def test_for_a_channel_with_few_customers_all_channels_speak() -> None:
    found = planned(ASKED._replace(channel="fair"), PAST)
    assert found.plan.campaign.reach.n == 1000
    assert found.plan.campaign.margin.value == 400
    assert any(n.startswith("fair has 9 such customers on record") for n in notes(found))


def test_for_a_new_channel_all_channels_speak_and_the_known_ones_are_named() -> None:
    found = planned(ASKED._replace(channel="podcast"), PAST)
    assert found.plan.campaign.reach.n == 1000
    assert any(n.endswith("Channels on record: ads, fair.") for n in notes(found))


def test_says_what_reached_means_which_leads_count_and_who_is_in_no_rate() -> None:
    said = "\n".join(notes(planned(ASKED, PAST)))
    assert "has the outcome “reached”" in said
    reached = "400 of 1,000 leads were reached: 40.0 %, likely between 37.0 % and 43.1 %."
    assert reached in said.replace("\u202f", " ")
    assert "came from 1 Jan 2024 to 31 Oct 2024" in said
    assert "7 customers were never recorded as reached" in said
    staged = PAST._replace(rates=RATES._replace(basis="stage", rising=True))
    said = "\n".join(notes(planned(ASKED, staged)))
    assert "came to the stage at which it is pitched" in said
    assert "may still buy" in said


def test_leads_above_free_capacity_are_said_first() -> None:
    found = planned(ASKED, PAST)
    assert found.plan.over == 29
    assert notes(found)[0].startswith("29 leads are more than the team can take on")
    assert notes(found)[-1].startswith("The team has room for about 121 more leads in 4 weeks: 40")


@pytest.mark.parametrize("missing", ["reps", "activities", "minutes", "leads"])
def test_capacity_that_is_not_known_is_taken_as_enough(missing: str) -> None:
    found = planned(ASKED, PAST._replace(capacity=FreeCapacity(missing)))
    assert found.plan.campaign.capacity is None
    assert notes(found)[-1].startswith("Capacity is not known, taken as enough.")


@pytest.mark.parametrize("language", Language)
def test_every_note_can_be_said_in_both_languages(language: Language) -> None:
    for channel in (None, "ads", "fair", "podcast"):
        assert all(notes(planned(ASKED._replace(channel=channel), PAST), language))


def test_without_a_past_all_three_must_be_typed() -> None:
    with pytest.raises(SalesAuditError, match="Not given: --reach, --margin"):
        planned(ASKED._replace(close=0.2))


def test_where_nobody_is_recorded_as_reached_the_one_step_is_offered() -> None:
    unknown = RATES._replace(basis=None, total=None, channels={})
    with pytest.raises(SalesAuditError, match=r"107 of 1000.*--reach 1 --close 0\.107"):
        planned(ASKED, PAST._replace(rates=unknown))


def test_where_nobody_bought_yet_the_past_says_nothing() -> None:
    with pytest.raises(SalesAuditError, match="No lead of the past is old enough"):
        planned(ASKED, PAST._replace(rates=NOTHING))


def test_where_no_margin_is_on_record_it_is_asked_for() -> None:
    without = PAST._replace(margin=CustomerMargin(None, None, {}))
    with pytest.raises(SalesAuditError, match="does not say what a customer leaves"):
        planned(ASKED, without)
    assert planned(ASKED._replace(margin=400), without).plan.campaign.margin.exact


def test_the_floor_is_that_of_the_settings_unless_one_is_asked_for() -> None:
    assert planned(ASKED, PAST, 3.0).plan.campaign.floor == 3
    assert planned(ASKED._replace(floor=1.5), PAST, 3.0).plan.campaign.floor == 1.5
