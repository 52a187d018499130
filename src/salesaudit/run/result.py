"""``AuditRun``: the one document that everything shown is read from.

Its JSON form is ``audit.json``; its schema is published as ``docs/audit.schema.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = 1
DIGITS = 9  # significant digits of every estimate

Scalar = str | int | float | bool | None
Severity = Literal["note", "weak", "broken"]


class Part(BaseModel):
    """A part of the document."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class QuantityPart(Part):
    """A number with a unit, as a parameter of a message."""

    value: float
    unit: str
    lower: float | None = None
    upper: float | None = None


class DayPart(Part):
    """A day, as a parameter of a message."""

    day: date


class TextPart(Part):
    """A text of the catalogue, as a parameter of a message."""

    text: str


ParamPart = str | int | QuantityPart | DayPart | TextPart


class MessagePart(Part):
    """A text's id and its parameters; the words stand in ``texts``."""

    id: str
    params: dict[str, ParamPart] = {}


class TextWords(Part):
    """The words of a text in each language."""

    en: str
    th: str


class RecognisedPart(Part):
    """What kind of export a file was taken for."""

    preset: str
    system: str
    export: str
    score: float
    history: Literal["full", "entered-dates", "last-change", "current-only", "none"]
    history_from: str = ""  # the export that has the history which this one lacks
    proved: Literal["real", "documented", "preview"]
    fills: list[str] = []  # canonical tables


class SourcePart(Part):
    """The account of one source and table, in records: read = loaded + refused."""

    name: str
    into: str
    sha256: str
    read: int
    loaded: int
    refused: int
    rows: int
    merged: int
    blank: int
    reasons: list[ReasonPart] = []
    from_: list[str] = Field(default=[], alias="from")
    notes: list[MessagePart] = []
    recognised: RecognisedPart | None = None


class ReasonPart(Part):
    """Why records or cells were refused, with the first example."""

    reason: str
    records: int
    cells: int = 0
    column: str = ""
    line: int | None = None
    example: str = ""


class LoadPart(Part):
    """What a load leaves for the audits of its warehouse: the account, and its words."""

    sources: list[SourcePart] = []
    texts: dict[str, TextWords] = {}


class NeedPart(Part):
    """What to bring so that an estimate can be had."""

    table: str
    column: str | None = None
    amount: int | None = None
    message: MessagePart


class EstimatePart(Part):
    """A number with its doubt."""

    value: float | None
    lower: float | None
    upper: float | None
    n: int
    unit: str
    status: Literal["matured", "at_least", "observed", "assumed", "withheld"]
    method: str
    from_: date | None = Field(default=None, alias="from")
    horizon: int | None = None


class RangePart(Part):
    """A value and its bounds."""

    value: float | None = None
    lower: float | None = None
    upper: float | None = None


class EffectPart(RangePart):
    """The size of what was found."""

    unit: str


class EvidencePart(Part):
    """How a number was counted."""

    measure: str
    query: str
    rows: int
    counted: int


class AnswerPart(Part):
    """What the audit has to say to a question."""

    question: MessagePart
    unit: str  # the audit that answers it
    status: Literal["answered", "partial", "unanswerable", "withheld", "failed"]
    needs: list[NeedPart] = []
    estimates: dict[str, EstimatePart] = {}
    tables: dict[str, list[dict[str, Scalar]]] = {}
    message: MessagePart
    counts: MessagePart | None = None  # what counts, and how
    evidence: list[EvidencePart] = []


class ReachedPart(Part):
    """Leads of a channel that reached a stage."""

    channel: str | None  # None: no channel given, or all others where rest
    rest: bool
    reached: int


class StepPart(Part):
    """A stage of the funnel: who reached it, who has an own stamp, who is still to come."""

    stage: str
    labels: dict[str, str] = {}
    role: str | None
    recorded: bool
    reached: int | None
    own_stamp: int
    to_come: float | None = None
    from_before: EstimatePart | None = None  # from the recorded stage before
    by_channel: list[ReachedPart] = []  # the channels with most leads


