"""Free capacity: how many more leads a week the team could take on at its present care per lead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from salesaudit.core.settings import Settings
from salesaudit.facts.base import Fact, Inputs
from salesaudit.facts.recording import Recording, recording
from salesaudit.measures.arrivals import arrivals
from salesaudit.measures.lead_work import LeadWork, lead_work
from salesaudit.measures.present_reps import present_reps
from salesaudit.measures.work import last_weeks

WEEKLY_HOURS = 40.0  # of a rep whose hours are not given
FEWEST_WEEKS = 4  # fewer say too little of what the team does now
MOSTLY = 0.5  # of the activities need their minutes


class FreeCapacity(NamedTuple):
    """Hours of the team and what they are spent on; ``missing`` says why it is not known."""

    missing: str | None = None  # reps, activities, minutes, leads
    leads_per_week: float = 0.0  # that could be worked beside those of today
    reps: int = 0
    hours: float = 0.0  # a week for leads
    busy: float = 0.0  # of them, hours of lead work a week now
    minutes_per_lead: float = 0.0
    share: float = 0.0  # of the week that is for leads
    weeks: int = 0  # that the work was counted in


def _compute(inputs: Inputs, settings: Settings) -> FreeCapacity:
    """Minutes per lead is all lead work of some weeks over the leads that arrived in them."""
    teams = inputs[present_reps]
    reps = sum(team.reps for team in teams)
    if not reps:
        return FreeCapacity("reps")
    weeks = _weeks(inputs.fact(recording), settings)
    work = [row for row in inputs[lead_work] if row.week in weeks]
    if len(weeks) < FEWEST_WEEKS or not work:
        return FreeCapacity("activities")
    minutes = _minutes(work)
    if minutes is None:
        return FreeCapacity("minutes")
    days = {week + timedelta(days=i) for week in weeks for i in range(7)}
    leads = sum(row.leads for row in inputs[arrivals] if row.day in days)
    if not leads:
        return FreeCapacity("leads")
    without = reps - sum(team.with_hours for team in teams)
    week = sum(float(team.hours or 0) for team in teams) + without * WEEKLY_HOURS
    hours, busy = week * settings.share_for_leads, minutes / len(weeks) / 60
    return FreeCapacity(
        leads_per_week=max(hours - busy, 0.0) * 60 / (minutes / leads),
        reps=reps,
        hours=hours,
        busy=busy,
        minutes_per_lead=minutes / leads,
        share=settings.share_for_leads,
        weeks=len(weeks),
    )


def _weeks(known: Recording, settings: Settings) -> set[date]:
    """Full weeks in which leads and activities were on record all along."""
    spans = [known.span("activities", "done_at"), known.leads]
    return {
        week
        for week in last_weeks(settings.until)
        if all(s and s.first <= week and week + timedelta(days=4) <= s.last for s in spans)
    }


def _minutes(work: list[LeadWork]) -> float | None:
    """Minutes of all activities; those without are taken to be as long as the others."""
    done, timed = sum(row.activities for row in work), sum(row.timed for row in work)
    took = float(sum(row.minutes for row in work if row.minutes is not None))
    return took * done / timed if timed >= MOSTLY * done and took > 0 else None


free_capacity = Fact(
    name="free_capacity",
    inputs=(arrivals, lead_work, present_reps, recording),
    compute=_compute,
)
