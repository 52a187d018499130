"""Files that do not name their columns: asked about, and read once the settings name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import load, refused

ROWS = "".join(f"L{i}{{0}}2024-03-{1 + i % 28:02d}{{0}}web\n" for i in range(30))
READ = """sources:
  - read: leads.csv
    header: {names}
    into: leads
    columns: {{lead_id: {key}, created_at: {day}}}
"""


def test_a_file_without_a_header_is_asked_about(tmp_path: Path) -> None:
    said = refused(tmp_path, {"leads.csv": ROWS.format(",")})
    assert "the first one looks like data: L0,2024-03-01,web" in said
    assert "header: [name, name]" in said


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_named_columns_keep_the_first_record(tmp_path: Path, separator: str) -> None:
    settings = READ.format(names="[id, day, channel]", key="id", day="day")
    loaded, ask = load(tmp_path, {"leads.csv": ROWS.format(separator), "salesaudit.yaml": settings})
    assert loaded.entries[0].read == 30
    assert ask("SELECT lead_id, created_at::DATE::TEXT FROM w.leads LIMIT 1") == [
        ("L0", "2024-03-01")
    ]


def test_one_name_takes_whole_lines_for_expressions(tmp_path: Path) -> None:
    settings = READ.format(
        names="[line]", key='{sql: "substr(line, 1, 4)"}', day='{sql: "substr(line, 6, 8)"}'
    )
    wide = "".join(f'{i:04d} 202403{1 + i % 28:02d}  "{i}, x\n' for i in range(30))
    _, ask = load(tmp_path, {"leads.csv": wide, "salesaudit.yaml": settings})
    assert ask("SELECT count(*), min(lead_id), max(created_at)::DATE::TEXT FROM w.leads") == [
        (30, "0000", "2024-03-28")
    ]


def test_a_line_of_another_width_is_refused(tmp_path: Path) -> None:
    settings = READ.format(names="[id, day, channel]", key="id", day="day")
    text = ROWS.format(",") + "L99,2024-03-01\n"
    loaded, _ = load(tmp_path, {"leads.csv": text, "salesaudit.yaml": settings})
    [entry] = loaded.entries
    assert (entry.read, entry.loaded, entry.reasons[0].reason) == (31, 30, "fields")
    assert entry.reasons[0].line == 31


def test_separators_trail_behind_the_last_column_that_has_a_name(tmp_path: Path) -> None:
    text = "Channel;Spend;;;\nWeb;100;;;\nMail;20;;;\n"
    settings = """sources:
  - read: spend.csv
    into: spend
    columns: {spent_on: {value: "2024-01-01"}, channel: Channel, amount: Spend}
as_of: 2024-02-01
"""
    _, ask = load(tmp_path, {"spend.csv": text, "salesaudit.yaml": settings})
    assert ask("SELECT sum(amount)::INT FROM w.spend") == [(120,)]


def test_a_title_above_such_a_table_is_still_a_title(tmp_path: Path) -> None:
    text = "Report;;;;\nChannel;Spend;Day;;\nWeb;100;2024-01-05;;\nMail;20;2024-01-06;;\n"
    settings = """sources:
  - read: spend.csv
    into: spend
    columns: {spent_on: Day, channel: Channel, amount: Spend}
as_of: 2024-02-01
"""
    _, ask = load(tmp_path, {"spend.csv": text, "salesaudit.yaml": settings})
    assert ask("SELECT sum(amount)::INT FROM w.spend") == [(120,)]
