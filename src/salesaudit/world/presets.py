"""Companies for trying the audit out: each is the plain one but for what makes it itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from salesaudit.world.truth import (
    Burst,
    Channel,
    Company,
    Content,
    Leak,
    Losses,
    Product,
    Rep,
    Shocks,
    Size,
    Step,
)  # fmt: skip

_STEPS = (
    Step("MQL", "mql", spread=0.9),
    Step("Pitched", "pitched", spread=0.8, skill=1.0),
    Step("SQL", "sql", spread=0.7, skill=1.0),
    Step("Customer", "customer", spread=0.85, skill=1.0, size=1.0),
)

_CHANNELS = (
    Channel(
        "Social ads", "SOC", 0.24, 0.004, (0.36, 0.52, 0.46, 0.24), (3.0, 6.0, 8.0, 25.0),
        cost_per_lead=12, cost_per_click=0.4,
    ),
    Channel(
        "Search ads", "SEA", 0.20, 0.008, (0.45, 0.58, 0.50, 0.28), (2.0, 4.0, 7.0, 21.0),
        cost_per_lead=21, cost_per_click=0.9,
    ),
    Channel(
        "Website", "", 0.18, 0.010, (0.48, 0.60, 0.52, 0.30), (2.5, 4.0, 7.0, 20.0),
        cost_per_lead=5,
    ),
    Channel(
        "LINE", "LINE", 0.12, 0.015, (0.46, 0.62, 0.50, 0.29), (1.5, 3.0, 6.0, 18.0),
        cost_per_lead=9,
    ),
    Channel(
        "Trade fairs", "EXPO", 0.09, 0.000, (0.42, 0.55, 0.48, 0.27), (6.0, 9.0, 12.0, 36.0),
        cost_per_lead=48,
    ),
    Channel("Referral", "", 0.06, 0.008, (0.58, 0.68, 0.58, 0.36), (1.5, 2.5, 5.0, 14.0)),
    Channel(
        "E-mail", "MAIL", 0.06, 0.000, (0.44, 0.56, 0.48, 0.27), (3.0, 5.0, 8.0, 24.0),
        cost_per_lead=2,
    ),
    Channel(
        "พันธมิตร", "PART", 0.05, 0.012, (0.54, 0.64, 0.55, 0.33), (4.0, 6.0, 10.0, 30.0),
        cost_per_lead=29,
    ),
)  # fmt: skip

_SIZES = (
    Size("1-10", 0.40, "Small firms", amount=0.6, log_odds=0.10),
    Size("11-50", 0.33, "Small firms", amount=1.0, log_odds=0.05),
    Size("51-200", 0.17, "Key accounts", amount=2.0, log_odds=-0.10),
    Size("201 and more", 0.10, "Key accounts", amount=4.5, log_odds=-0.30),
)

_PRODUCTS = (
    Product("Basic", 0.40, 1_500, 0.55),
    Product("Team", 0.28, 3_200, 0.50),
    Product("Point of sale", 0.18, 2_100, 0.60),
    Product("Payroll", 0.10, 2_800, 0.55),
    Product("Suite", 0.04, 9_500, 0.70),
)

_PEOPLE = (
    ("Anong Saelim", "Small firms"), ("Ben Carter", "Small firms"), ("ชลธิชา มีสุข", "Small firms"),
    ("Daniel Weber", "Small firms"), ("Eva Lindqvist", "Small firms"),
    ("ฟ้าใส จันทร์ดี", "Small firms"), ("George Okafor", "Small firms"),
    ("Helena Novak", "Key accounts"), ("อิทธิพล แก้วกาญจน์", "Key accounts"),
    ("Julia Santos", "Key accounts"), ("Kenji Mori", "Key accounts"),
    ("ลลิตา ภู่ทอง", "Key accounts"),
)  # fmt: skip
# Expected order statistics of twelve standard normal draws: a team of ordinary differences.
_SCORES = (1.63, 1.12, 0.79, 0.54, 0.31, 0.10, -0.10, -0.31, -0.54, -0.79, -1.12, -1.63)
SKILL = 0.35  # sd of the log-odds by which reps differ at a step


def _reps(sd: float) -> tuple[Rep, ...]:
    """The sales team; who is good at one step need not be so at the next."""
    return tuple(
        Rep(
            f"R{number + 1:03d}", name, team, "Sales", date(2021, 1 + number, 1),
            skill=tuple(
                round(sd * _SCORES[(5 * number + 3 * step) % 12], 3) for step in range(len(_STEPS))
            ),
            share=1.0, yearly_cost=42_000,
        )
        for number, (name, team) in enumerate(_PEOPLE)
    )  # fmt: skip


PLAIN = Company(
    id="clean",
    name="Clearwater Software",
    currency="EUR",
    timezone="Asia/Bangkok",
    first_day=date(2023, 1, 1),
    last_day=date(2025, 12, 31),
    gross_margin=0.7,
    season=(1.0, 1.1, 1.17, 1.2, 1.17, 1.1, 1.0, 0.9, 0.83, 0.8, 0.83, 0.9),
    weekend=0.4,
    demand_shape=20.0,
    holidays=(),
    first_stage="Lead",
    steps=_STEPS,
    channels=_CHANNELS,
    sizes=_SIZES,
    products=_PRODUCTS,
    reps=_reps(SKILL),
    countries={"Thailand": 0.62, "Germany": 0.20, "Sweden": 0.10, "Portugal": 0.08},
    industries={
        "Retail": 0.26, "Restaurants": 0.20, "Manufacturing": 0.18, "Logistics": 0.14,
        "Hotels": 0.12, "โรงเรียน": 0.10,
    },
    losses=Losses(
        days=24.0,
        spread=0.9,
        dated=1.0,
        closed=1.0,
        lead_reasons=("not reached", "no fit", "no budget", "not ready"),
        deal_reasons=("price", "competitor", "no budget", "postponed", "missing function"),
    ),
    automated="SYSTEM",
    automated_share=0.7,
    deal_if_won=1.0,
    deal_if_not=1.0,
    recorded_late=("pitched", date(2023, 1, 1)),
    fewest=100,
)  # fmt: skip

_USUAL_DIRT = {
    "skipped_stamps": 0.02, "negative_lags": 0.003, "missing_channels": 0.015,
    "same_contact": 0.003, "repeated_rows": 0.002, "test_rows": 0.0006, "broken_rows": 1.0,
}  # fmt: skip
_SHAKEN = Shocks(demand=0.15, channel_demand=0.1, rate=0.15, channel_rate=0.1, lasting=0.8)


def _heated(loading: float) -> tuple[Step, ...]:
    return tuple(replace(step, heat=loading) for step in _STEPS)


def _slower(times: float) -> tuple[Channel, ...]:
    return tuple(
        replace(channel, days=tuple(times * days for days in channel.days)) for channel in _CHANNELS
    )


def _one_team(people: int) -> Company:
    """The plain company with the first few of its people, who work all leads."""
    team = _PEOPLE[0][1]
    return replace(
        PLAIN,
        sizes=tuple(replace(size, team=team) for size in _SIZES),
        reps=PLAIN.reps[:people],
    )


_ALIKE = replace(
    PLAIN,
    season=(1.0,) * 12,
    weekend=1.0,
    steps=tuple(replace(step, skill=0.0, size=0.0) for step in _STEPS),
    channels=tuple(
        replace(
            channel, growth=0.0, rates=(0.45, 0.58, 0.50, 0.30), days=(3.0, 5.0, 7.0, 22.0),
            cost_per_lead=10.0, cost_per_click=0.0,
        )
        for channel in _CHANNELS
    ),
    sizes=tuple(replace(size, amount=1.0, log_odds=0.0) for size in _SIZES),
    products=tuple(replace(item, median_amount=2_400, spread=0.55) for item in _PRODUCTS),
    reps=_reps(0.0),
)  # fmt: skip

# Thirty assets, ten at each stage of the sales team's work; what two of the ten truly do.
_EFFECTS = {"mql": (1.5, 0.8), "pitched": (1.3, 1.5), "sql": (1.3, 0.8)}
_KINDS = ("case study", "price list", "webinar", "video", "checklist")


def _contents(heat: float) -> tuple[Content, ...]:
    """Assets that hot leads meet more often, by ``heat`` per sd; some reps send them more."""
    return tuple(
        Content(
            f"C{10 * place + number + 1:03d}",
            f"{_KINDS[number % 5].capitalize()} {10 * place + number + 1}",
            _KINDS[number % 5], role, effect=(*effects, *(1.0,) * 8)[number],
            per_day=(0.02, 0.02, 0.03, 0.02, 0.015, 0.01, 0.01, 0.01, 0.006, 0.004)[number],
            heat=heat, by_rep=0.4, published_on=date(2022, 1 + number, 1),
            updated_on=date(2023 + number % 3, 1 + number, 15),
        )
        for place, (role, effects) in enumerate(_EFFECTS.items())
        for number in range(10)
    )  # fmt: skip


PRESETS = (
    PLAIN,  # nothing is wrong with its data, and nothing leaks
    replace(_ALIKE, id="null", name="Evenfield Supplies"),  # nothing differs from anything
    replace(
        PLAIN,
        id="typical",
        name="Harbour & Hill",
        shocks=_SHAKEN,
        steps=_heated(0.25),
        leaks=(Leak("sql", 0.6, channel="Social ads", since=date(2025, 1, 1)),),
        bursts=(Burst("Website", date(2025, 3, 10), days=14, times=2.0, rate=0.02),),
        contents=_contents(0.25),
        defects=_USUAL_DIRT,
    ),
    replace(
        PLAIN,
        id="leaking",
        name="Sieve Industries",
        leaks=(
            Leak("sql", 0.6, channel="Social ads", since=date(2025, 1, 1)),
            Leak("customer", 0.6, team="Key accounts", since=date(2025, 1, 1)),
            Leak("mql", 0.5, channel="Search ads", since=date(2025, 7, 1)),
        ),
    ),
    replace(
        PLAIN,
        id="dirty",
        name="บริษัท ทรายทอง เทรดดิ้ง จำกัด",
        currency="THB",
        recorded_late=("pitched", date(2023, 6, 1)),
        defects={
            **_USUAL_DIRT,
            "recording_begins_late": 1.0, "skipped_stamps": 0.15, "negative_lags": 0.02,
            "unknown_stage": 0.02, "future_stamps": 1.0, "missing_channels": 0.08,
            "reversed_stages": 0.01, "backfilled_stages": 0.15, "recording_ends_early": 60,
            "impossible_amounts": 0.02, "amounts_by_factor": 0.005, "zombies": 0.05,
            "default_close_dates": 0.2, "wins_without_day": 0.02, "gaps_of_a_team": 0.4,
            "filled_afterwards": 0.6, "orphans": 0.03, "same_contact": 0.03,
            "repeated_rows": 0.01, "duplicate_leads": 0.02, "broken_rows": 4.0,
        },
    ),
    replace(
        PLAIN,
        id="moved_bar",  # more leads are called qualified from a day on, and no more of them buy
        name="Goodhart & Daughters",
        leaks=(
            Leak("mql", 1.4, since=date(2025, 1, 1)),
            Leak("pitched", 1 / 1.4, since=date(2025, 1, 1)),
        ),
    ),
    replace(PLAIN, id="small", name="Little & Co", leads=300),
    replace(_one_team(3), id="tiny", name="ร้านกาแฟต้นน้ำ", currency="THB", leads=150, fewest=60),
    replace(
        PLAIN,
        id="young",
        name="Seedling",
        first_day=date(2025, 6, 1),
        recorded_late=("pitched", date(2025, 6, 1)),
        leads=3_000,
    ),
    replace(
        PLAIN,
        id="b2b_slow",
        name="Granit Maschinenbau GmbH",
        timezone="Europe/Berlin",
        channels=_slower(2.87),
        losses=replace(PLAIN.losses, days=60.0),
    ),
    replace(
        PLAIN,
        id="undated_losses",
        name="Lost & Found Ltd",
        losses=replace(PLAIN.losses, dated=0.7, undated_deals=0.3),
    ),
    replace(
        PLAIN,
        id="confounded",
        name="Hidden Springs",
        steps=_heated(0.5),
        contents=_contents(0.5),
    ),
)  # fmt: skip
