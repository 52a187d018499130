"""The audits that there are: found by walking the package, with no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import salesaudit.audits as package
from salesaudit.audits.base import Meta, Outcome
from salesaudit.core.settings import Settings
from salesaudit.facts.base import Inputs


class Unit(NamedTuple):
    """An audit: what it is, and the function that carries it out."""

    meta: Meta
    audit: Callable[[Inputs, Settings], Outcome]
    module: str


@cache
def units() -> tuple[Unit, ...]:
    """Every unit, ordered by the question it answers, then by id."""
    found = []
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        name = info.name.rsplit(".", 1)[-1]
        if info.ispkg or name.startswith("_") or info.name.count(".") < 3:
            continue
        module = importlib.import_module(info.name)
        found.append(Unit(module.META, module.audit, info.name))
    return tuple(sorted(found, key=lambda unit: (_number(unit.meta.answers), unit.meta.id)))


def _number(question: str | None) -> int:
    if question is None:
        return 100
    return 99 if question == "W1" else int(question[1:])
