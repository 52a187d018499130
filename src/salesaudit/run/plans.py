"""Plans as documents: the JSON of a campaign plan, and the past that the report plans with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from salesaudit.core.version import VERSION
from salesaudit.facts.base import Inputs
from salesaudit.planning.asked import Planned
from salesaudit.planning.campaign import SURE
from salesaudit.planning.inputs import Input
from salesaudit.planning.past import Past
from salesaudit.run.document import Words
from salesaudit.run.result import SCHEMA, PlanInputPart, PlansPart, rounded


def plans_part(inputs: Inputs) -> PlansPart:
    """The counts behind the rates of a plan, of all channels; what is not known is absent."""
    past = Past.of(inputs)
    found = {"reach": past.reach(), "close": past.close(), "margin": past.worth()}
    return PlansPart(inputs={name: _part(given) for name, given in found.items() if given})


def campaign_json(planned: Planned) -> str:
    """The plan as JSON; numbers to the document's significant digits."""
    plan, words = planned.plan, Words()
    campaign = plan.campaign
    given = {
        name: getattr(campaign, name) for name in ("leads", "reach", "close", "margin", "capacity")
    }
    notes = [words.message(note).model_dump(mode="json") for note in planned.notes]
    document = {
        "schema": SCHEMA,
        "version": VERSION,
        "plan": "campaign",
        "company": planned.company,
        "currency": planned.currency,
        "inputs": {name: _input(each) for name, each in given.items() if each is not None},
        "cost": campaign.cost,
        "floor": campaign.floor,
        "chance": plan.chance,
        "futures": plan.futures,
        "futures_reached": plan.futures_reached,
        "steps": [step._asdict() for step in plan.steps],
        "customers": {"value": plan.expected, "whole": plan.whole, **plan.customers._asdict()},
        "return": {
            "value": plan.returned,
            "expected": plan.returned_expected,
            **plan.returns._asdict(),
        },
        "pays_at": plan.pays_at,
        "floor_at": plan.floor_at,
        "most": {
            "chance": SURE,
            "sure": plan.most_sure,
            "expected": plan.most_expected,
            "chance_expected": plan.chance_expected,
        },
        "over": plan.over,
        "hangs_on": [
            {**h._asdict(), "customers": h.customers._asdict(), "returned": h.returned._asdict()}
            for h in plan.hinges
        ],
        "notes": notes,
        "texts": {key: text.model_dump() for key, text in words.gathered().items()},
    }
    return json.dumps(_rounded(document), ensure_ascii=False, indent=1) + "\n"


def _part(given: Input) -> PlanInputPart:
    return PlanInputPart(
        value=rounded(given.value) or 0.0,
        lower=rounded(given.lower),
        upper=rounded(given.upper),
        n=given.n or 0,
        x=given.x,
        phi=rounded(given.phi) or 1.0,
        rho=rounded(given.rho) or 0.0,
        variation=rounded(given.variation) or 0.0,
        basis=given.basis.value,
        from_=given.from_on,
    )


def _input(given: Input) -> dict[str, Any]:
    if given.exact:
        return {"value": given.value, "basis": given.basis.value}
    return _part(given).model_dump(mode="json", by_alias=True)


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return rounded(value) if isinstance(value, float) else value
