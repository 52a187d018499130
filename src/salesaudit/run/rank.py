"""The order of findings: by what they are worth, then by how much they say of how many."""

from __future__ import annotations

import math

from salesaudit.run.result import FindingPart

GRADE_WEIGHT = {"A": 1.0, "B": 1.0, "C": 0.5}


def ranked(findings: list[FindingPart]) -> list[FindingPart]:
    """Findings with money first, by money; then tested ones, by how many leads differ how far.

    Counted findings follow, in the order of their severity and size.
    """
    return sorted(findings, key=_weight)


def _weight(finding: FindingPart) -> tuple[float, float, float, float, str]:
    worth = finding.money.value if finding.money and finding.money.value else 0.0
    tested = finding.q_value is not None
    severity = {"broken": 0, "weak": 1, "note": 2}.get(finding.severity or "", 1)
    return (-worth * GRADE_WEIGHT[finding.grade], not tested, severity, -_size(finding), finding.id)


def _size(finding: FindingPart) -> float:
    """How far from no effect, times how many it concerns."""
    effect = finding.effect.value or 0.0
    if finding.effect.unit == "days":
        return 0.0  # no share of anything
    if finding.effect.unit == "ratio":
        effect = abs(math.log(max(effect, 0.01)))
    return abs(effect) * finding.n
