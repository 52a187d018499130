"""Q6: how long a lead takes to become a customer, and whether channels differ."""

from __future__ import annotations

from collections import Counter

import numpy as np

from salesaudit.audits.answering import answered, uses_of_step
from salesaudit.audits.base import Answer, Component, Look, Meta, Need, Outcome, Owner, Row
from salesaudit.core.settings import Role, Settings
from salesaudit.core.texts import Message, Quantity, Text, Unit, message
from salesaudit.core.vocabulary import MEANS_UNKNOWN
from salesaudit.facts.base import Inputs
from salesaudit.facts.channel_contrasts import Contrast, channel_contrasts
from salesaudit.facts.channel_times import (
    CONVERTERS,
    STEP,
    ChannelTimes,
    channel_times,
    converters,
)
from salesaudit.facts.recording import recording
from salesaudit.facts.step_curves import StepCurve, step_curves
from salesaudit.facts.trust import CHANNEL, count_of, trust
from salesaudit.measures.step_lags import StepLag, step_lags
from salesaudit.measures.step_totals import step_totals
from salesaudit.measures.steps import LAST_LAG
from salesaudit.statistics.base import Counts, Estimate, Floats, Range, Status
from salesaudit.statistics.conversion import day_reached
from salesaudit.statistics.duration import mean_horizon, plain_quantile, quantile, restricted_mean

FOR_QUANTILES = 50  # converters; with fewer only the median is to be trusted
SHARES = (5, 10)  # percent of all leads: by when had so many bought
CHANNELS = 6  # with most leads, whose curves are shown beside that of all
POINTS = 48  # of the curve that is shown

META = Meta(
    id="time-to-customer",
    component=Component.PROCESS,
    owner=Owner.BOTH,
    answers="Q6",
    question=Text(
        "Q6.question",
        en="How long does it take for a lead to become a customer, and do channels differ?",
        th="ใช้เวลานานเท่าใดกว่าลีดจะกลายเป็นลูกค้า และแต่ละช่องทางต่างกันหรือไม่",
    ),
    why=Text(
        "time-to-customer.why",
        en="It says when this month's leads will have become what they can become.",
        th="บอกได้ว่าลีดของเดือนนี้จะเห็นผลครบเมื่อใด",
    ),
    counts=Text(
        "time-to-customer.counts",
        en="Days from first contact to the win, of those who buy. Recent leads that buy "
        "slowly are not seen yet; counting time backwards from the end of the data "
        "allows for them.",
        th="นับวันจากการติดต่อครั้งแรกถึงวันที่ปิดการขายของผู้ที่ซื้อ "
        "ลีดใหม่ที่ซื้อช้ายังไม่ปรากฏ "
        "วิธีคำนวณแบบย้อนเวลาจากวันสุดท้ายของข้อมูลได้เผื่อส่วนนี้แล้ว",
    ),
    source="Lagakos, Barraj and De Gruttola (1988); Kalbfleisch and Lawless (1989); Mantel (1966)",
    inputs=(
        step_curves,
        step_lags,
        step_totals,
        channel_contrasts,
        channel_times,
        recording,
        trust,
    ),
)
MEDIAN = Text(
    "time-to-customer.median",
    en="Half of those who buy have bought {days} after their first contact.",
    th="ครึ่งหนึ่งของผู้ที่ซื้อ ซื้อภายใน {days} หลังการติดต่อครั้งแรก",
)
MEDIAN_DIFFER = Text(
    "time-to-customer.median_differ",
    en="Half of those who buy have bought {days} after their first contact; channels differ in "
    "speed.",
    th="ครึ่งหนึ่งของผู้ที่ซื้อ ซื้อภายใน {days} หลังการติดต่อครั้งแรก โดยแต่ละช่องทางใช้เวลาต่างกัน",
)
TOO_FEW = Text(
    "time-to-customer.too_few",
    en="{n} dated customers are too few to say how long it takes.",
    th="มีลูกค้าที่ทราบวันที่ {n} ราย ยังน้อยเกินกว่าจะบอกระยะเวลาได้",
)
NEED_DAYS = Text(
    "time-to-customer.need_days",
    en="the day of first contact and the day of the win, of at least 10 customers",
    th="วันที่ติดต่อครั้งแรกและวันที่ปิดการขายของลูกค้าอย่างน้อย 10 ราย",
)
NEED_CHANNELS = Text(
    "time-to-customer.need_channels",
    en="the channel of each lead, with at least 10 customers in each of two channels",
    th="ช่องทางของลีดแต่ละราย โดยมีอย่างน้อยสองช่องทางที่มีลูกค้าช่องทางละ 10 รายขึ้นไป",
)
CHANNEL_ABOVE = Text(
    "time-to-customer.channel_above",
    en="{channel}: {observed} customers, where {expected} would be expected.",
    th="{channel}: ลูกค้า {observed} ราย จากที่ควรเป็นประมาณ {expected} ราย",
)
CHANNEL_BELOW = Text(
    "time-to-customer.channel_below",
    en="{channel}: only {observed} customers, where {expected} would be expected.",
    th="{channel}: ลูกค้าเพียง {observed} ราย จากที่ควรเป็นประมาณ {expected} ราย",
)
AS_OFTEN = Text(
    "time-to-customer.as_often",
    en="Leads from {channel} become customers {ratio} times as often as those from other channels, "
    "allowing for how long each lead has been known.",
    th="อัตราที่ลีดจาก {channel} กลายเป็นลูกค้าเป็น {ratio} เท่าของช่องทางอื่น เมื่อคำนึงถึงอายุของลีดแต่ละรายแล้ว",
)
BY_CUSTOMERS = Text(
    "time-to-customer.by_customers",
    en="Judge {channel} by what a customer costs there, not by what a lead costs.",
    th="ประเมิน {channel} จากต้นทุนต่อลูกค้า ไม่ใช่ต้นทุนต่อลีด",
)
MORE_OF_IT = Text(
    "time-to-customer.more_of_it",
    en="See what a customer costs in {channel}, and whether there is more of it to be had.",
    th="ดูต้นทุนต่อลูกค้าของ {channel} และพิจารณาว่าขยายช่องทางนี้ได้อีกหรือไม่",
)
SELECTION = Text(
    "time-to-customer.selection",
    en="Channels bring different people; this says how they differ, not what would change.",
    th="แต่ละช่องทางนำคนต่างกลุ่มเข้ามา ตัวเลขนี้บอกความต่าง ไม่ได้บอกว่าหากปรับแล้วจะเปลี่ยนเท่าใด",
)
TEXTS = (
    MEDIAN, MEDIAN_DIFFER, TOO_FEW, NEED_DAYS, NEED_CHANNELS, CHANNEL_ABOVE, CHANNEL_BELOW,
    AS_OFTEN, BY_CUSTOMERS, MORE_OF_IT, SELECTION,
)  # fmt: skip


