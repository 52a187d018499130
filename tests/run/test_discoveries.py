"""False discoveries: looks compete inside their unit, then units compete with each other."""

from __future__ import annotations

import pytest

from salesaudit.audits.base import Look
from salesaudit.core.texts import Text, Unit, message
from salesaudit.run.discoveries import is_reported, q_values
from salesaudit.statistics.base import Estimate, Status

SAID = message(Text("t", en="t", th="t"))
EFFECT = Estimate(0.5, 0.4, 0.6, 100, Unit.RATIO, "m", Status.OBSERVED)


def look(p: float | None, *, notable: bool = True) -> Look:
    return Look(("x",), EFFECT, SAID, SAID, p=p, notable=notable)


def test_fifteen_published_p_values_in_one_family() -> None:
    """Benjamini and Hochberg (1995), table 1: four of fifteen are rejected at 0.05."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    p += [0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    looks = [look(value) for value in p]
    q = q_values({"unit": looks})["unit"]
    assert [is_reported(one, value) for one, value in zip(looks, q, strict=True)].count(True) == 4


def test_a_quiet_family_does_not_report_its_luckiest_look() -> None:
    lucky = [look(0.04), *(look(value / 40) for value in range(2, 40))]
    strong = [look(1e-6)]
    q = q_values({"quiet": lucky, "strong": strong})
    assert q["strong"][0] == pytest.approx(2e-6)
    assert not any(is_reported(a, b) for a, b in zip(lucky, q["quiet"], strict=True))


def test_many_families_must_each_be_stronger() -> None:
    alone = q_values({"a": [look(0.03)]})["a"][0]
    others = {f"u{n}": [look(0.5)] for n in range(9)}
    among = q_values({"a": [look(0.03)], **others})["a"][0]
    assert alone == pytest.approx(0.03)
    assert among == pytest.approx(0.3)


def test_what_was_counted_stands_outside_all_families() -> None:
    families = {"data": [look(None), look(None, notable=False)], "tested": [look(0.01)]}
    q = q_values(families)
    assert q["data"] == [None, None]
    assert q["tested"] == [pytest.approx(0.01)]
    assert [is_reported(one, None) for one in families["data"]] == [True, False]
