"""The terminal's door: the same work for a person at a keyboard. Reads the clock, prints, and no more.

Exit codes: 0 all well, 1 something found, 2 bad input or set-up. Errors are one plain sentence that names
the file, the line and the cure; no traceback ever reaches a person.
"""

import asyncio
import json
import os
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

import administration
import personal_data
import planning
import reporting
from models.days import LONDON
from reading.faults import Unreadable
from terminal import (
    TextOrJson,
    complain,
    day_named,
    keep_line_ends,
    moment_named,
    out,
    print_json,
    print_text,
    progress_bar,
    several_terms,
    speak_utf8,
    stop,
)
from wording.plain import clean

if TYPE_CHECKING:
    from wording.results import Results

app = typer.Typer(
    name="protocol-watch",
    help="Watches whether the partners keep the promises they made to each other about meetings.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
agreement = typer.Typer(help="Read, check and describe an agreement.", no_args_is_help=True)
app.add_typer(agreement, name="agreement")
app.add_typer(personal_data.data, name="data")


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


def main() -> None:
    """Run the command that was typed. The last resort for what nobody foresaw is a sentence, too."""
    speak_utf8()
    try:
        app(args=several_terms(sys.argv[1:]))
    except Unreadable as unreadable:
        stop(*(str(fault) for fault in unreadable.faults))
    except KeyboardInterrupt:
        stop("Stopped.")
    except BrokenPipeError:  # the reader (head, less) has gone: nothing to say and nobody to say it to
        sys.stderr.close()
        sys.exit(2)
    except Exception as surprise:  # no traceback ever reaches a person
        stop(*_sentences_of(surprise))


@app.command()
def check(
    files: Annotated[
        list[Path], typer.Argument(help="Exported calendars: .ics, or .csv with date,start_time,title.")
    ],
    agreement: Annotated[
        Path | None, typer.Option(help="The agreement (YAML). Shipped: Lancashire's.")
    ] = None,
    terms: Annotated[
        list[Path] | None, typer.Option(help="School term dates (.csv or .ics), several allowed.")
    ] = None,
    meeting_type: Annotated[str, typer.Option(help="Judge every meeting as this type.")] = "",
    first: Annotated[str, typer.Option("--from", help="First day to look at, as 2026-09-01.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day to look at.")] = "",
    now: Annotated[str, typer.Option(help="Judge as if it were this day or time.")] = "",
    format: Annotated[Format, typer.Option(help="How to print the results.")] = Format.TEXT,
) -> None:
    """Judge exported calendars by an agreement. Needs no account, and nothing leaves this computer."""
    from functions.check import Asked
    from functions.check import check as check_files

    with progress_bar() as progress:
        checked = check_files(
            Asked(
                files=files,
                now=moment_named(now),
                agreement=agreement,
                terms=terms or (),
                meeting_type=meeting_type,
                first=day_named("--from", first),
                last=day_named("--to", last),
                progress=progress,
            )
        )
    _print_results(checked.results, format)
    if not (format is Format.TEXT and sys.stdout.isatty()):  # there the report has just shown them
        complain(*checked.results.faults)
    sys.exit(checked.exit_code)


@app.command()
def watch(
    *,
    once: Annotated[bool, typer.Option("--once", help="Read, judge and deliver once, then stop.")] = False,
    now: Annotated[str, typer.Option(help="Run as if it were this day or time.")] = "",
    format: Annotated[TextOrJson, typer.Option(help="How to print the run.")] = TextOrJson.TEXT,
) -> None:
    """Read the partnership's calendars, judge them by the agreement, and deliver what is due: once."""
    if not once:
        stop("This computer runs it once, and the cloud runs it all the time: type 'watch --once'.")
    from functions.once import once as run_once
    from functions.settings import settings
    from wording.watch_json import watch_json
    from wording.watch_text import watch_text

    ran = asyncio.run(run_once(settings(os.environ), moment_named(now), by=f"command line {uuid4().hex[:8]}"))
    if format is TextOrJson.JSON:
        print_json(watch_json(ran.watched))
    else:
        print_text(watch_text(ran.watched))
    if not (format is TextOrJson.TEXT and sys.stdout.isatty()):  # there the text has just shown them
        complain(*ran.results.faults)
    sys.exit(ran.exit_code)


@app.command()
def release(
    groups: Annotated[list[str] | None, typer.Argument(help="The groups that people may be told of.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All groups of the agreement.")] = False,
    held: Annotated[bool, typer.Option("--held", help="Let go what too many at once held back.")] = False,
    now: Annotated[str, typer.Option(help="Release as if it were this day or time.")] = "",
) -> None:
    """Start telling people, after the quiet first day: of the groups you name, or of all."""
    from functions.settings import settings
    from functions.telling.letting_go import Asked, let_go, waiting
    from wording.managers_list import managers_text
    from wording.release_text import quiet_text, released_text

    asked = Asked(groups=groups or (), every=every, held=held)
    told = settings(os.environ, signs_in=False)
    if asked.anything:
        out(released_text(asyncio.run(let_go(told, asked, moment_named(now)))))
        return
    there = asyncio.run(waiting(told, moment_named(now)))
    if there.needs.number:
        out(managers_text(there.texts, there.needs, there.agreement))
    out(quiet_text(there.quiet))
    sys.exit(2 if there.quiet else 0)


@app.command()
def demo(
    calendar: Annotated[
        Path | None, typer.Option(help="Your own exported calendar (.ics), not the county's.")
    ] = None,
    meeting_type: Annotated[
        str, typer.Option(help="The type of the meetings in your own calendar.")
    ] = "partnership group",
    now: Annotated[str, typer.Option(help="Run as if it were this day or time.")] = "",
    output: Annotated[Path, typer.Option(help="The folder for cards and recordings.")] = Path("demo-output"),
) -> None:
    """Show the whole job against an emulated Microsoft 365: no account, no network."""
    from demonstration import demonstrate

    out(demonstrate(calendar, meeting_type, moment_named(now) if now else None, datetime.now(LONDON), output))


@app.command()
def tenant(
    calendar: Annotated[
        Path | None, typer.Option(help="Your own exported calendar (.ics), not the county's.")
    ] = None,
    port: Annotated[
        int, typer.Option(help="The port to listen on; 0 is any free one.", min=0, max=65535)
    ] = 0,
) -> None:
    """Serve the emulated Microsoft 365 on this computer, and print the settings that point at it."""
    from demonstration import serve_tenant

    serve_tenant(calendar, port, out)


for _command in (*administration.COMMANDS, *planning.COMMANDS, *reporting.COMMANDS):
    app.command()(_command)
agreement.command()(reporting.reminders)


@agreement.command("show")
def show(
    file: Annotated[Path | None, typer.Argument(help="The agreement (YAML). Shipped: Lancashire's.")] = None,
    format: Annotated[Format, typer.Option(help="text or json.")] = Format.TEXT,
    meeting: Annotated[str, typer.Option(help="The meeting day for the worked dates.")] = "2026-11-27",
) -> None:
    """Say in plain words what an agreement promises, with worked dates."""
    from functions.files.rulebooks import read_book
    from wording import agreements

    book = read_book(file).book
    day = day_named("--meeting", meeting) or date(2026, 11, 27)
    if format is Format.JSON:
        out(
            json.dumps(
                agreements.agreement_json(book.agreement, book.working, day), ensure_ascii=False, indent=2
            )
        )
    else:
        out(agreements.agreement_text(book.agreement, book.working, day))


@agreement.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(help="The agreement as it was (YAML).")],
    new: Annotated[Path, typer.Argument(help="The agreement as it is to be (YAML).")],
    format: Annotated[TextOrJson, typer.Option(help="text or json.")] = TextOrJson.TEXT,
) -> None:
    """Say in plain words what changed between two agreements. Exit code 1 where anything did."""
    from models.agreement_changes import changes
    from reading.agreements import read_agreements
    from wording.agreement_changes import changes_json, changes_text

    before, after = read_agreements(old, new)
    if format is TextOrJson.JSON:
        print_json(changes_json(before, after))
    else:
        out(changes_text(before, after))
    if changes(before, after):
        sys.exit(1)


