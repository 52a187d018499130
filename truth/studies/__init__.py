"""One file per study; ``truth.catalog`` finds them."""

from __future__ import annotations
