"""Companies made up from known truth: the demo, and what tests measure the audit against."""

from __future__ import annotations

from salesaudit.world.make import company_names, make_company

__all__ = ["company_names", "make_company"]
