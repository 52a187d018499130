"""The demo company, three times its usual size, and what is true of its records."""

from __future__ import annotations

from typing import Any

import pytest

from salesaudit.world.columns import Table
from salesaudit.world.companies import DEMO
from salesaudit.world.records.known import records_truth
from salesaudit.world.simulate import History, simulate
from salesaudit.world.tables import as_known


@pytest.fixture(scope="session")
def large() -> History:
    return simulate(DEMO, 60_000, 7)


@pytest.fixture(scope="session")
def tables(large: History) -> dict[str, Table]:
    return as_known(large)


@pytest.fixture(scope="session")
def truth(large: History, tables: dict[str, Table]) -> dict[str, Any]:
    return records_truth(large, tables)
