"""What a unit of the audit is, and what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from salesaudit.core.texts import Message, Text
from salesaudit.facts.base import Fact
from salesaudit.measures.base import Measure
from salesaudit.statistics.base import Estimate

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]


class Component(StrEnum):
    """The parts of a company that an audit evaluates."""

    PROCESS = "C1"
    CONTENT = "C2"
    LEAD_QUALITY = "C3"
    REPORTING = "C4"
    TEAM = "C5"
    SERVICE = "C6"
    WIN_LOSS = "W1"


class Owner(StrEnum):
    """Who can act on a finding."""

    SALES = "sales"
    MARKETING = "marketing"
    BOTH = "both"


class AnswerStatus(StrEnum):
    """How far a question could be answered."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    UNANSWERABLE = "unanswerable"
    WITHHELD = "withheld"
    FAILED = "failed"


class Need(NamedTuple):
    """What to bring so that an estimate can be had."""

    table: str
    column: str | None
    message: Message
    amount: int | None = None  # how many more, where it is a matter of number


class Answer(NamedTuple):
    """What a unit has to say to its question."""

    question: str  # Q1 ... Q12, W1
    status: AnswerStatus
    estimates: Mapping[str, Estimate]
    message: Message
    tables: Mapping[str, tuple[Row, ...]] = {}
    needs: tuple[Need, ...] = ()


class Look(NamedTuple):
    """One thing that a unit looked at, remarkable or not.

    Without ``p`` and ``local_fdr`` it is counted, not tested: it stands outside all families, and
    is reported when it is ``notable``.
    """

    subject: tuple[str, ...]
    effect: Estimate
    message: Message  # the finding with its number, in a line
    action: Message
    p: float | None = None
    local_fdr: float | None = None
    money: Estimate | None = None
    detail: Message | None = None  # what is seen, and why to believe it
    caveat: Message | None = None  # what else could explain it
    notable: bool = True
    severity: str = "note"  # note, weak, broken: of a data check
    answers: tuple[str, ...] = ()  # questions whose answers it changes
    measures: tuple[Measure[Any], ...] = ()  # that counted it; by default all of the unit's


class Check(NamedTuple):
    """A part of a component's score: points from 0 (at its floor) to 1 (at its par)."""

    name: str
    points: Estimate | None
    weight: float = 1.0


class Outcome(NamedTuple):
    """All that a unit returns."""

    answer: Answer | None = None
    looks: tuple[Look, ...] = ()
    checks: tuple[Check, ...] = ()


class Meta(NamedTuple):
    """Identity of a unit; its docs page is made of this."""

    id: str
    component: Component
    owner: Owner
    answers: str | None  # the question that it answers
    question: Text
    why: Text
    counts: Text  # what counts, and how
    source: str  # of the method
    inputs: tuple[Measure[Any] | Fact[Any], ...]
    revision: int = 1
    stage: str = "preview"