def audit(inputs: Inputs, settings: Settings) -> Outcome:
    """Days of those who buy, in all and by channel; and which channels' leads buy more or less."""
    looks = tuple(
        _look(contrast)
        for contrast in inputs.fact(channel_contrasts)
        if _is_named(contrast.channel)
    )
    return Outcome(answer=_answer(inputs, settings), looks=looks)


def _answer(inputs: Inputs, settings: Settings) -> Answer:
    curve = inputs.fact(step_curves).get(STEP)
    lags = [row for row in inputs[step_lags] if row.step == STEP]
    entered = sum(row.entered for row in inputs[step_totals] if row.step == STEP)
    estimates = {**_observed(lags, entered), **(_days(curve) if curve else {})}
    differ = _channels_differ(inputs.fact(channel_times), curve)
    needs = []
    if "median_days_to_customer" not in estimates:
        column = "closed_at" if settings.position(Role.CUSTOMER) else "status"
        needs.append(Need("deals", column, message(NEED_DAYS), amount=CONVERTERS))
    if not differ:
        needs.append(Need("leads", "channel", message(NEED_CHANNELS), amount=2 * CONVERTERS))
    return answered(
        "Q6",
        {**estimates, **differ},
        ("median_days_to_customer", "mean_days_to_customer", "channels_differ_p"),
        _said(estimates, differ, lags),
        trust=inputs.fact(trust),
        tables={
            "by_channel": _by_channel(inputs, lags),
            "curve": _curve_rows(curve) if curve else [],
            "channel_curves": _channel_curves(curve) if curve else [],
        },
        needs=needs,
    )


