"""Repeated contacts: leads that share their contact with an earlier one."""

from __future__ import annotations

from typing import NamedTuple

import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.tables import by_end


class RepeatedContact(NamedTuple):
    """Leads with a contact, and how many persons they are."""

    leads: int  # leads
    with_contact: int  # leads with a contact hash
    persons: int  # different contact hashes


def _build(tables: Tables, scope: Scope, settings: Settings) -> ir.Table:
    """Count hashes; a lead without one is neither a repeat nor a person."""
    leads = tables.leads.filter(by_end(_.created_at, scope, settings))
    return leads.aggregate(
        leads=_.count(), with_contact=_.contact_hash.count(), persons=_.contact_hash.nunique()
    )


repeated_contacts = Measure(
    name="repeated_contacts",
    row=RepeatedContact,
    keys=(),
    fields=("leads.contact_hash",),
    build=_build,
)
