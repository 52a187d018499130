"""The companies by name: each can be made and audited, and is what its name says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from salesaudit import api
from salesaudit.core.settings_file import read_settings
from salesaudit.world import company_names, made, make_company
from salesaudit.world.canonical import canonical_files
from salesaudit.world.companies import COMPANIES

AUDITED = ("clean", "typical", "tiny", "dirty", "b2b_slow")
CANONICAL = tuple(name for name in company_names() if name != "sawasdee-software")


def test_the_names_are_those_of_the_guide() -> None:
    assert company_names() == (
        "sawasdee-software", "clean", "null", "typical", "leaking", "dirty", "moved_bar",
        "small", "tiny", "young", "b2b_slow", "undated_losses", "confounded",
    )  # fmt: skip
    for name, company in COMPANIES.items():
        assert company.id == name
        assert company.fewest <= company.leads


@pytest.mark.parametrize("name", CANONICAL)
def test_each_can_be_made_and_its_settings_read(name: str, tmp_path: Path) -> None:
    make_company(name, tmp_path, leads=COMPANIES[name].fewest)
    settings, company = read_settings(tmp_path / "salesaudit.yaml"), COMPANIES[name]
    assert (settings.company, settings.timezone) == (company.name, company.timezone)
    assert tuple(stage.name for stage in settings.funnel) == company.stages
    truth = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert set(truth["planted"]) == set(company.defects)
    assert truth["leads"] >= company.fewest


@pytest.mark.parametrize("name", AUDITED)
def test_an_audit_reads_every_record_and_no_unit_fails(name: str, tmp_path: Path) -> None:
    leads = 150 if name == "tiny" else 1_500
    document = json.loads(api.audit(make_company(name, tmp_path, leads=leads)).to_json())
    truth = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert {answer["status"] for answer in document["answers"].values()} <= {
        "answered", "partial", "unanswerable", "withheld",
    }  # fmt: skip
    assert "failed" not in {part["status"] for part in document["components"].values()}
    for source in document["sources"]:
        counts = {key: source[key] for key in ("read", "refused", "merged", "blank", "rows")}
        assert counts == truth["files"][source["name"]], source["name"]
    steps = {step["role"]: step for step in document["steps"]}
    for counted in ("reached", "own_stamp"):
        assert {role: s[counted] for role, s in steps.items()} == truth["as_exported"][counted]
    for finding in document["findings"]:
        assert finding["unit"] not in DATA_FINDINGS or name in {"typical", "dirty", "tiny"}, finding


DATA_FINDINGS = {"missing-channel", "negative-time", "repeated-contact", "skipped-stage"}


def test_where_nothing_differs_nothing_does() -> None:
    history = made("null", 2_000).history
    assert np.ptp(history.chance, axis=0) == pytest.approx([0, 0, 0, 0], abs=1e-12)


def test_the_slow_one_takes_120_days_at_the_median() -> None:
    assert made("b2b_slow").truth.lead_to_customer.quantile(0.5) == pytest.approx(120, abs=6)


def test_times_are_written_as_utc_also_where_clocks_change() -> None:
    spoilt = made("b2b_slow", 500).spoilt
    leads = canonical_files(spoilt.company, spoilt.tables)[0]
    write = next(field.write for field in leads.fields if field.column == "created_at")
    local = np.array(["2024-01-15T12:00:00", "2024-07-15T12:00:00", "NaT"], "datetime64[s]")
    assert write(local) == ["2024-01-15T11:00:00Z", "2024-07-15T10:00:00Z", ""]


def found(path: Path) -> dict[str, Any]:
    return {file.name: file.read_bytes() for file in path.iterdir()}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_company("typical", tmp_path / name, leads=400, seed=7)
    assert found(tmp_path / "one") == found(tmp_path / "two")
