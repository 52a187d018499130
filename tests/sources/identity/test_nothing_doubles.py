"""However often an export says a thing, and under whichever of its ids, it counts once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.shell import KEY, folder
from salesaudit import api
from salesaudit.run.result import AuditRun

LEADS, FIRST = 360, date(2023, 1, 2)
WINS = [n for n in range(LEADS) if n % 6 == 0]
SETTINGS = (
    "currency: USD\nas_of: 2024-03-31\nsources:\n"
    "  - {read: 'leads*.csv', into: leads, merged_ids: {column: Merged, split: ;}, "
    "columns: {lead_id: Id, created_at: Created, channel: Source, owner_id: Owner}}\n"
    "  - {read: events.csv, into: stage_events, "
    "columns: {lead_id: Lead, stage: Stage, entered_at: At}}\n"
    "  - {read: deals.csv, into: deals, columns: {deal_id: Deal, lead_id: Lead, rep_id: Owner, "
    "status: Status, created_at: Opened, closed_at: Closed, amount: Amount}}\n"
)

Name = Callable[[int], str]


def day(n: int, later: int = 0) -> str:
    return (FIRST + timedelta(days=n + later)).isoformat()


def leads(numbers: Iterator[int] | range, merged: Mapping[int, str]) -> str:
    head = "Id,Created,Source,Owner,Merged\n"
    return head + "".join(
        f"L{n},{day(n)},{'web' if n % 2 else 'fair'},R{n % 4},{merged.get(n, '')}\n"
        for n in numbers
    )


def events(name: Name) -> str:
    rows = [f"{name(n)},mql,{day(n, 2)}\n" for n in range(LEADS) if n % 2 == 0]
    rows += [f"{name(n)},pitched,{day(n, 5)}\n" for n in range(LEADS) if n % 3 == 0]
    return "Lead,Stage,At\n" + "".join(rows)


def deals(name: Name) -> str:
    """Each won lead has three deals: one lost, two won; every seventh has one that is lost."""
    rows = []
    for n in WINS:
        rows.append(f"D{n}a,{name(n)},R{n % 4},lost,{day(n, 6)},{day(n, 9)},999\n")
        rows.append(f"D{n}b,{name(n)},R{n % 4},won,{day(n, 6)},{day(n, 20)},100\n")
        rows.append(f"D{n}c,{name(n)},R{n % 4},won,{day(n, 30)},{day(n, 40)},10\n")
    lost = [n for n in range(LEADS) if n % 7 == 0 and n % 6]
    rows += [f"D{n}a,{name(n)},R{n % 4},lost,{day(n, 6)},{day(n, 15)},50\n" for n in lost]
    return "Deal,Lead,Owner,Status,Opened,Closed,Amount\n" + "".join(rows)


def audit(path: Path, files: Mapping[str, str]) -> AuditRun:
    given: dict[str, str | bytes] = {**files, "salesaudit.yaml": SETTINGS}
    return api.audit(folder(path, given))


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESAUDIT_HASH_KEY", KEY)


def once(tmp_path: Path) -> AuditRun:
    def name(n: int) -> str:
        return f"L{n}"

    files = {
        "leads.csv": leads(range(LEADS), {}), "events.csv": events(name), "deals.csv": deals(name)
    }  # fmt: skip
    return audit(tmp_path / "once", files)


def test_what_is_said_once_is_what_was_planted(tmp_path: Path) -> None:
    run = once(tmp_path)
    q5 = run.answers["Q5"].estimates
    lost = len(WINS) + len([n for n in range(LEADS) if n % 7 == 0 and n % 6])
    assert q5["deals_won"].value == 2 * len(WINS)
    assert q5["deals_lost"].value == lost
    assert q5["won_amount"].value == 110 * len(WINS)
    assert q5["lead_to_customer_observed"].value == pytest.approx(len(WINS) / LEADS)
    by_channel = run.answers["Q6"].tables["by_channel"]
    assert sum(row["leads"] for row in by_channel) == LEADS
    assert sum(row["won"] for row in by_channel) == len(WINS)


def test_merged_ids_and_repeated_rows_change_no_number(tmp_path: Path) -> None:
    def name(n: int) -> str:
        """Every fifth lead has a past under another id, and every tenth under a third."""
        return f"OLD{n}" if n % 10 == 5 else f"OLDER{n}" if n % 10 == 0 else f"L{n}"

    merged = {n: f"OLD{n};OLDER{n}" for n in range(LEADS) if n % 5 == 0}
    first, second = leads(range(200), merged), leads(range(150, LEADS), merged)
    left_over = "".join(f"OLD{n},{day(n, 1)},mail,R9,\n" for n in range(0, 100, 10))
    twice = deals(name)
    twice += "".join(twice.splitlines(keepends=True)[1:90])
    files = {
        "leads-a.csv": first + left_over, "leads-b.csv": second, "events.csv": events(name),
        "deals.csv": twice,
    }  # fmt: skip
    plain, doubled = once(tmp_path), audit(tmp_path / "doubled", files)
    for question, answer in plain.answers.items():
        again = doubled.answers[question]
        assert again.status == answer.status
        assert {k: (e.value, e.n) for k, e in again.estimates.items()} == {
            k: (e.value, e.n) for k, e in answer.estimates.items()
        }
        assert again.tables == answer.tables
    assert [step.reached for step in doubled.steps] == [step.reached for step in plain.steps]
