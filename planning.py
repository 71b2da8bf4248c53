"""The planner's part of the terminal's door: dates that fit, and next year's dates before anybody is invited.

Exit codes as for every command: 0 all well, 1 something does not fit, 2 bad input.
"""

import io
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from terminal import (
    complain,
    day_named,
    keep_line_ends,
    moment_named,
    out,
    print_json,
    print_text,
    stop,
    write_out,
)

if TYPE_CHECKING:
    from models.year_plan import YearPlan

WIDTH = 80  # of a text that is written to a file


class SlotsFormat(StrEnum):
    """How dates that fit are printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class PlanFormat(StrEnum):
    """How a year's dates are printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    XLSX = "xlsx"
    ICS = "ics"


SUFFIXES = {f".{one.value}": one for one in PlanFormat} | {".txt": PlanFormat.TEXT, ".htm": PlanFormat.HTML}


def slots(
    group: Annotated[str, typer.Option(help="The group that wants to meet, as the agreement calls it.")] = "",
    type: Annotated[str, typer.Option(help="Or a type of meeting of the agreement.")] = "",
    first: Annotated[str, typer.Option("--from", help="First day to look at, as 2027-01-04.")] = "",
    weeks: Annotated[int, typer.Option(help="How many weeks to look at.")] = 26,
    length: Annotated[int, typer.Option(help="How long the meeting is, in minutes.")] = 120,
    most: Annotated[int, typer.Option(help="How many dates to find.")] = 8,
    agreement: Annotated[
        Path | None, typer.Option(help="The agreement (YAML). Shipped: Lancashire's.")
    ] = None,
    terms: Annotated[
        list[Path] | None, typer.Option(help="School term dates (.csv or .ics), several allowed.")
    ] = None,
    calendar: Annotated[
        list[Path] | None, typer.Option(help="An exported calendar whose times are taken; several allowed.")
    ] = None,
    now: Annotated[str, typer.Option(help="Look as if it were this day or time.")] = "",
    format: Annotated[SlotsFormat, typer.Option(help="How to print what was found.")] = SlotsFormat.TEXT,
) -> None:
    """Find the nearest dates and times that keep what was promised, with the days their papers are due."""
    from functions.slots import Asked, find
    from wording.slots_table import slots_csv, slots_json
    from wording.slots_text import slots_text

    asked = Asked(
        now=moment_named(now),
        group=group,
        type=type,
        first=day_named("--from", first),
        weeks=weeks,
        length=length,
        most=most,
        agreement=agreement,
        terms=terms or (),
        calendars=calendar or (),
    )
    answer = find(asked)
    match format:
        case SlotsFormat.JSON:
            print_json(slots_json(answer.found))
        case SlotsFormat.CSV:
            keep_line_ends()
            out(slots_csv(answer.found))
        case SlotsFormat.TEXT:
            print_text(slots_text(answer.found))
    if not (format is SlotsFormat.TEXT and sys.stdout.isatty()):  # there the text has just shown them
        complain(*answer.found.faults)
    sys.exit(answer.exit_code)


def plan(
    files: Annotated[
        list[Path],
        typer.Argument(help="Next year's dates: .csv or .xlsx with date,start_time,title, or .ics."),
    ],
    agreement: Annotated[
        Path | None, typer.Option(help="The agreement (YAML). Shipped: Lancashire's.")
    ] = None,
    terms: Annotated[
        list[Path] | None, typer.Option(help="School term dates (.csv or .ics), several allowed.")
    ] = None,
    meeting_type: Annotated[str, typer.Option(help="Judge every meeting as this type.")] = "",
    first: Annotated[str, typer.Option("--from", help="First day to look at, as 2027-01-01.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day to look at.")] = "",
    now: Annotated[str, typer.Option(help="Look as if it were this day or time.")] = "",
    format: Annotated[
        PlanFormat | None,
        typer.Option(help="How to print the plan. Usual: by the name of --output, else text."),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Write it to this file, such as year.html.")] = None,
) -> None:
    """Look at next year's dates before the invitations go out, and make a year to print."""
    from functions.plan import Asked
    from functions.plan import plan as plan_of

    wanted = format or SUFFIXES.get(output.suffix.casefold() if output else "", PlanFormat.TEXT)
    if wanted is PlanFormat.XLSX and output is None and sys.stdout.isatty():
        stop("An Excel workbook can't be shown here. Name a file for it: --output year.xlsx.")
    if output is not None and any(_same(output, file) for file in files):
        stop(f"{output}: this is a file with your dates, so it is left as it is. Name another file.")
    asked = Asked(
        files=files,
        now=moment_named(now),
        agreement=agreement,
        terms=terms or (),
        meeting_type=meeting_type,
        first=day_named("--from", first),
        last=day_named("--to", last),
    )
    planned = plan_of(asked)
    _write(planned.plan, wanted, output)
    if not (wanted is PlanFormat.TEXT and output is None and sys.stdout.isatty()):
        complain(*planned.plan.faults)
    sys.exit(planned.exit_code)


def _write(made: "YearPlan", wanted: PlanFormat, output: Path | None) -> None:
    """To the file that was named, else where the terminal's words go."""
    if wanted is PlanFormat.TEXT and output is None:
        from wording.plan_text import plan_text

        print_text(plan_text(made))
        return
    content = _content(made, wanted)
    write_out(content, output)


def _content(made: "YearPlan", wanted: PlanFormat) -> bytes:
    from wording.calendar_file import calendar_file
    from wording.plan_page import plan_page
    from wording.plan_table import plan_csv, plan_json
    from wording.plan_workbook import plan_workbook

    match wanted:
        case PlanFormat.XLSX:
            return plan_workbook(made)
        case PlanFormat.ICS:
            return calendar_file(made)
        case PlanFormat.HTML:
            text = plan_page(made)
        case PlanFormat.CSV:
            text = plan_csv(made)
        case PlanFormat.JSON:
            text = json.dumps(plan_json(made), ensure_ascii=False, indent=2) + "\n"
        case PlanFormat.TEXT:
            text = _as_text(made)
    return text.encode()


def _as_text(made: "YearPlan") -> str:
    from rich.console import Console

    from wording.plan_text import plan_text

    file = io.StringIO()
    Console(file=file, width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False).print(
        plan_text(made)
    )
    return file.getvalue()


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there: they can't be the same
        return False


COMMANDS = (slots, plan)
