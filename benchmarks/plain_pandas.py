"""What an analyst would write in pandas for the same exports: the benchmark's other side.

Plain counts only: no ranges, no allowance for leads still under way, no account of refused rows, no
evidence. It reads three of the files, the least that the six questions need.

    python benchmarks/plain_pandas.py FOLDER
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import pandas as pd

STAGES = ["MQL", "Pitched", "SQL", "Customer"]
CLOCK = "%d/%m/%Y %H:%M"


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    leads = pd.read_csv(folder / "leads.csv", dtype=str, on_bad_lines="skip")
    leads = leads[leads["RecordType"] != "ทดสอบ"].drop_duplicates("Lead No")
    leads["created"] = pd.to_datetime(leads["วันที่สร้าง"], format=CLOCK, errors="coerce")
    events = pd.read_csv(folder / "stage_history.csv", dtype=str, on_bad_lines="skip")
    events["entered"] = pd.to_datetime(events["Entered At"], errors="coerce")
    deals = pd.read_csv(folder / "deals.csv", dtype=str, on_bad_lines="skip")
    deals["closed"] = pd.to_datetime(deals["Closed Date"], format=CLOCK, errors="coerce")
    money = deals["Amount (THB)"].str.replace(r"[^\d.]", "", regex=True)
    deals["amount"] = pd.to_numeric(money, errors="coerce")
    return leads, events, deals


def audit(leads: pd.DataFrame, events: pd.DataFrame, deals: pd.DataFrame) -> dict[str, object]:
    stamps = events[events["Stage"].isin(STAGES)].pivot_table(
        index="Lead No", columns="Stage", values="entered", aggfunc="min"
    )
    table = leads.set_index("Lead No").join(stamps)
    table["month"] = table["created"].dt.to_period("M")
    reached = {"lead": len(table), **{stage: int(table[stage].notna().sum()) for stage in STAGES}}
    days = (table["Customer"] - table["created"]).dt.days
    won = deals[deals["Status"] == "Closed Won"]
    steps = zip(["lead", *STAGES], STAGES, strict=False)
    return {
        "leads_per_month": float(table.groupby("month").size().mean()),
        "rates": {f"{a} to {b}": reached[b] / reached[a] for a, b in steps},
        "by_channel": table.groupby("ช่องทาง")[STAGES].count().to_dict(),
        "by_month": {
            str(k): v for k, v in table.groupby("month")[STAGES].count().T.to_dict().items()
        },
        "median_days": float(days.median()),
        "median_days_by_channel": days.groupby(table["ช่องทาง"]).median().to_dict(),
        "won": len(won),
        "lost": int((deals["Status"] == "Closed Lost").sum()),
        "won_amount": float(won["amount"].sum()),
        "won_by_month": {
            str(k): int(v) for k, v in won.groupby(won["closed"].dt.to_period("M")).size().items()
        },
    }


def main() -> None:
    folder = Path(sys.argv[1])
    start = time.perf_counter()
    tables = read(folder)
    loaded = time.perf_counter()
    audit(*tables)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"load": loaded - start, "count": done - loaded, "whole": done - start,
                      "peak_mb": peak}))  # fmt: skip


if __name__ == "__main__":
    main()
