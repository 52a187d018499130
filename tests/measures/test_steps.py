"""Which steps are followed, from role to role and straight across stages without one."""

from __future__ import annotations

import pytest

from salesaudit.core.settings import Settings
from salesaudit.measures.steps import Step, steps
from warehouse.company import funnel

WHOLE = (
    Step("lead_to_mql", 1, 2),
    Step("lead_to_pitched", 1, 3),
    Step("lead_to_sql", 1, 4),
    Step("lead_to_customer", 1, 5),
    Step("mql_to_pitched", 2, 3),
    Step("pitched_to_sql", 3, 4),
    Step("sql_to_customer", 4, 5),
)


def test_the_default_funnel() -> None:
    assert steps(Settings()) == steps(Settings(), {1, 2, 3, 4, 5}) == WHOLE


def test_stages_that_are_not_recorded_are_bridged() -> None:
    assert steps(Settings(), {1, 2, 5}) == (
        Step("lead_to_mql", 1, 2),
        Step("lead_to_customer", 1, 5),
        Step("mql_to_customer", 2, 5),
    )
    assert steps(Settings(), {4, 5}) == (Step("sql_to_customer", 4, 5),)
    assert steps(Settings(), {5}) == ()


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (("mql", "customer"), (Step("lead_to_customer", 1, 2),)),
        (
            ("Contact", "demo", "sql", "offer", "Won=customer"),
            (
                Step("lead_to_sql", 1, 3),
                Step("lead_to_customer", 1, 5),
                Step("sql_to_customer", 3, 5),
            ),
        ),
        (
            ("Visit=visitor", "lead", "Won=customer"),
            (Step("lead_to_customer", 2, 3),),
        ),
        (("Contact", "demo"), ()),
    ],
)
def test_other_funnels(stages: tuple[str, ...], expected: tuple[Step, ...]) -> None:
    assert steps(funnel(*stages)) == expected
