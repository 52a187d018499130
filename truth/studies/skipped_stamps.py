"""Stamps of stages that leads went through and nobody entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np

from salesaudit.world.companies import COMPANIES
from truth.audits import audit_of, estimates_of, true_value
from truth.study import Case, Estimated, Study

PLAIN = "own stamps only"
STEPS = ("lead_to_mql", "mql_to_pitched", "pitched_to_sql", "sql_to_customer", "lead_to_customer")
SHARES = (0.02, 0.10, 0.30)
LEADS = 3_000


def skipped(share: float, rng: np.random.Generator) -> Iterable[Estimated]:
    """Rates of an audit whose data lacks a share of the stamps that leads have passed."""
    company = replace(COMPANIES["clean"], defects={"skipped_stamps": share})
    audited = audit_of(company, LEADS, int(rng.integers(1, 2**31)))
    found = estimates_of(audited)
    for name in STEPS:
        told = found[name]
        true = true_value(audited, name, told)
        if true is not None:
            yield Estimated(name, told["value"], told["lower"], told["upper"], true)
    stages = audited.document["steps"]
    for before, after in pairwise(stages):
        name = f"{before['role']}_to_{after['role']}"
        plain = after["own_stamp"] / before["own_stamp"]
        yield Estimated(f"{name}, {PLAIN}", plain, None, None, audited.truth.curve(name).final)


STUDY = Study(
    id="skipped-stamps",
    title="Skipped stamps",
    about="A share of the stamps of stages that leads went through is missing. A lead that skipped "
    "a stage has moved into it at its next later stamp, and takes no part in the step from it. "
    "Only those who moved on can be seen to have skipped, so the step from a stage loses "
    "converters alone: its rate lies low by about the share skipped times one minus the rate. "
    "Where others skip too, nobody can see it. Beside it the ratio of own stamps.",
    cases=tuple(
        Case(f"{share:.0%} of stamps skipped", partial(skipped, share), runs=5) for share in SHARES
    ),
)
