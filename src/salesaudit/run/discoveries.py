"""False discoveries: which of all the looks taken are beyond chance.

A family is a unit. Inside it q-values follow Benjamini and Hochberg; families compete by their
Simes p-values, and only those that pass report. A look without a p-value is counted, not tested.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesaudit.audits.base import Look
from salesaudit.statistics.discoveries import benjamini_hochberg, simes

RATE = 0.05  # expected share of false ones among all that is reported


def q_values(families: Mapping[str, Sequence[Look]]) -> dict[str, list[float | None]]:
    """The q-value of every look, by family; None where nothing was tested."""
    tested = {
        unit: [look.p for look in looks if look.p is not None] for unit, looks in families.items()
    }
    asked = [unit for unit, p in tested.items() if p]
    across = dict(zip(asked, _family_q([tested[unit] for unit in asked]), strict=True))
    found: dict[str, list[float | None]] = {}
    for unit, looks in families.items():
        inside = iter(benjamini_hochberg(tested[unit]).tolist() if tested[unit] else [])
        found[unit] = [
            None if look.p is None else max(float(next(inside)), across[unit]) for look in looks
        ]
    return found


def is_reported(look: Look, q_value: float | None) -> bool:
    """Whether a look becomes a finding: notable if counted, beyond chance if tested."""
    return look.notable if q_value is None else q_value <= RATE


def _family_q(families: list[list[float]]) -> list[float]:
    if not families:
        return []
    return [float(q) for q in benjamini_hochberg([simes(p) for p in families])]
