"""One Spark session for the whole run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import ibis
import pytest
from ibis.backends import BaseBackend


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseBackend]:
    """A local Spark; the test is skipped where it cannot run."""
    sql = pytest.importorskip("pyspark.sql", reason="needs PySpark: install salesaudit[spark]")
    if shutil.which("java") is None:
        pytest.skip("needs a Java runtime, version 17 or later")
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.sql.shuffle.partitions", "4")  # 200 by default, for rows as few as these
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("spark")))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield ibis.pyspark.connect(session)
    session.stop()
