"""What the files of a folder were taken for, and what that means, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaudit.cli import words
from salesaudit.cli.console import Voice
from salesaudit.core.texts import Message, Param, message
from salesaudit.run.result import SourcePart
from salesaudit.sources.recognise.recognition import Recognised
from salesaudit.sources.recognise.traps import TRAPS

DECIDED = 4  # columns shown
UNUSED = 12


def rows(found: Sequence[Recognised], speaker: Voice) -> Iterator[tuple[str, ...]]:
    """A row for each file: what it is, how sure that is, and which columns said so."""
    for one in found:
        columns = ", ".join(one.decided[:DECIDED])
        more = ", …" if len(one.decided) > DECIDED else ""
        history = speaker.write(Message(words.HISTORY[one.preset.history]))
        name = f"{one.preset.system}: {one.preset.export}"
        yield one.file, name, f"{one.score:.2f}", history, columns + more


def sentences(
    found: Sequence[Recognised], timezone: str, speaker: Voice, *, all_columns: bool
) -> list[str]:
    """What to know of these exports, each thing once."""
    presets = list({one.preset.preset: one.preset for one in found}.values())
    of_id = {trap.id.removeprefix("traps."): trap for trap in TRAPS}
    said = [
        message(words.PREVIEW, export=f"{preset.system}, {preset.export}")
        for preset in presets
        if preset.proved == "preview"
    ]
    for text, zones in ((words.TIMES_UTC, ("utc",)), (words.TIMES_OWN, ("account", "unknown"))):
        files = [one.file for one in found if one.preset.timezone in zones and one.preset.sources]
        given: dict[str, Param] = {"exports": ", ".join(files)}
        if text is words.TIMES_OWN:
            given["zone"] = timezone
        said += [message(text, **given)] if files else []
    traps = dict.fromkeys(trap for preset in presets for trap in preset.traps)
    said += [Message(of_id[trap]) for trap in traps]
    said += [_unused(one, all_columns=all_columns) for one in found if one.unused]
    return [speaker.write(one) for one in said]


def in_brief(sources: Sequence[SourcePart]) -> Message | None:
    """The systems and exports that were recognised, in one line."""
    found = [source.recognised for source in sources if source.recognised]
    exports: dict[str, dict[str, None]] = {}
    for one in found:
        exports.setdefault(one.system, {})[one.export.partition(" (")[0]] = None
    named = [f"{system} ({', '.join(names)})" for system, names in exports.items()]
    return message(words.TAKEN_FOR, exports="; ".join(named)) if named else None


def _unused(one: Recognised, *, all_columns: bool) -> Message:
    shown = one.unused if all_columns else one.unused[:UNUSED]
    left = len(one.unused) - len(shown)
    more = f", … (+{left})" if left else ""
    return message(words.UNUSED, file=one.file, columns=", ".join(shown) + more)