def _days(curve: StepCurve) -> dict[str, Estimate]:
    """Median, mean and the later quantiles, in reverse time."""
    group = curve.total
    durations = group.durations()
    n = round(float(durations.converted.sum()))
    if durations.tau < 0 or n < CONVERTERS:
        return {}
    converted, ages = group.histograms.converted, group.histograms.converted_ages
    horizon = durations.tau
    followed = mean_horizon(durations, ages)
    mean = restricted_mean(converted, ages, followed)
    found = {
        "median_days_to_customer": _estimate(quantile(durations, 0.5), n, curve, horizon),
        "mean_days_to_customer": _estimate(
            mean, n, curve, followed, "restricted mean, reverse time"
        ),
    }
    if n >= FOR_QUANTILES:
        late = quantile(durations, 0.9)
        found["p90_days_to_customer"] = _estimate(late, n, curve, horizon)
    return {**found, **_bought(curve)}


def _bought(curve: StepCurve) -> dict[str, Estimate]:
    """The day by which a share of *all* leads had bought; absent where that is not reached."""
    group, found = curve.total, {}
    days = range(group.curve.tau + 1)
    ends = [group.interval(day) for day in days]
    for percent in SHARES:
        share = percent / 100
        day = day_reached(group.curve, share)
        late = next((d for d in days if ends[d][0] >= share), None)
        if day is not None and late is not None:
            early = next(d for d in days if ends[d][1] >= share)
            found[f"days_until_{percent}_percent_bought"] = Estimate(
                float(day), float(early), float(late), group.entered, Unit.DAYS, "product-limit",
                Status.MATURED, from_on=curve.from_on, horizon=group.curve.tau,
                uses=uses_of_step(STEP),
            )  # fmt: skip
    return found


def _estimate(
    days: Range, n: int, curve: StepCurve, horizon: int, method: str = "product-limit, reverse time"
) -> Estimate:
    return Estimate(
        days.value, days.lower, days.upper, n, Unit.DAYS, method, Status.MATURED,
        from_on=curve.from_on, horizon=horizon, uses=uses_of_step(STEP),
    )  # fmt: skip


def _observed(lags: list[StepLag], entered: int) -> dict[str, Estimate]:
    """All records, plain: of the converters so far, and of all leads."""
    histogram = _histogram(lags)
    n = int(histogram.sum())
    if not n:
        return {}
    found = {
        "median_days_to_customer_observed": plain_quantile(histogram, 0.5),
        "mean_days_to_customer_observed": sum(row.days for row in lags) / n,
    }
    if n >= FOR_QUANTILES:
        found["p90_days_to_customer_observed"] = plain_quantile(histogram, 0.9)
    shares = np.cumsum(histogram) / max(entered, n)
    for percent in SHARES:
        if shares[-1] >= percent / 100:
            day = np.searchsorted(shares, percent / 100)
            found[f"days_until_{percent}_percent_bought_observed"] = float(day)
    return {
        name: Estimate(value, None, None, n, Unit.DAYS, "converters so far", Status.OBSERVED)
        for name, value in found.items()
    }


def _histogram(lags: list[StepLag]) -> Counts:
    days = Counter[int]()
    for row in lags:
        days[row.lag] += row.moved
    histogram = np.zeros(LAST_LAG + 2, dtype=np.int64)
    for day, moved in days.items():
        histogram[day] = moved
    return histogram


def _channels_differ(times: ChannelTimes | None, curve: StepCurve | None) -> dict[str, Estimate]:
    """Do channels differ in how fast, and in how many."""
    if times is None or curve is None or times.speed is None or times.share is None:
        return {}
    n = times.converters
    return {
        "channels_differ_p": _p(times.speed.p, n, "log-rank in reverse time", curve),
        "channels_differ_in_share_p": _p(times.share.p, n, "log-rank", curve),
    }


def _p(p: float, n: int, method: str, curve: StepCurve) -> Estimate:
    return Estimate(
        p, None, None, n, Unit.P, method, Status.OBSERVED,
        from_on=curve.from_on, uses=(*uses_of_step(STEP), CHANNEL),
    )  # fmt: skip


def _said(
    estimates: dict[str, Estimate], differ: dict[str, Estimate], lags: list[StepLag]
) -> Message:
    median = estimates.get("median_days_to_customer")
    if median is None or median.value is None:
        return message(TOO_FEW, n=count_of(sum(row.moved for row in lags)))
    days = Quantity(median.value, Unit.DAYS, median.lower, median.upper)
    p = differ["channels_differ_p"].value if differ else None
    return message(MEDIAN_DIFFER if p is not None and p < 0.05 else MEDIAN, days=days)


