"""A company described as YAML: read as it was written, and mistakes told with their line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from salesaudit.core.errors import SettingsError
from salesaudit.world import company_names, make_company
from salesaudit.world.companies import COMPANIES
from salesaudit.world.description import company_text, read_company
from salesaudit.world.truth import Burst, Leak

DESCRIBED = """\
like: clean
name: Juniper Logistics
currency: GBP
last_day: 2025-06-30
shocks:
  rate: 0.2
leaks:
  - {role: sql, factor: 0.6, channel: Website, since: 2025-01-01}
bursts:
  - channel: LINE
    first_day: 2025-02-03
    days: 14
    times: 2
    rate: 0.03
defects:
  negative_lags: 0.01
losses:
  dated: 0.8
"""


def described(folder: Path, text: str) -> Path:
    path = folder / "juniper.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_not_said_is_as_in_the_company_that_it_is_like(tmp_path: Path) -> None:
    company, plain = read_company(described(tmp_path, DESCRIBED)), COMPANIES["clean"]
    assert company == replace(
        plain,
        id="juniper",
        name="Juniper Logistics",
        currency="GBP",
        last_day=date(2025, 6, 30),
        shocks=replace(plain.shocks, rate=0.2),
        leaks=(Leak("sql", 0.6, channel="Website", since=date(2025, 1, 1)),),
        bursts=(Burst("LINE", date(2025, 2, 3), 14, 2.0, 0.03),),
        defects={"negative_lags": 0.01},
        losses=replace(plain.losses, dated=0.8),
    )


@pytest.mark.parametrize("name", company_names())
def test_every_company_can_be_written_down_and_read_again(name: str, tmp_path: Path) -> None:
    company = replace(COMPANIES[name], exports="canonical")
    assert read_company(described(tmp_path, company_text(company))) == company


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("like: clean\nleeks: []\n", r"juniper.yaml, line 2: there is no setting “leeks”.*“leaks”"),
        ("like: nobody\n", r"line 1: there is no company called nobody to be like.*clean"),
        ("shocks:\n  rat: 0.2\n", r"line 2: there is no setting “rat”.*“rate”"),
        ("leads: many\n", r"line 1: “leads” cannot be 'many'"),
        (
            "name: X\nleaks:\n  - {role: sql, factor: 0.6, channel: Wobsite}\n",
            r"line 3: channel names “Wobsite”.*Website",
        ),
        ("defects:\n  typos: 0.1\n", r"line 2: defects names “typos”.*negative_lags"),
        ("timezone: Mars/Olympus\n", r"line 1: timezone names “Mars/Olympus”"),
        ("last_day: 2020-01-01\n", r"line 1: the last day, 2020-01-01, is not after the first"),
        (
            "steps:\n  - {stage: Customer, role: customer, spread: 0.9}\n",
            r"“Social ads” has 4 rates, and the company has 1 steps",
        ),
        (
            "leaks:\n  - {role: sql, factor: -1}\n",
            r"line 2: factor is -1, outside its range.*above 0",
        ),
        ("exports: own\n", r"line 1: exports names “own”.*canonical"),
        ("reps: []\n", r"“Small firms”|sizes|team"),
        ("[1, 2]\n", r"key: value"),
        ("name: [\n", r"this is not YAML"),
    ],
)
def test_mistakes_are_told_with_their_line(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=said):
        read_company(described(tmp_path, text))


def test_a_team_must_have_somebody_on_every_day(tmp_path: Path) -> None:
    text = (
        "sizes: [{name: all, share: 1, team: One, amount: 1, log_odds: 0}]\n"
        "reps:\n"
        "  - {rep_id: R1, name: A, team: One, role: Sales, hired_on: 2020-01-01, skill: 0,\n"
        "     share: 1, left_on: 2024-05-31}\n"
    )
    with pytest.raises(SettingsError, match="line 2: on 2024-06-01 nobody of the team “One”"):
        read_company(described(tmp_path, text))


def test_a_description_is_made_and_says_itself_in_the_truth(tmp_path: Path) -> None:
    path = described(tmp_path, DESCRIBED)
    made = make_company(str(path), tmp_path / "made", leads=300)
    truth = json.loads((made / "truth.json").read_text("utf-8"))
    assert truth["company"] == "juniper"
    assert truth["parameters"]["leaks"][0]["channel"] == "Website"
    assert set(truth["planted"]) == {"negative_lags"}


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"There is no file .*nothing.yaml.*one of: sawasdee"):
        make_company(str(tmp_path / "nothing.yaml"), tmp_path)
