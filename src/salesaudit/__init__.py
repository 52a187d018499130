"""Sales audits from the exports a company already has.

>>> import salesaudit
>>> run = salesaudit.audit("exports/")          # doctest: +SKIP
>>> run.answers["Q5"].estimates["lead_to_customer"].value      # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesaudit.core.version import VERSION

if TYPE_CHECKING:
    from salesaudit.api import audit, ingest, open_warehouse, plan
    from salesaudit.run.result import AuditRun

__version__ = VERSION
__all__ = ["AuditRun", "__version__", "audit", "ingest", "open_warehouse", "plan"]

_LAZY = {
    "audit": "salesaudit.api",
    "ingest": "salesaudit.api",
    "open_warehouse": "salesaudit.api",
    "plan": "salesaudit.api",
    "AuditRun": "salesaudit.run.result",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_LAZY[name]), name)
