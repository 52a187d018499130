"""What a fact is: a value derived once from measures' rows and shared by several units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from salesaudit.core.errors import InternalError
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Results

T = TypeVar("T")


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A derived value.

    Attributes:
        name: noun, the module's name.
        inputs: the measures and facts that it is computed from.
        compute: a pure function of their values.
    """

    name: str
    inputs: tuple[Measure[Any] | Fact[Any], ...]
    compute: Callable[[Inputs, Settings], T]

    def __hash__(self) -> int:
        return hash(self.name)


class Inputs(Results):
    """Rows of measures and values of facts, each computed once and only when asked for."""

    def __init__(self, results: Results, settings: Settings) -> None:
        self._results = results
        self._settings = settings
        self._facts: dict[str, Any] = {}

    def __getitem__(self, measure: Measure[Any]) -> tuple[Any, ...]:
        return self._results[measure]

    def fact(self, fact: Fact[T]) -> T:
        """The fact's value, computed at its first use."""
        if fact.name not in self._facts:
            self._facts[fact.name] = fact.compute(self, self._settings)
        return cast("T", self._facts[fact.name])


class Declared(Inputs):
    """What a unit declared, and nothing else: what it reads is what its page says."""

    def __init__(self, inputs: Inputs, parts: tuple[Measure[Any] | Fact[Any], ...]) -> None:
        self._inputs = inputs
        self._parts = frozenset(part.name for part in parts)

    def __getitem__(self, measure: Measure[Any]) -> tuple[Any, ...]:
        self._check(measure.name)
        return self._inputs[measure]

    def fact(self, fact: Fact[T]) -> T:
        """The fact's value, if it was declared."""
        self._check(fact.name)
        return self._inputs.fact(fact)

    def _check(self, name: str) -> None:
        if name not in self._parts:
            raise InternalError(f"{name} is read and not declared")


def measures_of(parts: tuple[Measure[Any] | Fact[Any], ...]) -> tuple[Measure[Any], ...]:
    """Every measure that these measures and facts rest on, each once, in order."""
    found: dict[str, Measure[Any]] = {}
    for part in parts:
        inner = (part,) if isinstance(part, Measure) else measures_of(part.inputs)
        found.update((measure.name, measure) for measure in inner)
    return tuple(found.values())
