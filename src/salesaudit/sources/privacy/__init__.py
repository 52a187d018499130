"""People's data at the door: contacts become keyed hashes, what names them in texts is masked."""

from __future__ import annotations

from salesaudit.sources.privacy.contacts import Pseudonyms, pseudonyms
from salesaudit.sources.privacy.keys import KEY_VARIABLE
from salesaudit.sources.privacy.masking import id_expression, masked_expression, masked_text
from salesaudit.sources.privacy.names import find_names, mask_names
from salesaudit.sources.privacy.saying import mask_refused, masked_errors, masked_messages

__all__ = [
    "KEY_VARIABLE",
    "Pseudonyms",
    "find_names",
    "id_expression",
    "mask_names",
    "mask_refused",
    "masked_errors",
    "masked_expression",
    "masked_messages",
    "masked_text",
    "pseudonyms",
]
