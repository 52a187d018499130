"""Every estimate of whole audits, company by company."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

import numpy as np

from salesaudit.world.expected import Average
from truth.audits import audit_of, compared
from truth.study import Case, Required, Study, Trial


class Preset(NamedTuple):
    """A company to be audited over and over, and where its ranges must hold the truth."""

    company: str
    about: str
    leads: int = 2_000
    least: float = 0.90
    average: Average = "usual"  # the truth: over all months that could have been, or as they were
    runs: int = 6
    missed: str = ""


SKIPPED = (
    "15 % of its stamps were skipped; the steps from a skipped stage come out low, and are "
    "answered in part"
)
PRESETS = (
    Preset("clean", "nothing wrong, channels and people differ", runs=16),
    Preset("null", "nothing differs at all"),
    Preset("typical", "months, heat, a leak, a burst, usual dirt", average="as it was"),
    Preset("dirty", "every kind of defect", missed=SKIPPED),
    Preset("small", "300 leads", leads=300),
    Preset("young", "seven months"),
    Preset("b2b_slow", "median 120 days"),
    Preset("undated_losses", "losses without a day"),
    Preset("confounded", "hidden heat"),
)


def audited(preset: Preset, rng: np.random.Generator) -> Iterable[Trial]:
    """One company of the kind, and every estimate of its audit that has a true value."""
    seed = int(rng.integers(1, 2**31))
    return compared(audit_of(preset.company, preset.leads, seed, preset.average))


STUDY = Study(
    id="whole-audits",
    title="Whole audits",
    about="Companies are made, written as exports, loaded and audited; each estimate of the "
    "document is set beside its true value. Rates called final are held to the final rate, others "
    "to the rate within their horizon. Ranges of several horizons, people or channels of one "
    "company go together, so their Monte Carlo error is larger than the one shown.",
    cases=tuple(
        Case(
            f"{preset.company}: {preset.about}", partial(audited, preset),
            (Required("cover", preset.least, 0.999),), runs=preset.runs, every=True,
            missed=preset.missed,
        )
        for preset in PRESETS
    ),
)  # fmt: skip
