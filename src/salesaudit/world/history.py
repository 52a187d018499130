"""What happened to a company's leads, to its end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.base import DAY, Flags, Floats, Times, Whole
from salesaudit.world.chances import Cases
from salesaudit.world.contents import Touches
from salesaudit.world.truth import Company


@dataclass(frozen=True)
class History:
    """One row per lead, in the order of creation; indices point into the company's tuples."""

    company: Company
    seed: int
    channel: Whole
    size: Whole
    country: Whole
    industry: Whole
    stage_at: Times  # (leads, stages), the whole path, also where the lead never comes that far
    reached: Whole  # stages that the lead reaches in the end, 1 to all
    chance: Floats  # (leads, steps), of moving on, given that it came so far
    rep: Whole  # who gets the lead when it is qualified
    automated: Flags  # qualified by a rule, not by a person
    lost_at: Times  # never, for customers
    loss_dated: Flags  # whether the CRM is told the day
    deal: Flags
    product: Whole
    amount: Floats
    usual: Floats  # (leads, steps), ``chance`` on average over the months that could have been
    month_rates: Floats  # (steps, channels, months), log-odds, as the months were
    burst: Whole  # 0: a usual lead; from 1: the burst that brought it
    heat: Floats  # hidden: no table shows it
    early: Flags  # handed over before it was ready
    waited: Whole  # seconds from the second stage until a rep began to work the lead
    untouched: Flags  # no rep ever worked the lead
    loss_kept: Flags  # whether the CRM is told of a loss at all
    loss_undated: Flags  # whether a lost deal stands there without its day
    touch: Touches  # of contents, stage by stage
    touched_at: Times  # of each touch
    first: int = 0  # leads that came before the first of these
    of: int = 0  # leads in all, where these are a part

    def __len__(self) -> int:
        return len(self.channel)

    @property
    def created_at(self) -> Times:
        """When each lead came."""
        return self.stage_at[:, 0]

    @property
    def customer(self) -> Flags:
        """Who becomes a customer in the end."""
        everything: Flags = self.reached == self.stage_at.shape[1]
        return everything

    @property
    def end(self) -> np.datetime64:
        """The first second after the company's last day."""
        return np.datetime64(self.company.last_day, "s") + np.timedelta64(DAY, "s")

    @property
    def lead_ids(self) -> NDArray[np.object_]:
        """The CRM's lead numbers."""
        numbers = range(self.first + 1, self.first + len(self) + 1)
        return np.array([f"L{number:06d}" for number in numbers], dtype=object)

    @property
    def cases(self) -> Cases:
        """What the chances hang on."""
        return Cases(
            self.channel, self.size, self.country, self.product, self.rep, self.burst, self.heat,
            self.early, self.waited, self.untouched,
        )  # fmt: skip
