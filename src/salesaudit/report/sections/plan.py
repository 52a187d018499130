"""A campaign plan: inputs at the side, and an answer that follows them in the page itself.

Rendered whole from the document first, so that it stands without scripts and in print. The page's
script (``plan.js``) works the same numbers out again when an input moves; ``OUTPUTS`` names what it
writes, and its patterns come from here, so that both say the same.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.texts import Quantity, Text, Unit
from salesaudit.planning import words as w
from salesaudit.planning.campaign import Campaign, plan_campaign
from salesaudit.planning.inputs import Basis, Input
from salesaudit.planning.said import Said
from salesaudit.report.charts.dot_quantiles import Futures, dot_quantiles
from salesaudit.report.charts.plan_steps import StepBar, plan_steps
from salesaudit.report.charts.svg import Caption
from salesaudit.report.charts.tornado import Lines, Swing, tornado
from salesaudit.report.page import Page
from salesaudit.report.sections import plan_words
from salesaudit.run.result import PlanInputPart

LEADS, REACH, CLOSE, MARGIN, COST = 150, 0.5, 0.25, 1200.0, 9000.0  # the worked example
RETURNS = 2.4  # of a price that stands for none of the company's
MOST_LEADS = 5000  # that the page works out without a pause
FIELDS = ("leads", "reach", "close", "cost", "margin")


class Field(NamedTuple):
    """An input: a number, a slider, and the company's past."""

    name: str
    label: str
    value: str  # as the field holds it
    least: str  # of the field
    start: str  # of the slider
    most: str
    limit: str  # of the field; empty: none
    step: str  # of the slider
    before: str  # unit
    after: str
    made_up: bool
    past: str  # said of it; empty: not known
    use: str
    data: tuple[tuple[str, str], ...]  # what the script needs of the past


class Plan(NamedTuple):
    """The section."""

    fields: tuple[Field, ...]
    says: Mapping[str, str]  # by name of the output
    patterns: str
    steps: Markup
    dots: Markup
    hangs: Markup | None
    futures: tuple[str, ...]
    reaches: bool
    words: Mapping[str, str]


def build(page: Page) -> Plan:
    """The worked example, at the company's own rates where the document holds them."""
    return planned(page, starting(page))


def starting(page: Page) -> Campaign:
    """The campaign that stands at first."""
    known = {name: _past(part) for name, part in page.run.plans.inputs.items()}
    reach = known.get("reach", Input(REACH))
    close, margin = known.get("close", Input(CLOSE)), known.get("margin", Input(MARGIN))
    cost = COST
    if "margin" in known or "close" in known:
        cost = _round(LEADS * reach.value * close.value * margin.value / RETURNS) or COST
    return Campaign(Input(float(LEADS)), reach, close, margin, cost)


def planned(page: Page, campaign: Campaign) -> Plan:
    """The section for a campaign."""
    plan = plan_campaign(campaign)
    said = Said(plan, page.locale)
    says = outputs(page, said)
    hinges = bool({"reach", "close", "margin"} & set(page.run.plans.inputs))
    title = f"{says['head']} {says['returned']} {says['range']}"
    return Plan(
        fields=tuple(_field(page, said, name) for name in FIELDS),
        says=says,
        patterns=json.dumps(_patterns(page, said), ensure_ascii=False, separators=(",", ":")),
        steps=_steps(
            page, said, Caption(page.id("plan-steps"), page.say(plan_words.STEPS_TITLE), title)
        ),
        dots=_dots(page, said, Caption(page.id("plan-dots"), says["dots"], title)),
        hangs=_hangs(page, said, title) if hinges else None,
        futures=tuple(said.ratio(future) for future in plan.futures),
        reaches=plan.reaches,
        words=_words(page, said),
    )


def outputs(page: Page, said: Said) -> dict[str, str]:
    """Everything that follows the inputs, by name: the script writes the same."""
    plan = said.plan
    campaign, floor = plan.campaign, said.to_one(plan.campaign.floor)
    customers = said.customers(plan.whole)
    ends = said.returned().range
    hinge = page.say(w.INPUTS[plan.hinges[0].name]) if plan.hinges else ""
    head = plan_words.HEAD_YES if plan.reaches else plan_words.HEAD_NO
    return {
        "head": page.say(head, customers=customers, x=plan.futures_reached, floor=floor),
        "says": page.say(
            plan_words.SAYS,
            leads=int(campaign.leads.value),
            reach=said.rate(campaign.reach),
            close=said.rate(campaign.close),
            expected=said.expected(),
            customers=customers,
            margin=_money(said, campaign.margin),
            cost=page.locale.money(campaign.cost),
        ),
        "returned": said.returned_to_one(),
        "range": page.say(w.IN_8_OF_10, range=ends),
        "pays": said.customers(plan.pays_at),
        "floor": said.customers(plan.floor_at),
        "most": said.price(plan.most_sure),
        "average": said.average() if plan.most_expected else "",
        "dots": page.say(plan_words.DOTS_TITLE, x=plan.futures_reached, floor=floor),
        "hangs": page.say(plan_words.HANGS_TITLE, name=hinge)
        if hinge
        else page.say(w.HANGS_ON_NOTHING),
        "madeup": _made_up(page, campaign),
    }


