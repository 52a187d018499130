"""What a path may name, and what is told where it names nothing that can be read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cli.shell import DEALS, LEADS, READ_LEADS, folder, load, refused, run

PACKED = gzip.compress(LEADS.encode())


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "holds no export"),
        ({"readme.md": "x"}, "holds no export"),
        ({"leads.csv": ""}, "leads.csv is empty"),
        ({"leads.csv": "\ufeff"}, "leads.csv is empty"),
        ({"leads.csv": "lead_id,created_at\n"}, "No lead and no deal came out of"),
        ({"x.csv": "foo,bar\n1,2\n3,4\n"}, "Seen: x.csv (foo, bar)"),
        ({"leads.csv": "lead_id,channel\nL1,web\n"}, "No date of anything that happened"),
        ({"leads.csv.gz": PACKED[:-20]}, "damaged or incomplete"),
        ({"leads.csv.gz": PACKED[:-8]}, "damaged or incomplete"),
        ({"leads.csv": PACKED[:-8]}, "damaged or incomplete"),
    ],
    ids=[
        "empty folder", "no export", "empty file", "byte order mark", "header only", "unrecognised",
        "no date", "cut", "no checksum", "cut and misnamed",
    ],
)  # fmt: skip
def test_a_folder_that_cannot_be_read_is_told_in_one_sentence(
    tmp_path: Path, files: dict[str, str | bytes], said: str
) -> None:
    assert said in refused(tmp_path, files)


@pytest.mark.parametrize(
    ("path", "said"),
    [("nope", "There is no "), ("x" * 5000, "There is no "), ("/dev/null", "neither a folder")],
)
def test_a_path_that_names_nothing_is_told(tmp_path: Path, path: str, said: str) -> None:
    for verb in ("audit", "check"):
        ended = run(verb, tmp_path / path)
        assert ended.code == 2
        assert said in ended.err
        assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "{read: nope.csv, into: leads, columns: {lead_id: x}}",
            "line 2: there is no file nope.csv",
        ),
        (
            "{read: ../leads.csv, into: leads, columns: {lead_id: x}}",
            "there is no file ../leads.csv",
        ),
        ("{read: /etc/passwd, into: leads, columns: {lead_id: x}}", "there is no file /etc/passwd"),
        ("{read: '', into: leads, columns: {lead_id: x}}", "there is no file"),
        ("{read: leads.csv, into: laeds, columns: {lead_id: x}}", "The nearest is “leads”"),
        ("{read: leads.csv, into: leads, columns: {lead_id: x, chanel: y}}", "is “channel”"),
        (
            "{read: leads.csv, into: leads, stages: {mql: x}, columns: {lead_id: x}}",
            "stages: fills stage_events",
        ),
    ],
)
def test_a_source_that_names_what_is_not_there_is_told_with_its_line(
    tmp_path: Path, source: str, said: str
) -> None:
    files = {"leads.csv": LEADS, "salesaudit.yaml": f"sources:\n  - {source}\n"}
    told = refused(tmp_path, files)
    assert told.startswith("salesaudit.yaml, line 2: ")
    assert said in told


def test_a_glob_unites_files_by_the_names_of_their_columns(tmp_path: Path) -> None:
    settings = "sources:\n" + READ_LEADS.replace("leads.csv", "'l*.csv'").replace(
        "channel: channel", "channel: channel, country: land"
    )
    more = "channel,land,lead_id,created_at\nweb,TH,M1,2024-05-05\nweb,DE,M2,2024-05-06\n"
    loaded, ask = load(tmp_path, {"l1.csv": LEADS, "l2.csv": more, "salesaudit.yaml": settings})
    assert [(e.name, e.rows) for e in loaded.entries] == [("l1.csv", 60), ("l2.csv", 2)]
    assert ask("SELECT count(*), count(country), count(channel) FROM w.leads") == [(62, 2, 62)]


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    settings = "sources:\n" + READ_LEADS.replace("leads.csv", "'*/leads.csv'")
    files = {
        "a/leads.csv": LEADS + "L99,soon,web\n",
        "b/leads.csv": "lead_id,created_at,channel\nM1,2024-05-05,web\n",
        "salesaudit.yaml": settings,
    }
    loaded, _ = load(tmp_path, files)
    assert [(e.name, e.rows, e.refused) for e in loaded.entries] == [
        ("a/leads.csv", 60, 1), ("b/leads.csv", 1, 0)
    ]  # fmt: skip


def test_a_single_export_is_read_alone(tmp_path: Path) -> None:
    folder(tmp_path, {"leads.csv": LEADS, "deals.csv": DEALS})
    ended = run("ingest", tmp_path / "deals.csv", "--into", tmp_path / "warehouse")
    assert ended.code == 0
    assert ended.out.startswith("30 records read, 30 loaded, 0 refused.")


def test_nul_bytes_and_a_record_cut_in_a_quoted_field_are_accounted_for(tmp_path: Path) -> None:
    torn = LEADS.replace("web", "w\0eb") + 'L90,2024-01-05,"we'
    loaded, ask = load(tmp_path, {"leads.csv": torn})
    [entry] = loaded.entries
    assert (entry.read, entry.loaded, entry.refused) == (61, 60, 1)
    assert [(r.reason, r.line) for r in entry.reasons] == [("quote", 62)]
    assert "files.nuls" in {note.id for note in entry.notes}
    assert sorted(ask("SELECT DISTINCT channel FROM w.leads")) == [("mail",), ("web",)]
