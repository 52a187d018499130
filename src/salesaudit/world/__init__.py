"""Companies made up from known truth: the demo, and what tests measure the audit against."""

from __future__ import annotations

from salesaudit.world.make import Made, company_names, made, make_company

__all__ = ["Made", "company_names", "made", "make_company"]
