"""Whether the audit's numbers are right: measured where the truth is known."""

from __future__ import annotations
