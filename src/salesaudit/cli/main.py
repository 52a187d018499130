"""The command line: its verbs, and how they end.

0: done. 1: ``--fail-on`` was reached. 2: a mistake of the user's, told in one sentence. 70: a
fault of ours, with the place of the log. 130: stopped.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from salesaudit.cli import words
from salesaudit.cli.words import say
from salesaudit.core.errors import SalesAuditError
from salesaudit.core.version import VERSION

Lang = Annotated[str | None, typer.Option("--lang", help=say(words.LANG), metavar="en|th")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help=say(words.VERBOSE))]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=say(words.QUIET))]
PathArgument = Annotated[Path, typer.Argument(help=say(words.PATH), metavar="PATH")]

STOPPED = 130

app = typer.Typer(
    name="salesaudit",
    help=say(words.APP),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


plan_app = typer.Typer(
    name="plan", help=say(words.PLAN), no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(plan_app)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"salesaudit {VERSION}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help=say(words.VERSION), callback=_version, is_eager=True),
    ] = False,
    lang: Lang = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    del version, verbose, quiet  # the verbs take them too; here they stand before the verb
    if lang is not None:
        from salesaudit.cli.console import voice

        voice(lang)


@app.command(help=say(words.DEMO))
def demo(
    *,
    out: Annotated[Path, typer.Option("-o", "--out", help=say(words.OUT))] = Path("demo"),
    company: Annotated[str | None, typer.Option(help=say(words.COMPANY))] = None,
    leads: Annotated[int | None, typer.Option(help=say(words.LEADS))] = None,
    seed: Annotated[int, typer.Option(help=say(words.SEED))] = 1,
    lang: Lang = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Make a demo company, audit it, and open the report."""
    from salesaudit.cli.demo import run

    del verbose
    run(out, company=company, leads=leads, seed=seed, language=lang, quiet=quiet)