def _by_channel(inputs: Inputs, lags: list[StepLag]) -> list[Row]:
    """Each channel's leads, customers and days; means are of those who buy within one horizon."""
    times = inputs.fact(channel_times)
    known = {(t.channel, t.rest): t for t in times.channels} if times else {}
    rows: list[Row] = []
    for total in inputs[step_totals]:
        if total.step != STEP:
            continue
        key = total.channel, total.rest
        own = _histogram([row for row in lags if (row.channel, row.rest) == key])
        row: dict[str, str | int | float | bool | None] = {
            "channel": total.channel, "rest": total.rest, "leads": total.entered,
            "won": total.reached,
            "median_days_observed": plain_quantile(own, 0.5) if own.any() else None,
        }  # fmt: skip
        if key in known:
            row |= _named("median", known[key].median)
            row |= _named("mean", known[key].mean)
            row["mean_horizon"] = times.horizon if times else None
        rows.append(row)
    return rows


def _named(name: str, days: Range | None) -> dict[str, float]:
    if days is None:
        return {}
    return {
        f"{name}_days": days.value,
        f"{name}_lower": days.lower,
        f"{name}_upper": days.upper,
    }


def _curve_rows(curve: StepCurve) -> list[Row]:
    """The share of all leads that had bought by each day, at days enough to draw it."""
    group = curve.total
    if group.curve.tau < 0:
        return []
    shares = group.curve.cumulative[: group.curve.tau + 1]
    # Days at which the curve has risen by equal parts, and a few of its level end.
    risen = np.searchsorted(shares, np.linspace(0, shares[-1], POINTS))
    level = np.linspace(0, _shown_until(shares), POINTS // 4).round()
    days = np.unique(np.concatenate([risen, level]).astype(int))
    days = days[days <= _shown_until(shares)]
    rows: list[Row] = []
    for day in map(int, days):
        lower, upper = group.interval(day)
        share, at_risk = float(group.curve.cumulative[day]), int(group.curve.at_risk[day])
        rows.append(
            {"day": day, "share": share, "lower": lower, "upper": upper, "at_risk": at_risk}
        )
    return rows


def _channel_curves(curve: StepCurve) -> list[Row]:
    """The same for the channels with most leads, as far as each can be followed."""
    total = curve.total.curve
    if total.tau < 0:
        return []
    last = _shown_until(total.cumulative[: total.tau + 1])
    largest = sorted(
        (g for g in curve.channels if _is_named(g.channel) and converters(g) >= CONVERTERS),
        key=lambda g: -g.entered,
    )[:CHANNELS]
    rows: list[Row] = []
    for group in largest if len(largest) > 1 else ():
        shares = group.curve.cumulative[: min(group.curve.tau, last) + 1]
        if not shares.size:
            continue
        risen = np.searchsorted(shares, np.linspace(0, shares[-1], POINTS // 2))
        rows += [
            {"channel": group.channel, "day": int(day), "share": float(shares[day])}
            for day in np.unique([*risen, shares.size - 1])
        ]
    return rows


def _is_named(channel: str | None) -> bool:
    return channel is not None and channel.casefold() not in MEANS_UNKNOWN


def _shown_until(shares: Floats) -> int:
    """The day at which hardly anything more comes, and a third as long again."""
    nearly = int(np.searchsorted(shares, 0.99 * shares[-1]))
    return min(max(4 * nearly // 3, 30), shares.size - 1)


def _look(contrast: Contrast) -> Look:
    found = contrast.comparison
    below = found.ratio < 1
    effect = Estimate(
        found.ratio, found.lower, found.upper, contrast.leads, Unit.RATIO,
        "observed against expected", Status.OBSERVED, uses=(*uses_of_step(STEP), CHANNEL),
    )  # fmt: skip
    said = message(
        CHANNEL_BELOW if below else CHANNEL_ABOVE,
        channel=contrast.channel,
        observed=count_of(found.observed),
        expected=count_of(round(found.expected)),
    )
    ratio = Quantity(found.ratio, Unit.RATIO, found.lower, found.upper)
    return Look(
        subject=(contrast.channel,),
        effect=effect,
        message=said,
        action=message(BY_CUSTOMERS if below else MORE_OF_IT, channel=contrast.channel),
        p=found.p,
        detail=message(AS_OFTEN, channel=contrast.channel, ratio=ratio),
        caveat=message(SELECTION),
        answers=("Q6",),
    )
