"""The demo company: one history to reckon with, one folder to read."""

from __future__ import annotations

import pytest

from salesaudit.world import make_company
from salesaudit.world.companies import DEMO
from salesaudit.world.simulate import History, simulate
from world.demo_folder import Folder, read


@pytest.fixture(scope="session")
def history() -> History:
    return simulate(DEMO, 20_000, 1)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return read(make_company(DEMO.id, tmp_path_factory.mktemp("demo")))