class ComponentPart(Part):
    """A component's score with its range."""

    score: float | None
    lower: float | None
    upper: float | None
    status: Literal["scored", "cannot_tell", "not_enough_data", "failed"]
    checks: int
    checks_answered: int
    findings: list[str] = []


class FindingPart(Part):
    """Something found, with its owner, its strength and its evidence."""

    id: str
    unit: str
    question: str | None
    questions: list[str] = []  # all whose answers it bears on
    component: str
    owner: Literal["sales", "marketing", "both"]
    grade: Literal["A", "B", "C"]
    severity: Severity | None = None  # of a finding about the data
    money: RangePart | None = None
    effect: EffectPart
    n: int
    q_value: float | None
    message: MessagePart
    detail: MessagePart | None = None  # what is seen, and why to believe it
    caveat: MessagePart | None = None  # what else could explain it
    action: MessagePart
    counts: MessagePart | None = None  # what counts, and how
    evidence: list[EvidencePart] = []


class VerdictPart(Part):
    """What a director can repeat in a meeting."""

    message: MessagePart
    attention: MessagePart | None = None  # the end of the message that calls for attention
    money: RangePart
    first: list[str]  # finding ids
    notices: list[str] = []  # ids of findings to know of before the numbers are believed


class PlanInputPart(Part):
    """A number that plans are made of, from the company's past: all channels together."""

    value: float
    lower: float | None
    upper: float | None
    n: int  # leads, of a rate; customers, of a margin
    x: int | None  # of them
    phi: float  # how much more months differ than chance; x and n are divided by it
    rho: float = 0.0  # correlation inside a month: how much the next one may differ
    variation: float  # of a margin: one customer's standard deviation / mean
    basis: str  # activities, stage; margins, amounts
    from_: date | None = Field(default=None, alias="from")


class PlansPart(Part):
    """What plans start from."""

    inputs: dict[str, PlanInputPart] = {}  # reach, close, margin


class AuditRun(Part):
    """An audit run: a value without a clock, a path or a run id."""

    schema_: int = Field(default=SCHEMA, alias="schema")
    version: str
    company: str
    currency: str | None
    as_of: date
    window: tuple[date, date]
    scope: dict[str, list[str] | str] = {}
    sources: list[SourcePart]
    verdict: VerdictPart
    answers: dict[str, AnswerPart]
    steps: list[StepPart]
    components: dict[str, ComponentPart]
    findings: list[FindingPart]
    ledger: dict[str, Scalar] = {}
    trust: TrustPart
    forecast: dict[str, Scalar] = {}
    plans: PlansPart = PlansPart()
    history: dict[str, Scalar] = {}
    method: dict[str, str]  # settings in force, versions of the engine and libraries
    texts: dict[str, TextWords]  # the words of every message in the document

    def to_json(self) -> str:
        """The document: the same run gives the same bytes."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> AuditRun:
        """Read a document."""
        return cls.model_validate_json(text)


class TrustCheckPart(Part):
    """A check of the data: k of n, and what it spoils."""

    check: str
    use: str  # what estimates rest on that it concerns
    severity: Severity | Literal["fine"]
    k: int
    n: int
    message: MessagePart


class TrustPart(Part):
    """How far the data can be trusted."""

    grade: Literal["good", "fair", "poor"]
    checks: list[TrustCheckPart] = []


def rounded(value: float | None) -> float | None:
    """To the document's significant digits."""
    return None if value is None else float(f"{value:.{DIGITS}g}")


def words(texts: Mapping[str, tuple[str, str]]) -> dict[str, TextWords]:
    """Texts by id, ordered by id."""
    return {key: TextWords(en=en, th=th) for key, (en, th) in sorted(texts.items())}


for _model in (SourcePart, LoadPart, AuditRun):
    _model.model_rebuild()
