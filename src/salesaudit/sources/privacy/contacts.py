"""Contacts: one person's address has one keyed hash, however it is written."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from duckdb.func import ARROW, SPECIAL

from salesaudit.sources.privacy.keys import user_key
from salesaudit.sources.privacy.telephones import international

# What stands before the @ of an address that no one person has.
SHARED = frozenset(
    {
        "abuse", "accounting", "accounts", "admin", "administrator", "billing", "booking",
        "bookings", "careers", "contact", "contactus", "customerservice", "donotreply", "enquiries",
        "enquiry", "feedback", "finance", "hello", "help", "helpdesk", "hi", "hostmaster", "hr",
        "info", "information", "inquiries", "inquiry", "invoice", "invoices", "jobs", "mail",
        "mailer-daemon", "marketing", "media", "newsletter", "no-reply", "no.reply", "noreply",
        "office", "orders", "postmaster", "press", "privacy", "purchase", "purchasing",
        "reception", "reservations", "root", "sale", "sales", "secretary", "service", "shop",
        "spam", "staff", "store", "subscribe", "support", "team", "unsubscribe", "webmaster",
        # de
        "anfrage", "bestellung", "buchhaltung", "buero", "büro", "einkauf", "empfang", "kontakt",
        "kundenservice", "post", "rechnung", "vertrieb", "verwaltung", "zentrale",
        # fr
        "accueil", "achats", "bonjour", "bureau", "commande", "commercial", "comptabilite",
        "comptabilité", "direction", "secretariat", "ventes",
        # es, pt
        "administracao", "administracion", "atencion", "atendimento", "comercial", "compras",
        "consultas", "contacto", "contato", "correo", "facturacion", "financeiro", "hola",
        "informacion", "oficina", "pedidos", "recepcion", "ventas", "vendas",
        # it, nl, sv, pl, cs
        "acquisti", "amministrazione", "commerciale", "contatti", "segreteria", "ufficio",
        "vendite", "administratie", "inkoop", "klantenservice", "verkoop", "faktura",
        "forsaljning", "försäljning", "kundtjanst", "biuro", "kontakty", "sekretariat", "obchod",
        # th
        "ข้อมูล", "ขาย", "ฝ่ายขาย", "ติดต่อ", "สอบถาม", "บริการ", "สำนักงาน", "บัญชี",
    }
)  # fmt: skip
_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_LOCAL = re.compile(r"[^\s@\"(),:;<>\[\]\\]+")
_PLAIN = r"^[a-z0-9._+-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$"


class Pseudonyms:
    """Turns addresses into keyed hashes; without the key a hash leads back to nobody."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @property
    def fingerprint(self) -> str:
        """Tells keys apart without giving one away."""
        return hashlib.blake2b(b"fingerprint", key=self._key, digest_size=4).hexdigest()

    def of_contact(self, contact: str | None, timezone: str = "UTC") -> str | None:
        """The hash of a person's mail address, else of a telephone number.

        Args:
            contact: as it is written.
            timezone: of the company; a number without its country is of this zone's.

        Returns:
            None for an address that is shared, broken or empty.
        """
        plain = _plain(contact or "")
        if "@" in plain:
            address = _address(plain)
            return self._hash(f"v1|email|{address}") if address else None
        number = international(plain, timezone) if plain else None
        return self._hash(f"v1|phone|{number}") if number else None

    def of_id(self, value: str) -> str:
        """The hash that stands for an id which names a person: an address, a number, a name."""
        plain = _plain(value)
        if "@" not in plain and re.fullmatch(r"[0-9+\s().\-]+", plain):
            plain = re.sub(r"[^0-9+]", "", plain)
        return "id:" + self._hash(f"v1|id|{plain}")

    def register(self, con: duckdb.DuckDBPyConnection, timezone: str = "UTC") -> None:
        """Make ``contact_hash(text)`` and ``id_hash(text)`` known to the engine."""
        hashes: dict[str, Callable[[pa.Array], list[str | None]]] = {
            "contact_hash": lambda texts: self._of_contacts(texts, timezone),
            "id_hash": lambda texts: [self.of_id(text) for text in texts.to_pylist()],
        }
        for name, hashed in hashes.items():
            con.create_function(
                name, _on_columns(hashed), ["VARCHAR"], "VARCHAR", type=ARROW, null_handling=SPECIAL
            )

    def _of_contacts(self, texts: pa.Array, timezone: str) -> list[str | None]:
        """As ``of_contact``; most addresses are plain, and their form is seen to all at once."""
        lowered = pc.ascii_lower(pc.ascii_trim_whitespace(texts))
        plain = pc.match_substring_regex(lowered, _PLAIN).to_pylist()
        return [
            self.of_contact(text, timezone)
            if not easy
            else None
            if text[: text.index("@")] in SHARED
            else self._hash(f"v1|email|{text}")
            for text, easy in zip(lowered.to_pylist(), plain, strict=True)
        ]

    def _hash(self, text: str) -> str:
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).hexdigest()


def pseudonyms() -> Pseudonyms:
    """With the key of the environment, else of the user's folder; made at first use.

    Raises:
        SourceError: the key is none, or cannot be kept.
    """
    return Pseudonyms(user_key())


def _on_columns(
    hashed: Callable[[pa.Array], list[str | None]],
) -> Callable[[pa.ChunkedArray], pa.Array]:
    """A function on columns: each different text is hashed once."""

    def on_column(texts: pa.ChunkedArray) -> pa.Array:
        coded = texts.combine_chunks().dictionary_encode()
        return pa.array(hashed(coded.dictionary), pa.string()).take(coded.indices)

    return on_column


def _address(plain: str) -> str | None:
    """The normal form of a person's mail address."""
    local, _, domain = plain.rpartition("@")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode()
        except UnicodeError:
            return None
    if local in SHARED or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        return None
    return f"{local}@{domain}"


def _plain(text: str) -> str:
    composed = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return composed.strip().lower()