def _made_up(page: Page, campaign: Campaign) -> str:
    """Names of the inputs that are nobody's: still as they stood at first."""
    first = starting(page)
    names = [
        page.say(w.INPUTS[name])
        for name in FIELDS
        if name not in page.run.plans.inputs and getattr(first, name) == getattr(campaign, name)
    ]
    return page.say(plan_words.MADE_UP, names=page.listed(names)) if names else ""


def _words(page: Page, said: Said) -> dict[str, str]:
    """What stands whatever the inputs are."""
    floor = said.to_one(said.plan.campaign.floor)
    return {
        "returned": page.say(w.RETURN),
        "pays": page.say(w.PAYS_AT),
        "pays_at": said.to_one(1),
        "floor": page.say(w.FLOOR_AT),
        "floor_at": floor,
        "most": page.say(w.PAY_AT_MOST),
        "most_for": page.say(w.MOST_SURE, floor=floor),
    }


def _patterns(page: Page, said: Said) -> dict[str, object]:
    """How the script writes numbers and sentences; ``{n}`` and the like are filled in by it."""
    mark = 8_000_000_000_007  # a number that no pattern holds otherwise
    shown = page.locale.count(mark)
    floor = said.to_one(said.plan.campaign.floor)

    def raw(text: Text) -> str:
        return text.th if page.locale.language == "th" else text.en

    return {
        "yes": raw(plan_words.HEAD_YES),
        "no": raw(plan_words.HEAD_NO),
        "says": raw(plan_words.SAYS),
        "range": raw(w.IN_8_OF_10),
        "many": raw(w.CUSTOMERS),
        "one": raw(w.ONE_CUSTOMER),
        "never": raw(w.NEVER),
        "average": raw(w.MOST_EXPECTED),
        "dots": raw(plan_words.DOTS_TITLE),
        "hangs": raw(plan_words.HANGS_TITLE),
        "nothing": raw(w.HANGS_ON_NOTHING),
        "now": raw(plan_words.NOW_MARK),
        "even": said.to_one(1),
        "step": "{n} (" + raw(w.EXPECTED_ONLY) + ")",
        "ranges": _ranges(page),
        "money": page.locale.money(mark).replace(shown, "{n}"),
        "rate": page.locale.rate(0.07).replace("7", "{n}"),
        "ratio": page.locale.to_one(7).replace("7", "{n}"),
        "to": floor,
        "target": said.plan.campaign.floor,
        "madeup": raw(plan_words.MADE_UP),
        "names": {name: page.say(w.INPUTS[name]) for name in FIELDS},
        "and": page.listed(["", ""]),
    }


def _field(page: Page, said: Said, name: str) -> Field:
    campaign = said.plan.campaign
    given = Input(campaign.cost) if name == "cost" else getattr(campaign, name)
    part = page.run.plans.inputs.get(name)
    past = _past(part) if part else None
    sign, after = page.locale.money(7).split("7") if name in ("cost", "margin") else ("", "")
    percent = name in ("reach", "close")
    most = (
        {"leads": 500.0, "reach": 100.0, "close": 100.0}.get(name) or _round(given.value * 3) or 1
    )
    step = "1" if name == "leads" or percent else f"{max(most / 300, 0.01):g}"
    return Field(
        name=name,
        label=page.say(w.INPUTS[name]),
        value=held(name, given),
        least="0.01" if name == "cost" else "0",
        start=step if name == "cost" else "0",
        most=f"{most:g}" if most < 1e6 else f"{most:.0f}",
        limit={"leads": str(MOST_LEADS), "reach": "100", "close": "100"}.get(name, ""),
        step=step,
        before=sign.strip(),
        after="%" if percent else after.strip(),
        made_up=part is None,
        past=page.say(plan_words.YOUR_PAST, figure=_figure(page, past)) if past else "",
        use=page.say(plan_words.USE_WHICH, name=page.say(w.INPUTS[name])),
        data=_data(said, name, past) if past else (),
    )


