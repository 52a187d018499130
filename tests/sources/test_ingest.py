"""Ingest: every record is accounted for, and nothing but a told mistake stops it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.shell import DEALS, KEY, LEADS, READ_DEALS, READ_LEADS, folder, load, refused
from salesaudit import api
from salesaudit.core.errors import SalesAuditError

EVENTS = "lead_id,stage,entered_at\n" + "".join(
    f"L{i},{stage},2024-{1 + i % 12:02d}-{1 + i % 27:02d}\n"
    for i in range(30)
    for stage in ("MQLs", "Zork")
)
SMALL_LEADS = "lead_id,created_at,channel\n" + "".join(
    f'L{i},2024-01-{i + 1:02d},"we,b"\n' for i in range(12)
)
SMALL_DEALS = "deal_id,lead_id,status,closed_at,amount\n" + "".join(
    f'D{i},L{i},won,{i + 1:02d}/03/2024,"1,{i}00.50"\n' for i in range(14)
)
SMALL_SETTINGS = (
    "currency: USD\nsources:\n"
    + READ_LEADS.replace("channel: channel", "channel: {column: channel, map: {'': none}}")
    + READ_DEALS
)


def test_the_same_row_twice_is_merged_and_contradicting_ones_are_refused_both(
    tmp_path: Path,
) -> None:
    text = LEADS + "L3,2024-04-04,web\nL4,2024-05-05,mail\nL5,2024-06-06,other\n"
    loaded, ask = load(tmp_path, {"leads.csv": text})
    [entry] = loaded.entries
    assert (entry.read, entry.loaded, entry.refused) == (63, 61, 2)
    assert (entry.rows, entry.merged, entry.blank) == (59, 2, 0)
    assert ask("SELECT line, value, reason FROM w.refused ORDER BY line") == [
        (7, "L5", "contradicting_key"), (64, "L5", "contradicting_key")
    ]  # fmt: skip
    assert ask("SELECT count(*) FROM w.leads WHERE lead_id = 'L5'") == [(0,)]


def test_a_file_mapped_twice_into_one_table_says_everything_again(tmp_path: Path) -> None:
    files = {"leads.csv": LEADS, "salesaudit.yaml": f"sources:\n{READ_LEADS}{READ_LEADS}"}
    loaded, ask = load(tmp_path, files)
    assert [(e.rows, e.merged) for e in loaded.entries] == [(60, 0), (0, 60)]
    assert ask("SELECT count(*) FROM w.leads") == [(60,)]


def test_a_file_may_fill_two_tables(tmp_path: Path) -> None:
    more = (
        "  - {read: leads.csv, into: activities, "
        "columns: {activity_id: lead_id, done_at: created_at, kind: {value: call}}}\n"
    )
    loaded, _ = load(
        tmp_path, {"leads.csv": LEADS, "salesaudit.yaml": f"sources:\n{READ_LEADS}{more}"}
    )
    assert [(e.into, e.rows) for e in loaded.entries] == [("leads", 60), ("activities", 60)]


def test_two_files_complete_each_other_or_contradict_each_other(tmp_path: Path) -> None:
    more = "  - {read: l2.csv, into: leads, columns: {lead_id: id, country: land, channel: ch}}\n"
    second = "id,land,ch\nL1,TH,\nL2,DE,zzz\nL77,FR,web\n,,\n,US,web\n"
    files = {
        "leads.csv": LEADS,
        "l2.csv": second,
        "salesaudit.yaml": f"sources:\n{READ_LEADS}{more}",
    }
    loaded, ask = load(tmp_path, files)
    assert [(e.read, e.refused, e.rows, e.merged) for e in loaded.entries] == [
        (60, 1, 59, 0), (5, 3, 1, 1)
    ]  # fmt: skip
    assert ask("SELECT channel, country FROM w.leads WHERE lead_id = 'L1'") == [("web", "TH")]
    assert ask("SELECT count(*) FROM w.leads WHERE lead_id = 'L2'") == [(0,)]


def test_a_record_that_says_nothing_of_a_table_is_blank(tmp_path: Path) -> None:
    text = "lead_id,created_at,channel,opp\n" + "".join(
        f"L{i},2024-01-{1 + i % 27:02d},web,{f'D{i}' if i % 3 == 0 else ''}\n" for i in range(30)
    )
    deals = "  - {read: leads.csv, into: deals, columns: {deal_id: opp, status: {value: open}}}\n"
    loaded, _ = load(
        tmp_path, {"leads.csv": text, "salesaudit.yaml": f"sources:\n{READ_LEADS}{deals}"}
    )
    assert [(e.loaded, e.rows, e.blank) for e in loaded.entries] == [(30, 30, 0), (30, 10, 20)]


def test_too_many_refused_records_stop_the_load_until_that_is_accepted(tmp_path: Path) -> None:
    text = "lead_id,created_at,channel\n" + "".join(
        f"{f'L{i}' if i % 5 else ''},2024-01-{1 + i % 27:02d},web\n" for i in range(700)
    )
    said = refused(tmp_path / "asked", {"leads.csv": text})
    assert "140 of 700 records would be lost" in said
    assert "accept_refused: 0.21" in said
    accepted = f"sources:\n{READ_LEADS}".replace("columns", "accept_refused: 0.21, columns")
    loaded, _ = load(tmp_path / "said", {"leads.csv": text, "salesaudit.yaml": accepted})
    assert loaded.entries[0].refused == 140


def test_stages_of_which_the_funnel_knows_none_are_asked_about(tmp_path: Path) -> None:
    said = refused(tmp_path, {"leads.csv": LEADS, "stage_events.csv": EVENTS})
    assert "None of the 60 stage events is at a stage of the funnel" in said
    assert "Name “MQLs” as the funnel does (the nearest is “mql”)" in said


def test_stages_of_which_the_funnel_knows_one_are_loaded(tmp_path: Path) -> None:
    files = {"leads.csv": LEADS, "stage_events.csv": EVENTS + "L1,mql,2024-03-04\n"}
    _, ask = load(tmp_path, files)
    assert ask("SELECT count(*) FROM w.stage_events") == [(61,)]


def test_names_of_sql_and_html_are_only_names(tmp_path: Path) -> None:
    names = ["'); DROP TABLE leads; --", '<script>alert("x")</script>', '=HYPERLINK("x")', "a\"b'c"]
    rows = "".join(
        f'"{n.replace(chr(34), chr(34) * 2)}",2024-01-05,"{n.replace(chr(34), chr(34) * 2)}"\n'
        for n in names
    )
    _, ask = load(tmp_path, {"leads.csv": f"lead_id,created_at,channel\n{rows}"})
    assert sorted(ask("SELECT lead_id, channel FROM w.leads")) == sorted((n, n) for n in names)


def test_rows_and_files_in_another_order_give_the_same_tables(tmp_path: Path) -> None:
    header, *rows = LEADS.splitlines(keepends=True)
    _, ask = load(tmp_path / "a", {"leads.csv": LEADS, "deals.csv": DEALS})
    turned = header + "".join(reversed(rows))
    _, again = load(tmp_path / "b", {"a.csv": DEALS, "leads.csv": turned})
    for table in ("leads", "deals", "journeys", "funnel_stages"):
        query = f"SELECT * FROM w.{table} ORDER BY ALL"
        assert ask(query) == again(query)


def changed(text: str) -> st.SearchStrategy[bytes]:
    """The bytes of a text with some of them cut out, doubled, or replaced."""
    whole = text.encode()
    place = st.integers(0, len(whole))
    junk = st.sampled_from(
        [
            b"",
            b"\n",
            b'"',
            b",",
            b"\r",
            b"\0",
            b"\xff",
            b"\xe0\xb8",
            b"{",
            b": ",
            b"- ",
            b"'",
            b"9" * 30,
            b"#",
        ]
    )
    edit = st.tuples(place, st.integers(0, 12), junk)

    def apply(edits: list[tuple[int, int, bytes]]) -> bytes:
        text = whole
        for start, length, new in edits:
            text = text[:start] + new + text[start + length :]
        return text

    return st.lists(edit, min_size=1, max_size=3).map(apply)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(changed(SMALL_LEADS), changed(SMALL_DEALS))
def test_damaged_exports_load_with_an_account_or_are_told(leads: bytes, deals: bytes) -> None:
    loads_or_tells({"leads.csv": leads, "deals.csv": deals, "salesaudit.yaml": SMALL_SETTINGS})


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(changed(SMALL_SETTINGS))
def test_damaged_settings_are_understood_or_told(yaml: bytes) -> None:
    loads_or_tells({"leads.csv": SMALL_LEADS, "deals.csv": SMALL_DEALS, "salesaudit.yaml": yaml})


def loads_or_tells(files: dict[str, str | bytes]) -> None:
    with (
        tempfile.TemporaryDirectory() as place,
        mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": KEY}),
    ):
        path = folder(Path(place) / "exports", files)
        try:
            loaded = api.ingest(path, Path(place) / "warehouse")
        except SalesAuditError:
            return
        for entry in loaded.entries:
            assert entry.read == entry.loaded + entry.refused
            if entry.into != "(select)":
                assert entry.loaded == entry.rows + entry.merged + entry.blank
