"""What commands share: how they speak, show progress, write files, and fail."""

from __future__ import annotations

import contextlib
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from salesaudit.cli import words
from salesaudit.core.errors import SalesAuditError
from salesaudit.core.language import Language
from salesaudit.core.texts import Message, Text, message

if TYPE_CHECKING:
    from rich.console import Console

    from salesaudit.core.locale import Locale

WIDE = 100  # columns that a screen is written for; more are left empty
TURNED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # reading order

Progress = Callable[[str, int, int], None]


class Voice(NamedTuple):
    """How a command was asked to speak."""

    language: Language
    quiet: bool = False

    def locale(self, currency: str | None = None, calendar: str | None = None) -> Locale:
        """The locale of this language."""
        from salesaudit.core.locale import Locale

        return Locale(self.language, currency, calendar)

    def write(self, said: Message) -> str:
        """A message in this language, harmless to a terminal."""
        return plain(self.locale().message(said))

    def tell(self, said: Message | str) -> None:
        """Print a line, unless quiet was asked for."""
        if not self.quiet:
            text = plain(said) if isinstance(said, str) else self.write(said)
            sys.stdout.write(text + "\n")

    def console(self) -> Console:
        """Where results are printed; plain in a pipe, without colour if NO_COLOR is set."""
        from rich.console import Console

        return Console(quiet=self.quiet, highlight=False, soft_wrap=not sys.stdout.isatty())


def plain(text: str) -> str:
    """A text without what would steer a terminal: names in the data may hold it."""
    return "".join(" " if _steers(char) else char for char in text)


def folded(words: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells; Thai, which has few spaces, is cut between its clauses."""
    from rich.console import Console
    from rich.text import Text as Line

    lines = Line(words).wrap(Console(width=max(width, 20)), max(width, 20))
    return [line.plain.rstrip() for line in lines] or [""]


def _steers(char: str) -> bool:
    return unicodedata.category(char) == "Cc" or char in TURNED


def voice(language: str | None, *, quiet: bool = False) -> Voice:
    """The voice that the options ask for.

    Raises:
        SalesAuditError: a language that there is not.
    """
    quiet = quiet or words.quiet_asked()
    if language is None:
        return Voice(words.language_asked(), quiet)
    check_choice("--lang", language, tuple(Language))
    return Voice(Language(language), quiet)


def check_choice(option: str, got: str, known: tuple[str, ...]) -> None:
    """Refuse a value that an option does not take.

    Raises:
        SalesAuditError: naming the values that it takes.
    """
    if got not in known:
        listed = ", ".join(known)
        raise SalesAuditError(words.BAD_CHOICE, words.CHOOSE, option=option, got=got, known=listed)


@contextlib.contextmanager
def progress(speaker: Voice) -> Iterator[Callable[[Text], Progress]]:
    """A bar on stderr for what takes over a second; nothing where stderr is no terminal.

    Yields:
        Makes the function that long work reports to, for a text with the parameter ``what``.
    """
    if speaker.quiet or not sys.stderr.isatty():
        yield lambda _: lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=None)
    with contextlib.ExitStack() as stack:

        def telling(text: Text) -> Callable[[str, int, int], None]:
            def told(what: str, done: int, of_all: int) -> None:
                if not bar.live.is_started:  # before, the terminal may be asked for a password
                    stack.enter_context(bar)
                shown = speaker.write(message(text, what=what))
                bar.update(task, description=shown, completed=done, total=max(of_all, 1))

            return told

        yield telling


def write_file(path: Path, text: str) -> Path:
    """Write a file whole or not at all.

    Raises:
        SalesAuditError: it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        got = error.strerror or str(error)
        raise SalesAuditError(
            words.CANNOT_WRITE, words.OTHER_FOLDER, path=str(path), got=got
        ) from None
    return path
