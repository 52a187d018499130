"""One server for all tests of databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sources.databases.cluster import Cluster, running


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL; skips where none is installed."""
    with running() as found:
        yield found
