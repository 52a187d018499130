"""A campaign plan in the terminal: the verdict, the steps, the money, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Line

from salesaudit.cli.console import WIDE, folded, plain
from salesaudit.core.locale import Locale
from salesaudit.core.texts import Message, Param, Text, Unit
from salesaudit.planning import words as w
from salesaudit.planning.asked import Planned
from salesaudit.planning.campaign import CampaignPlan, Hinge
from salesaudit.planning.said import Said

FAINT, STRONG, ATTENTION = "dim", "bold", "dark_orange"
GAP = "   "


def print_plan(planned: Planned, locale: Locale, console: Console) -> None:
    """The plan in words that also stand without colour."""
    width = min(console.width, WIDE)
    plan, said = planned.plan, Said(planned.plan, locale)
    head = GAP.join(filter(None, ("salesaudit plan", plain(planned.company), planned.currency)))
    console.print(Line(head, style=FAINT))
    console.print()
    _block(console, said.verdict(), width, style=STRONG)
    _block(console, said.floor(), width)
    console.print()
    _rows(console, [*_steps(plan, said), *_money(plan, said)], width)
    console.print()
    _hinges(console, plan, said, width)
    console.print()
    console.print(Line(said.say(w.RESTS_ON), style=STRONG))
    for note in planned.notes:
        look = ATTENTION if note.id == w.OVER.id else ""
        _block(console, locale.message(_harmless(note)), width, start=" · ", style=look)


def _steps(plan: CampaignPlan, said: Said) -> list[tuple[str, str, str]]:
    leads, reached, _ = plan.steps
    shares = (plan.campaign.reach, plan.campaign.close)
    reach, close = (said.rate(share) for share in shares)
    room = said.say(w.TAKEN_ON, n=leads.whole - plan.over) if plan.over else ""
    more = said.say(w.IN_8_OF_10, range=said.whole_range(plan))
    expected = said.say(w.EXPECTED_ONLY, expected=said.expected())
    return [
        (said.say(w.STEPS["leads"]), said.locale.count(leads.whole), room),
        (
            said.say(w.STEPS["reached"]),
            said.locale.count(reached.whole),
            said.say(w.OF_THEM, rate=reach),
        ),
        (
            said.say(w.STEPS["customers"]),
            said.locale.count(plan.whole),
            said.listed(f"({expected}) {said.say(w.OF_THOSE, rate=close)}", more),
        ),
    ]


def _money(plan: CampaignPlan, said: Said) -> list[tuple[str, str, str]]:
    ends = said.returned().range
    floor = said.to_one(plan.campaign.floor)
    rows = [
        (said.say(w.RETURN), said.returned_to_one(), said.say(w.IN_8_OF_10, range=ends)),
        (said.say(w.CHANCE), said.futures(), f"({said.locale.rate(plan.chance, digits=0)})"),
        (said.say(w.PAYS_AT), said.customers(plan.pays_at), said.to_one(1)),
        (said.say(w.FLOOR_AT), said.customers(plan.floor_at), floor),
        (
            said.say(w.PAY_AT_MOST),
            said.price(plan.most_sure),
            said.say(w.MOST_SURE, floor=floor),
        ),
    ]
    return [*rows, ("", "", said.average())] if plan.most_expected else rows


def _hinges(console: Console, plan: CampaignPlan, said: Said, width: int) -> None:
    if not plan.hinges:
        _block(console, said.say(w.HANGS_ON_NOTHING), width, style=FAINT)
        return
    console.print(Line(said.say(w.HANGS_ON), style=STRONG))
    _rows(console, [_hinge(hinge, said) for hinge in plan.hinges], width)


def _hinge(hinge: Hinge, said: Said) -> tuple[str, str, str]:
    ends = said.locale.between(hinge.returned.lower, hinge.returned.upper, Unit.RATIO)
    return (
        said.say(w.INPUTS[hinge.name]),
        said.input_range(hinge),
        said.say(w.RETURN_FROM_TO, range=ends),
    )


def _rows(console: Console, rows: Sequence[tuple[str, str, str]], width: int) -> None:
    """Labels, figures and what more is to say, in columns; on a narrow screen the last folds."""
    label = max(cell_len(row[0]) for row in rows)
    figure = max(cell_len(row[1]) for row in rows)
    for name, value, more in rows:
        start = f" {_padded(name, label)}{GAP}{_padded(value, figure)}{GAP}"
        at = 1 + len(_padded(name, label)) + len(GAP)
        for line in folded(more, max(width - cell_len(start), 24)):
            drawn = Line(f"{start}{line}".rstrip())
            drawn.stylize(STRONG, at, at + len(value))
            console.print(drawn, no_wrap=True, overflow="ignore", crop=False)
            start = " " * cell_len(start)


def _block(console: Console, words: str, width: int, *, start: str = "", style: str = "") -> None:
    indent = cell_len(start)
    for line in folded(plain(words), width - indent):
        shown = Line(f"{start}{line}", style=style)
        console.print(shown, no_wrap=True, overflow="ignore", crop=False)
        start = " " * indent


def _padded(words: str, width: int) -> str:
    return words + " " * max(width - cell_len(words), 0)


def _harmless(note: Message) -> Message:
    """Names in the data may hold what steers a terminal."""
    params: dict[str, Param] = {
        name: plain(value) if isinstance(value, str) else value
        for name, value in note.params.items()
    }
    return Message(Text(*note.text), params)
