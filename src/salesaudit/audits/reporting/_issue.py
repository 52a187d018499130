"""What the audits of the data share: an issue of the fact ``trust`` as something looked at."""

from __future__ import annotations

from salesaudit.audits.base import Look, Outcome
from salesaudit.core.texts import Quantity, Text, Unit, message
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import Issue, trust
from salesaudit.statistics.base import Estimate, Status


def issues(check: str, inputs: Inputs, action: Text, *answers: str) -> Outcome:
    """Every issue of a check, counted, not tested.

    Args:
        check: the audit's id.
        inputs: with the fact ``trust``.
        action: what to do about it.
        answers: questions whose answers it bears on.
    """
    return Outcome(
        looks=tuple(_look(issue, action, answers) for issue in inputs.fact(trust).of(check))
    )


def _look(issue: Issue, action: Text, answers: tuple[str, ...]) -> Look:
    size = issue.effect or Quantity(issue.k / issue.n if issue.n else 0.0, Unit.RATE)
    return Look(
        subject=(issue.use.removeprefix("step "),),
        effect=Estimate(size.value, None, None, issue.n, size.unit, "counted", Status.OBSERVED),
        message=issue.message,
        detail=issue.so,
        action=message(action),
        severity=issue.severity.name.lower(),
        answers=answers,
        measures=(issue.measure,),
    )
