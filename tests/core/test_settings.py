"""Settings: what is wrong in them is told with file, line, and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import refused
from salesaudit.core.settings import Role
from salesaudit.core.settings_file import read_settings


@pytest.mark.parametrize(
    ("yaml", "line", "said"),
    [
        ("sources: [\n  - a: b\n", 2, "this is not YAML"),
        ("company: 'abc\n", 2, "this is not YAML"),
        ("company: x\n\tcurrency: THB\n", 2, "this is not YAML"),
        ("company: x\ncompany: y\n", 2, "duplicate key"),
        ("{a: ,{b: {c: d}}}\n", 1, "this is not YAML"),
        ("[" * 400, 1, "this is not YAML"),
        (b"\xff\xfe\x00\x01", 1, "not UTF-8"),
        ("company: x\ncurency: THB\n", 2, "Did you mean “currency”?"),
        ("sources:\n  - raed: a\n    into: leads\n", 2, "Did you mean “read”?"),
        (
            "sources:\n  - read: a\n    into: leads\n    columns:\n      lead_id: {colum: a}\n",
            5,
            "Did you mean “column”?",
        ),
        ("sources:\n  - into: leads\n", 2, "“read” is missing here. Add  read: ..."),
        ("\ntimezone: 7\n", 2, "“timezone” cannot be 7. Write a text."),
        ("timezone: Mars\n", 1, "There is no such time zone"),
        ("currency: baht\n", 1, "Write the ISO code of the currency"),
        ("sources: leads.csv\n", 1, "Write a list"),
        ("sources:\n", 1, "Write a list"),
        ("exchange_rates: {USD: cheap}\n", 1, "“USD” cannot be 'cheap'. Write a number."),
        (
            "exchange_rates: {USD: [{from: 2018, rate: 2}]}\n",
            1,
            "“from” cannot be 2018. Write a day",
        ),
        ("as_of: tomorrow\n", 1, "Write a day such as 2018-11-14"),
        ("fiscal_year_start: 13\n", 1, "Write a number up to 12"),
        ("fiscal_year_start: 0\n", 1, "Write a number from 1 on"),
        ("return_floor: 0\n", 1, "Write a number above 0"),
        ("names: maybe\n", 1, "Write one of 'show', 'hide'"),
        ("quotes: perhaps\n", 1, "Write true or false"),
        ("working_hours: {from: '9'}\n", 1, 'Write a time such as "09:00"'),
        ("customer_value: 3\n", 1, "Write it as key: value"),
        ("funnel: lead\n", 1, "List the stages in their order"),
        ("funnel: [lead]\n", 1, "at least two"),
        ("funnel: [lead, {x: y}]\n", 1, "There is no role y; the roles are visitor, lead"),
        ("funnel: [mql, lead]\n", 1, "The roles must follow the order"),
        ("funnel: [lead, lead]\n", 1, "lead stands in the funnel twice"),
        ("funnel: [{stage: A, rule: mql}, lead]\n", 1, "Write a stage as a name"),
        ("lost_stages: {lead: x}\n", 1, "a stage of the funnel and a lost stage"),
        (
            "sources:\n  - {read: a, into: leads, columns: {status: {value: 1, row: true}}}\n",
            2,
            "seen: value, row",
        ),
        (
            "sources:\n  - {read: a, into: leads, columns: {x: {column: a, map: {true: x}}}}\n",
            2,
            "Put true in quotes",
        ),
        (
            "sources:\n  - {read: a, into: leads, columns: {lead_id: {row: false}}}\n",
            2,
            "Write  row: true",
        ),
        ("company: !!python/object/apply:os.system ['exit']\n", 1, "Write a text"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, yaml: str | bytes, line: int, said: str
) -> None:
    told = refused(tmp_path, {"leads.csv": "lead_id\n1\n", "salesaudit.yaml": yaml})
    assert told.startswith(f"salesaudit.yaml, line {line}: ")
    assert said in told


def test_a_list_is_no_settings_file(tmp_path: Path) -> None:
    told = refused(tmp_path, {"leads.csv": "lead_id\n1\n", "salesaudit.yaml": "- a\n- b\n"})
    assert told.startswith("salesaudit.yaml: settings are expected as key: value")


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "salesaudit.yaml"
    path.write_text("# nothing yet\n")
    settings = read_settings(path)
    assert [stage.role for stage in settings.funnel] == list(Role)[1:]
    assert settings.timezone == "UTC"


def test_every_form_of_a_stage_is_read(tmp_path: Path) -> None:
    path = tmp_path / "salesaudit.yaml"
    path.write_text(
        "funnel:\n  - Contact: lead\n  - {stage: Fit, role: mql, label: {th: ผ่าน}}\n"
        "  - Somewhere\n  - customer\n",
        encoding="utf-8",
    )
    stages = read_settings(path).funnel
    assert [(s.name, s.role) for s in stages] == [
        ("Contact", "lead"), ("Fit", "mql"), ("Somewhere", None), ("customer", "customer")
    ]  # fmt: skip
    assert stages[1].label("th") == "ผ่าน"
    assert stages[1].label("en") == "Fit"
