"""What can go wrong, told so that the reader knows what to do."""

from __future__ import annotations

from salesaudit.core.texts import Message, Param, Text


class SalesAuditError(Exception):
    """A mistake on the user's side: what is wrong and was seen, and what to do about it.

    Args:
        problem: what is wrong and what was seen, one sentence.
        fix: what to do, one sentence; may use the same parameters.
        params: parameters of both texts.
    """

    exit_code = 2

    def __init__(self, problem: Text, fix: Text, **params: Param) -> None:
        super().__init__(problem.en)
        self.problem = Message(problem, params)
        self.fix = Message(fix, params)

    def __str__(self) -> str:
        """The English text with its parameters put in plainly; people see ``core.locale``'s."""
        shown = {name: _plain(value) for name, value in self.problem.params.items()}
        return f"{self.problem.text.en.format(**shown)} {self.fix.text.en.format(**shown)}"


class SettingsError(SalesAuditError):
    """``salesaudit.yaml`` says something that cannot be meant."""


class SourceError(SalesAuditError):
    """A file or database cannot be read as it is."""


class MappingError(SalesAuditError):
    """A column, a format or a value of a source cannot be understood without an answer."""


class WarehouseError(SalesAuditError):
    """A warehouse cannot be opened or written."""


class InternalError(Exception):
    """A fault of ours: a promise of the code to itself was broken."""

    exit_code = 70


class AccountError(InternalError):
    """Records went missing between a source and the warehouse."""


class StatisticError(InternalError, ValueError):
    """A statistic was asked for with arguments that it has no meaning for."""

    def __init__(self, text: str, got: object) -> None:
        super().__init__(f"{text}, got {got!r}")


def _plain(value: Param) -> str:
    if isinstance(value, Text):
        return value.en
    return str(getattr(value, "value", value))