def held(name: str, given: Input) -> str:
    """A value as its field holds it: rates in percent, means without digits that mean nothing."""
    if name in ("reach", "close"):
        return f"{100 * given.value:.1f}".removesuffix(".0" if given.exact else "")
    if given.exact or given.lower is None or given.upper is None:
        return f"{given.value:.10g}"
    place = 10 ** max(math.floor(math.log10(given.upper - given.lower)) - 1, 0)
    return f"{round(given.value / place) * place:.0f}"


def _data(said: Said, name: str, past: Input) -> tuple[tuple[str, str], ...]:
    numbers = {
        "past": held(name, past),
        "shown": _money(said, past) if name == "margin" else said.rate(past),
        "v": f"{past.value:.9g}",
        "lo": f"{past.lower:.9g}",
        "hi": f"{past.upper:.9g}",
        "n": str(past.n),
        "x": str(past.x or 0),
        "phi": f"{past.phi:.9g}",
        "rho": f"{past.rho:.9g}",
        "cv": f"{past.variation:.9g}",
    }
    return tuple(numbers.items())


def _figure(page: Page, past: Input) -> str:
    unit = Unit.MONEY if past.x is None else Unit.RATE
    figure = page.locale.figure(past.value, past.lower, past.upper, unit, past.n)
    ends = figure.range.replace("–", "\u2060–\u2060")  # no line ends inside a range
    return f"{figure.value} ({ends}), n\u00a0{page.locale.count(past.n)}"


def _money(said: Said, given: Input) -> str:
    if given.lower is None:
        return said.locale.money(given.value)
    return said.locale.quantity(Quantity(given.value, Unit.MONEY, given.lower, given.upper))


def _steps(page: Page, said: Said, caption: Caption) -> Markup:
    plan = said.plan
    shown = {
        "leads": page.locale.count(plan.steps[0].whole),
        "reached": page.locale.count(plan.steps[1].whole),
        "customers": f"{page.locale.count(plan.whole)} "
        f"({page.say(w.EXPECTED_ONLY, expected=said.expected())})",
    }
    return plan_steps(
        [
            StepBar(page.say(w.STEPS[step.name]), step.expected, step.whole, shown[step.name])
            for step in plan.steps
        ],
        caption,
    )


def _dots(page: Page, said: Said, caption: Caption) -> Markup:
    plan = said.plan
    unit = plan.campaign.margin.value / plan.campaign.cost if plan.campaign.margin.exact else 0.0
    floor = said.to_one(plan.campaign.floor)
    marks = (said.to_one(1), page.say(plan_words.FLOOR_MARK, floor=floor))
    return dot_quantiles(Futures(plan.futures, plan.campaign.floor, unit, marks), caption)


def _hangs(page: Page, said: Said, told: str) -> Markup:
    plan = said.plan
    swings, ranges = [], _ranges(page)
    for hinge in plan.hinges:
        back = hinge.returned
        ends = (said.ratio(back.lower), said.ratio(back.upper))
        swings.append(Swing(ranges[hinge.name], back.lower, back.upper, ends))
    floor, now = plan.campaign.floor, plan.returned_expected
    marks = (
        page.say(plan_words.FLOOR_MARK, floor=said.to_one(floor)),
        page.say(plan_words.NOW_MARK, r=said.to_one(now)),
    )
    caption = Caption(page.id("plan-hangs"), page.say(w.HANGS_ON), told)
    return tornado(swings, Lines(floor, now, marks), caption)


def _ranges(page: Page) -> dict[str, str]:
    """Inputs of the past with their ranges."""
    found = {}
    for name, part in page.run.plans.inputs.items():
        unit = Unit.MONEY if name == "margin" else Unit.RATE
        ends = page.locale.figure(part.value, part.lower, part.upper, unit, part.n).range
        shown = ends if unit is Unit.MONEY else page.locale.rate(0.07).replace("7", ends)
        found[name] = f"{page.say(w.INPUTS[name])} {shown}"
    return found


def _past(part: PlanInputPart) -> Input:
    return Input(
        part.value, Basis(part.basis), part.lower, part.upper, part.n, part.x,
        phi=part.phi, rho=part.rho, variation=part.variation, from_on=part.from_,
    )  # fmt: skip


def _round(value: float) -> float:
    """To one digit, for a number that is nobody's."""
    return float(f"{value:.1g}") if value > 0 and math.isfinite(value) else 0.0
