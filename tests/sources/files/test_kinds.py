"""A file is what its bytes say, whatever its name says; the same rows come out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cli.shell import LEADS, READ_LEADS, load, refused, run

TABLE = "<html><body><table><tr><td>lead_id</td></tr></table></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("leads.csv", LEADS, ""),
        ("leads.xlsx", LEADS, "a text file of lines"),
        ("leads.zip", LEADS, "a text file of lines"),
        ("leads.csv", gzip.compress(LEADS.encode()), "gzip"),
        ("leads.csv", json.dumps([{"lead_id": "L1", "created_at": "2024-01-05"}] * 2), "JSON"),
        ("leads.tsv", LEADS.replace(",", "\t").encode("utf-16-be"), ""),
        ("leads.txt.gz", gzip.compress(b"\xef\xbb\xbf" + LEADS.encode()), ""),
    ],
)
def test_the_bytes_tell_the_kind(tmp_path: Path, name: str, data: str | bytes, kind: str) -> None:
    loaded, ask = load(tmp_path, {name: data})
    [entry] = loaded.entries
    assert (entry.into, entry.refused) == ("leads", 0)
    assert ask("SELECT count(*) FROM w.leads") == [(1 if kind == "JSON" else 60,)]
    said = [str(n.params["kind"].en) for n in entry.notes if n.id == "files.is-kind"]
    assert said == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("leads.xls", TABLE, "is a web page or XML, which holds no table"),
        ("leads.csv", b"%PDF-1.7\n", "is a PDF, which holds no table"),
        ("leads.csv", b"7z\xbc\xaf\x27\x1c", "is an archive other than zip"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    tmp_path: Path, name: str, data: str | bytes, said: str
) -> None:
    told = refused(tmp_path, {name: data})
    assert said in told
    assert "as CSV (UTF-8) or as an Excel workbook" in told


def test_a_broken_line_of_json_stands_in_the_account(tmp_path: Path) -> None:
    lines = [json.dumps({"lead_id": f"L{i}", "created_at": "2024-01-05"}) for i in range(30)]
    lines[7] = lines[7][:-3]
    lines[9] = '{"lead_id": "L9", "created_at": "2024-01-05", "channel": {"name": "web"}}'
    loaded, ask = load(tmp_path, {"leads.jsonl": "\n".join(lines)})
    [entry] = loaded.entries
    assert (entry.read, entry.loaded, entry.refused) == (30, 29, 1)
    assert [(r.reason, r.line) for r in entry.reasons] == [("json", 8)]
    assert ask("SELECT channel FROM w.leads WHERE channel IS NOT NULL") == [('{"name":"web"}',)]
    assert ask("SELECT count(*) FROM w.leads WHERE lead_id = 'L8'") == [(1,)]


def test_a_select_sees_sheets_lists_and_members_by_their_names(tmp_path: Path) -> None:
    people = [{"lead_id": f"L{i}", "day": "2024-01-05"} for i in range(12)]
    settings = """sources:
  - read:
      select: SELECT p.lead_id, p.day, c.channel FROM people p JOIN channels c USING (lead_id)
    into: leads
    columns: {lead_id: lead_id, created_at: day, channel: channel}
"""
    channels = "lead_id,channel\n" + "".join(f"L{i},web\n" for i in range(12))
    files: dict[str, str | bytes] = {
        "crm.json": json.dumps({"people": people, "firms": [{"id": 1}]}),
        "channels.csv.gz": gzip.compress(channels.encode()),
        "salesaudit.yaml": settings,
    }
    loaded, ask = load(tmp_path, files)
    assert ask("SELECT count(*), count(channel) FROM w.leads") == [(12, 12)]
    assert {e.name for e in loaded.entries} >= {"crm.json#people", "channels.csv.gz"}


def test_one_bad_file_names_itself_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "leads.csv").write_text(LEADS)
    (tmp_path / "deals.parquet").write_bytes(b"PAR1" + bytes(50))
    (tmp_path / "salesaudit.yaml").write_text("sources:\n" + READ_LEADS)
    assert run("check", tmp_path).code == 0  # no source names it
    (tmp_path / "salesaudit.yaml").unlink()
    for language, word in (("en", "damaged or incomplete"), ("th", "เสียหายหรือไม่ครบ")):
        ended = run("check", tmp_path, "--lang", language)
        assert ended.code == 2
        assert "deals.parquet" in ended.err
        assert word in ended.err.replace("\n", "")