@agreement.command("lint")
def lint(file: Annotated[Path | None, typer.Argument(help="The agreement (YAML).")] = None) -> None:
    """Check an agreement: every fault at once, with its line and its cure."""
    from functions.files import shipped
    from reading.agreements import faults_in

    path = file or shipped.AGREEMENT
    faults = faults_in(path)
    for fault in faults:
        out(clean(str(fault)))
    if faults:
        sys.exit(2)
    out(f"{path.name}: no faults found.")


@agreement.command("schema")
def schema() -> None:
    """Print the JSON Schema of agreements, for editors that complete and check as you type."""
    from reading.agreements import agreement_schema

    out(json.dumps(agreement_schema(), indent=2))


def _print_results(results: "Results", format: Format) -> None:
    from wording.check_csv import as_csv
    from wording.check_json import as_json
    from wording.check_page import page
    from wording.check_text import text

    match format:
        case Format.JSON:
            print_json(as_json(results))
        case Format.CSV:
            keep_line_ends()
            out(as_csv(results))
        case Format.HTML:
            out(page(results))
        case Format.TEXT:
            print_text(text(results))


def _sentences_of(surprise: Exception) -> tuple[str, ...]:
    """What went wrong, for a person: what we foresaw says it itself. Heavy rooms are imported only now."""
    from functions.settings import SettingsFault
    from graph_client.errors import GraphError
    from ledger import LedgerFault

    if isinstance(surprise, SettingsFault):
        return surprise.faults
    if isinstance(surprise, (LedgerFault, GraphError)):
        return (str(surprise),)
    unforeseen = (
        f"Protocol Watch met something it does not know ({type(surprise).__name__}) and stopped. "
        "Please report it with the command you typed; nothing was changed."
    )
    return (unforeseen,)


if __name__ == "__main__":
    main()
