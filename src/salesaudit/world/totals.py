"""What is true of a company that is made in blocks: the sums of what is true of each."""

from __future__ import annotations

from dataclasses import asdict
from math import ceil

from salesaudit.world.columns import Json, Table
from salesaudit.world.disturbances import progress_of
from salesaudit.world.estimands import as_exported, counts_as_known, estimands, leads_per_month
from salesaudit.world.estimates import estimates
from salesaudit.world.expected import Sums
from salesaudit.world.export import Account
from salesaudit.world.records.known import records_truth
from salesaudit.world.simulate import History
from salesaudit.world.spoiling import Planted, Spoilt
from salesaudit.world.truth import Company

REDRAWN = 100_000  # leads drawn again for the truth that is written down


class Totals:
    """The truth about a company, gathered block by block."""

    def __init__(self, company: Company, leads: int) -> None:
        self.company, self.leads = company, 0
        self._redraws = ceil(REDRAWN / leads)
        self._sums = Sums(company)
        self._accounts: dict[str, Account] = {}
        self._planted: dict[str, Planted] = {}
        self._exported: list[Json] = []
        self._progress: list[Json] = []
        self._counts: list[Json] = []
        self._records: list[Json] = []
        self._only: tuple[History, dict[str, Table]] | None = None  # the block, if there is but one

    def add(
        self,
        history: History,
        known: dict[str, Table],
        spoilt: Spoilt,
        accounts: dict[str, Account],
    ) -> None:
        """Add a block: what happened, what was known of it, and what the files make of that."""
        self.leads += len(history)
        self._sums.redraw(history, self._redraws)
        self._exported.append(as_exported(history, spoilt))
        self._progress.append(progress_of(history))
        for name, account in accounts.items():
            parts = zip(self._accounts.get(name, (0,) * len(account)), account, strict=True)
            self._accounts[name] = Account(*(one + other for one, other in parts))
        for name, planted in spoilt.planted.items():
            before = self._planted.get(name, Planted(planted.table, planted.what, 0, ()))
            count, ids = before.count + planted.count, before.ids + planted.ids
            self._planted[name] = Planted(planted.table, planted.what, count, ids)
        self._only = None if self._counts else (history, known)
        counts = counts_as_known(history, known)
        self._counts.append({"leads_per_month": leads_per_month(history), "as_known": counts})
        self._records.append(records_truth(history, known))

    def truth(self, seed: int) -> Json:
        """All of it, as it is written down."""
        company = self.company
        return {
            "schema": 1,
            "company": company.id,
            "seed": seed,
            "leads": self.leads,
            "window": [company.first_day, company.last_day],
            "estimates": estimates(self._sums.truth()),
            "estimands": self._estimands(),
            "as_exported": _exported(self._exported),
            "progress": _sum(self._progress),
            "planted": {name: asdict(planted) for name, planted in self._planted.items()},
            "records": self._records[0] if len(self._records) == 1 else {"blocks": self._records},
            "files": {name: account._asdict() for name, account in self._accounts.items()},
            "parameters": asdict(company),
        }

    def _estimands(self) -> Json:
        """Of a company in several blocks what can be added up, and no more."""
        return estimands(*self._only) if self._only else _sum(self._counts)


def _exported(parts: list[Json]) -> Json:
    newest = max(part["as_of"] for part in parts)
    return {**_sum([{**part, "as_of": ""} for part in parts]), "as_of": newest}


def _sum(parts: list[Json]) -> Json:
    total = parts[0]
    for part in parts[1:]:
        total = _plus(total, part)
    return total


def _plus(one: Json, other: Json) -> Json:
    """The sums of what both count, in groups as they stand."""
    return {
        name: _plus(one.get(name, {}), value)
        if isinstance(value, dict)
        else one[name] + value
        if name in one
        else value
        for name, value in other.items()
    } | {name: value for name, value in one.items() if name not in other}
