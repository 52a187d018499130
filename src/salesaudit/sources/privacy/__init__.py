"""People's data at the door: contacts become keyed hashes, what names them in texts is masked."""

from __future__ import annotations

from salesaudit.sources.privacy.contacts import Pseudonyms, pseudonyms
from salesaudit.sources.privacy.masking import id_expression, masked_expression, masked_text

__all__ = ["Pseudonyms", "id_expression", "masked_expression", "masked_text", "pseudonyms"]
