"""From a batch of text to the rows of a canonical table: decided by column, never by row."""

from __future__ import annotations

from salesaudit.sources.mapping.batch import Batch, unite
from salesaudit.sources.mapping.stage import Staged, stage

__all__ = ["Batch", "Staged", "stage", "unite"]
