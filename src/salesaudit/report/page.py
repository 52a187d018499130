"""One language's page of the report: the document, how its reader reads, and the ids in use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from salesaudit.core.errors import InternalError
from salesaudit.core.language import Language
from salesaudit.core.locale import NO_BREAK, NONE, Locale
from salesaudit.core.texts import Message, Param, Quantity, Text, Unit
from salesaudit.report import words as w
from salesaudit.run.result import (
    AnswerPart,
    AuditRun,
    DayPart,
    EstimatePart,
    FindingPart,
    MessagePart,
    ParamPart,
    QuantityPart,
    SourcePart,
    StepPart,
    TextPart,
)

CLASSIFIERS = "ราย|คน|ดีล|วัน|ช่องทาง|แถว|ระเบียน|เดือน|สัปดาห์|ปี|คำถาม|เรื่อง|ไฟล์"
BEFORE_CLASSIFIER = re.compile(rf"(?<=\d) (?={CLASSIFIERS})")


class Account(NamedTuple):
    """Totals over all sources, in records."""

    files: int
    read: int
    refused: int


@dataclass(frozen=True)
class Page:
    """What every section is made from.

    Args:
        run: the document, the only input.
        locale: language, currency and calendar of the reader.
        prefix: of ids; empty in the language that opens first, so that addresses stay short.
        queries: ids of the queries printed so far, by query; each is printed once.
        first: the page that opens first, where this is another; it has the same queries.
    """

    run: AuditRun
    locale: Locale
    prefix: str = ""
    queries: dict[str, str] = field(default_factory=dict)
    first: Page | None = None

    def id(self, *names: str) -> str:
        """An id that stays the same between runs, whatever a name holds."""
        return self.prefix + "-".join(slug(name) for name in names)

    def say(self, text: Text, **params: Param) -> str:
        """One of our own texts."""
        return _tied(self.locale.message(Message(text, params)))

    def words(self, part: MessagePart) -> str:
        """A message of the document, written out."""
        params = {name: self._param(value) for name, value in part.params.items()}
        return _tied(self.locale.message(Message(self._text(part.id), params)))

    def told(self, finding: FindingPart) -> str:
        """What was found and what is seen of it, in sentences."""
        said = self.words(finding.message)
        return f"{said} {self.words(finding.detail)}" if finding.detail else said

    def notices(self) -> list[str]:
        """What to know before the numbers are believed."""
        findings = {finding.id: finding for finding in self.run.findings}
        return [self.told(findings[name]) for name in self.run.verdict.notices if name in findings]

    def listed(self, parts: Sequence[str]) -> str:
        """Clauses in a row; Thai sets a space between them."""
        return (" " if self.locale.language is Language.TH else ", ").join(parts)

    def stage(self, step: StepPart) -> str:
        """What a stage is called: the company's own label, or the name of its role."""
        label = step.labels.get(self.locale.language.value)
        if label or step.role is None or step.stage != step.role:
            return label or step.stage
        return self.say(w.term(f"role.{step.role}"))

    def channel(self, name: object, *, rest: bool = False) -> str:
        """A channel as the data writes it, or what stands for none and for the pooled rest."""
        if rest:
            return self.say(w.CHANNEL_REST)
        return self.say(w.CHANNEL_NONE) if name is None else str(name)

    def label(self, estimate: str) -> str:
        """What an estimate is called; one that has no words is called by its key."""
        base = estimate.removesuffix(w.OBSERVED)
        text = w.ESTIMATES.get(base)
        name = self.say(text) if text else base.replace("_", " ").capitalize()
        return name if base == estimate else self.say(w.COUNTED_ONLY, what=name)

    def account(self) -> Account:
        """What was read in all; a file that feeds several tables counts once."""
        files: dict[str, list[SourcePart]] = {}
        for source in self.run.sources:
            if not source.from_:  # a selection over files that stand here themselves
                files.setdefault(source.sha256, []).append(source)
        read = sum(max(each.read for each in parts) for parts in files.values())
        refused = sum(max(each.refused for each in parts) for parts in files.values())
        return Account(len(files), read, refused)

    def needs(self, answer: AnswerPart) -> str:
        """What to bring, as a sentence; empty where nothing is missing."""
        wanted = [self.words(need.message).rstrip(".") for need in answer.needs]
        return self.say(w.NEEDS_SAID, what="; ".join(wanted)) if wanted else ""

    def _text(self, text_id: str) -> Text:
        try:
            said = self.run.texts[text_id]
        except KeyError as error:
            raise InternalError(f"the document holds no words for {text_id!r}") from error
        return Text(text_id, said.en, said.th)

    def _param(self, value: ParamPart) -> Param:
        match value:
            case QuantityPart():
                return Quantity(value.value, Unit(value.unit), value.lower, value.upper)
            case DayPart():
                return value.day
            case TextPart():
                return self._text(value.text)
            case _:
                return value


@dataclass(frozen=True)
class Shown:
    """An estimate as people read it: it never stands without its range and n."""

    value: str
    range: str
    n: str
    status: str  # of the document
    lead: str  # "at least" and the like, before the value


def shown(page: Page, estimate: EstimatePart, *, hollow: bool = False) -> Shown:
    """An estimate in the digits that its range has earned."""
    unit = Unit(estimate.unit)
    value, lower, upper = estimate.value, estimate.lower, estimate.upper
    figure = page.locale.figure(value, lower, upper, unit, estimate.n, hollow=hollow)
    text = figure.value
    if value == 0 and upper and unit is Unit.RATE and estimate.n:
        text, figure = page.locale.zero_of(estimate.n, upper), figure._replace(range="")
    elif value is not None and unit is Unit.DAYS:
        text = page.locale.quantity(Quantity(value, unit, lower, upper))
    lead = page.say(w.term("status.at_least")) if estimate.status == "at_least" else ""
    count = page.locale.count(estimate.n) if estimate.n else ""
    return Shown(text, figure.range, count, estimate.status, lead if text != NONE else "")


def headline(answer: AnswerPart) -> tuple[str, EstimatePart] | None:
    """The estimate that an answer leads with: the first that has a value, else a withheld one.

    An answer that cannot be had leads with none, though plain counts may stand behind it.
    """
    if answer.status == "unanswerable":
        return None
    estimates = answer.estimates
    ordered = [name for name in dict.fromkeys((*w.HEADLINES, *estimates)) if name in estimates]
    shown = [name for name in ordered if estimates[name].value is not None] or ordered
    return (shown[0], estimates[shown[0]]) if shown else None


def slug(name: str) -> str:
    """A name as part of an id; letters that an id cannot hold leave a digest in their place."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if re.fullmatch(r"[A-Za-z0-9 _:.-]+", name):
        return plain
    return f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:8]}".strip("-")


def _tied(words: str) -> str:
    """A number and the Thai word that it counts do not part at the end of a line."""
    return BEFORE_CLASSIFIER.sub(NO_BREAK, words)


def day(value: object) -> date | None:
    """A date of a table's cell."""
    return date.fromisoformat(value) if isinstance(value, str) else None
