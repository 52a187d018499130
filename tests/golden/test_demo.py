"""The demo company: its whole document, and what is known to be true of it.

``demo.json`` is made again by ``SALESAUDIT_UPDATE_GOLDEN=1 pytest tests/golden`` and reviewed as a
difference. It leaves out what changes without a number changing: queries, texts, and versions.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from salesaudit import api
from salesaudit.world import make_company

GOLDEN = Path(__file__).with_name("demo.json")
LEFT_OUT = frozenset({"query", "texts", "version", "method_libraries"})
LIBRARIES = frozenset({"duckdb", "ibis-framework", "numpy", "scipy"})
Json = dict[str, Any]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_company("sawasdee-software", tmp_path_factory.mktemp("demo"), leads=2000, seed=1)


@pytest.fixture(scope="module")
def document(company: Path) -> Json:
    with mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": "5a" * 32}):
        found: Json = json.loads(api.audit(company).to_json())
    return found


@pytest.fixture(scope="module")
def truth(company: Path) -> Json:
    found: Json = json.loads((company / "truth.json").read_text(encoding="utf-8"))
    return found


def plain(value: Any) -> Any:
    """Without what is left out, numbers to six digits."""
    if isinstance(value, dict):
        skipped = LEFT_OUT | (LIBRARIES if "duckdb" in value else frozenset())
        return {key: plain(part) for key, part in value.items() if key not in skipped}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def finding(document: Json, name: str) -> Json:
    [found] = [f for f in document["findings"] if f["id"] == name]
    return dict(found)


def test_the_document_is_the_one_reviewed(document: Json) -> None:
    found = json.dumps(plain(document), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("SALESAUDIT_UPDATE_GOLDEN"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert json.loads(found) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_record_is_where_the_truth_has_it(document: Json, truth: Json) -> None:
    for source in document["sources"]:
        counts = {key: source[key] for key in ("read", "refused", "merged", "blank", "rows")}
        assert counts == truth["files"][source["name"]], source["name"]


def test_every_stage_is_reached_and_stamped_as_often_as_is_true(
    document: Json, truth: Json
) -> None:
    steps = {step["role"]: step for step in document["steps"]}
    for counted in ("reached", "own_stamp"):
        assert {role: s[counted] for role, s in steps.items()} == truth["as_exported"][counted]
    assert document["as_of"] == truth["as_exported"]["as_of"]


def test_the_range_of_every_step_holds_the_true_rate(document: Json, truth: Json) -> None:
    true = truth["estimands"]["all"]["steps"]
    estimates = {k: e for a in document["answers"].values() for k, e in a["estimates"].items()}
    for step, rates in true.items():
        assert estimates[step]["lower"] <= rates["expected"] <= estimates[step]["upper"], step
    days = estimates["median_days_to_customer"]
    assert days["lower"] <= truth["estimands"]["all"]["days_to_customer"]["expected"]["median"]


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        ("missing-channel:channel", "missing_channels"),
        ("repeated-contact:contact", "same_contact"),
        ("unknown-stage:stages", "unknown_stage"),
        ("negative-time:lead_to_mql", "negative_lags"),
    ],
)
def test_what_was_planted_is_found_as_often_as_it_was_planted(
    document: Json, truth: Json, name: str, planted: str
) -> None:
    counted = finding(document, name)["message"]["params"]["k"]["value"]
    assert counted == truth["planted"][planted]["count"]


def test_stamps_in_the_future_are_set_aside(document: Json, truth: Json) -> None:
    found = [f for f in document["findings"] if f["unit"] == "future-stamp"]
    counted = sum(f["message"]["params"]["k"]["value"] for f in found)
    assert counted == truth["planted"]["future_stamps"]["count"]


def test_the_late_beginning_of_a_stage_is_found_with_its_day(document: Json) -> None:
    params = finding(document, "late-recording:lead_to_pitched")["message"]["params"]
    assert params["first"] == {"day": "2023-06-01"}
    assert document["answers"]["Q4"]["estimates"]["pitched_to_sql"]["from"] == "2023-06-01"


def test_the_unknown_stage_is_named(document: Json, truth: Json) -> None:
    params = finding(document, "unknown-stage:stages")["detail"]["params"]
    assert params["stages"] == "Demo rescheduled"
    assert params["stages"] in truth["planted"]["unknown_stage"]["what"]