@app.command(help=say(words.AUDIT))
def audit(
    path: PathArgument,
    *,
    out: Annotated[Path, typer.Option("-o", "--out", help=say(words.OUT))] = Path("audit"),
    formats: Annotated[
        str, typer.Option("--format", help=say(words.FORMATS), metavar="html,json")
    ] = "html,json",
    as_of: Annotated[str | None, typer.Option(help=say(words.AS_OF), metavar="DATE")] = None,
    names: Annotated[str | None, typer.Option(help=say(words.NAMES), metavar="show|hide")] = None,
    people: Annotated[bool, typer.Option("--people", help=say(words.PEOPLE))] = False,
    memory: Annotated[str | None, typer.Option(help=say(words.MEMORY), metavar="4GB")] = None,
    fail_on: Annotated[
        str | None, typer.Option(help=say(words.FAIL_ON), metavar="any|high")
    ] = None,
    lang: Lang = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Audit what the path names; write the report and the document."""
    from salesaudit.cli.audit import Asked, run

    del verbose
    run(
        path,
        out,
        Asked(
            formats=formats,
            as_of=as_of,
            names=names,
            memory=memory,
            fail_on=fail_on,
            people=people,
        ),
        language=lang,
        quiet=quiet,
    )


@app.command(help=say(words.INGEST))
def ingest(
    path: PathArgument,
    *,
    into: Annotated[Path, typer.Option("--into", help=say(words.INTO), metavar="WAREHOUSE")],
    as_of: Annotated[str | None, typer.Option(help=say(words.AS_OF), metavar="DATE")] = None,
    memory: Annotated[str | None, typer.Option(help=say(words.MEMORY), metavar="4GB")] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help=say(words.REBUILD))] = False,
    lang: Lang = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Load exports into a warehouse."""
    from salesaudit.cli.ingest import run

    del verbose
    run(path, into, as_of=as_of, memory=memory, rebuild=rebuild, language=lang, quiet=quiet)


@app.command(help=say(words.FORGET))
def forget(
    ids: Annotated[list[str], typer.Argument(help=say(words.FORGET_IDS), metavar="ID...")],
    *,
    warehouse: Annotated[Path, typer.Option(help=say(words.WAREHOUSE))] = Path(),
    memory: Annotated[str | None, typer.Option(help=say(words.MEMORY), metavar="4GB")] = None,
    lang: Lang = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Take people out of a warehouse."""
    from salesaudit.cli.forget import run

    del verbose
    run(ids, warehouse, memory=memory, language=lang, quiet=quiet)


@app.command(help=say(words.CHECK))
def check(
    path: PathArgument,
    *,
    as_of: Annotated[str | None, typer.Option(help=say(words.AS_OF), metavar="DATE")] = None,
    memory: Annotated[str | None, typer.Option(help=say(words.MEMORY), metavar="4GB")] = None,
    lang: Lang = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Say what was read, refused and missing."""
    from salesaudit.cli.check import run

    run(path, as_of=as_of, memory=memory, language=lang, verbose=verbose, quiet=quiet)


@app.command("map", help=say(words.MAP))
def map_(
    path: Annotated[Path, typer.Argument(help=say(words.MAP_PATH), metavar="FOLDER")],
    *,
    out: Annotated[
        str | None, typer.Option("-o", "--out", help=say(words.MAP_OUT), metavar="FILE")
    ] = None,
    lang: Lang = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Propose a salesaudit.yaml for a folder of exports."""
    from salesaudit.cli.map import run

    del verbose
    run(path, out, language=lang, quiet=quiet)


@app.command(help=say(words.EXPLAIN))
def explain(
    audit_id: Annotated[
        str | None, typer.Argument(help=say(words.AUDIT_ID), metavar="[ID]")
    ] = None,
    *,
    lang: Lang = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Say what an audit asks, needs and counts."""
    from salesaudit.cli.explain import run

    del verbose, quiet
    run(audit_id, language=lang)


@plan_app.callback()
def _plan() -> None:
    """A group of its own, also while it has one verb."""


@plan_app.command(help=say(words.PLAN_CAMPAIGN))
def campaign(
    path: Annotated[Path | None, typer.Argument(help=say(words.PLAN_PATH), metavar="PATH")] = None,
    *,
    leads: Annotated[str, typer.Option(help=say(words.PLAN_LEADS), metavar="N")],
    cost: Annotated[str, typer.Option(help=say(words.PLAN_COST), metavar="MONEY")],
    reach: Annotated[str | None, typer.Option(help=say(words.PLAN_REACH), metavar="SHARE")] = None,
    close: Annotated[str | None, typer.Option(help=say(words.PLAN_CLOSE), metavar="SHARE")] = None,
    margin: Annotated[
        str | None, typer.Option(help=say(words.PLAN_MARGIN), metavar="MONEY")
    ] = None,
    channel: Annotated[
        str | None, typer.Option(help=say(words.PLAN_CHANNEL), metavar="NAME")
    ] = None,
    floor: Annotated[str | None, typer.Option(help=say(words.PLAN_FLOOR), metavar="RATIO")] = None,
    capacity: Annotated[
        str | None, typer.Option(help=say(words.PLAN_CAPACITY), metavar="N")
    ] = None,
    weeks: Annotated[str, typer.Option(help=say(words.PLAN_WEEKS), metavar="N")] = "4",
    as_of: Annotated[str | None, typer.Option(help=say(words.AS_OF), metavar="DATE")] = None,
    memory: Annotated[str | None, typer.Option(help=say(words.MEMORY), metavar="4GB")] = None,
    form: Annotated[
        str, typer.Option("--format", help=say(words.PLAN_FORMAT), metavar="text|json")
    ] = "text",
    lang: Lang = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Say what a campaign may bring, and the most to pay for it."""
    from salesaudit.cli.plan import Given, run

    del verbose
    numbers = {
        "leads": leads, "cost": cost, "reach": reach, "close": close, "margin": margin,
        "floor": floor, "capacity": capacity, "weeks": weeks,
    }  # fmt: skip
    given = Given(numbers, channel=channel, as_of=as_of, memory=memory, form=form)
    run(path, given, language=lang, quiet=quiet)


def main() -> None:
    """Run the command line and end with its exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that a stopped load tidies up
    try:
        code = app(standalone_mode=False)
        if code == STOPPED:
            _stopped()
        sys.exit(code if isinstance(code, int) else 0)
    except SalesAuditError as error:
        _tell_mistake(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _stopped()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:  # noqa: BLE001  the outermost place: a fault of ours
        _end(error)


def _end(error: Exception) -> NoReturn:
    """Tell what kind of end this is; only what is none of the user's is a fault of ours."""
    from salesaudit.cli import usage

    kind, engine = type(error).__name__, type(error).__module__.startswith(("duckdb", "_duckdb"))
    interrupted = (engine or kind == "RuntimeError") and "interrupt" in str(error).lower()
    if kind == "Abort" or interrupted:
        _stopped()
    if kind == "NoArgsIsHelpError":
        error.show()  # type: ignore[attr-defined]
        sys.exit(2)
    if usage.is_usage(error):
        _tell_mistake(usage.in_our_words(error))
        sys.exit(2)
    if engine and kind == "OutOfMemoryException":
        _tell_mistake(SalesAuditError(words.NO_MEMORY, words.MORE_MEMORY))
        sys.exit(2)
    _tell_fault(error)
    sys.exit(70)


def _stopped() -> NoReturn:
    sys.stderr.write(say(words.STOPPED) + "\n")
    sys.exit(STOPPED)


def _tell_mistake(error: SalesAuditError) -> None:
    from salesaudit.cli.console import Voice

    speaker = Voice(words.language_asked())
    sys.stderr.write(f"{speaker.write(error.problem)} {speaker.write(error.fix)}\n")


def _tell_fault(error: Exception) -> None:
    import traceback

    import platformdirs

    from salesaudit.cli.console import Voice, plain
    from salesaudit.core.texts import message
    from salesaudit.sources.privacy import masked_text

    log = Path(platformdirs.user_log_path("salesaudit")) / "last-fault.log"
    told = masked_text(traceback.format_exc())
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(told, encoding="utf-8")
    except OSError:
        sys.stderr.write(told)
    if {"-v", "--verbose"} & set(sys.argv):
        sys.stderr.write(told)
    cause = plain(masked_text(f"{type(error).__name__}: {error}").splitlines()[0][:200])
    said = message(words.OUR_FAULT, cause=cause, log=str(log))
    sys.stderr.write(Voice(words.language_asked()).write(said) + "\n")


if __name__ == "__main__":
    main()
