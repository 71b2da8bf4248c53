"""The reporter's part of the terminal's door: the quarterly report, and the forum's own reminders.

Exit codes: 0 made, 1 nothing is on record, 2 bad input.
"""

import asyncio
import json
import os
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from models.quarters import NotAQuarter
from terminal import complain, moment_named, stop, write_out

if TYPE_CHECKING:
    from functions.quarter_report import Made
    from wording.reported import Reported


class ReportFormat(StrEnum):
    """How a report is written."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


SUFFIXES = {f".{one.value}": one for one in ReportFormat} | {
    ".txt": ReportFormat.TEXT,
    ".htm": ReportFormat.HTML,
}
FOR_A_FILE = {ReportFormat.DOCX: "A Word document", ReportFormat.XLSX: "An Excel workbook"}
EASY_IN = (ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.DOCX)


def report(
    *,
    quarter: Annotated[str, typer.Option(help="The quarter, as 2026/27-Q1: April to June 2026.")] = "",
    format: Annotated[
        ReportFormat | None,
        typer.Option(help="How to write it. Usual: by the name of --output, else text."),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Write it to this file, such as report.docx.")] = None,
    easy_read: Annotated[bool, typer.Option("--easy-read", help="One page in few, short sentences.")] = False,
    freeze: Annotated[
        bool, typer.Option("--freeze", help="Stop the figures, and send both chairs the same draft.")
    ] = False,
    backtest: Annotated[
        list[Path] | None,
        typer.Option(help="Exported calendars: how would we have done? Several allowed; needs no account."),
    ] = None,
    agreement: Annotated[
        Path | None, typer.Option(help="With --backtest: the agreement (YAML). Shipped: Lancashire's.")
    ] = None,
    terms: Annotated[
        list[Path] | None, typer.Option(help="With --backtest: school term dates, several allowed.")
    ] = None,
    now: Annotated[str, typer.Option(help="Make it as if it were this day or time.")] = "",
) -> None:
    """Write the report of a quarter: what was promised, how it went, what was agreed instead, what we can't tell."""
    wanted = format or SUFFIXES.get(output.suffix.casefold() if output else "", ReportFormat.TEXT)
    _refuse(quarter, wanted, output, easy_read=easy_read, freeze=freeze, backtest=backtest or [])
    if (agreement or terms) and not backtest:
        stop("--agreement and --terms go with --backtest. Without it, the settings name them.")
    moment = moment_named(now)
    try:
        if backtest:
            from functions.quarter_report import Backtest
            from functions.quarter_report import backtest as backtest_of

            made = backtest_of(
                Backtest(files=backtest, quarter=quarter, now=moment, agreement=agreement, terms=terms or ())
            )
        else:
            made = asyncio.run(_from_ledger(quarter, moment, freeze=freeze))
    except NotAQuarter as refused:
        stop(f"--quarter {quarter}: {refused}")
    write_out(_content(made.report, wanted, easy=easy_read), output)
    complain(*made.faults)
    sys.exit(made.exit_code)


def reminders(
    *,
    forum: Annotated[bool, typer.Option("--forum", help="The forum's own promises, for its chair.")] = False,
    agreement: Annotated[
        Path | None, typer.Option(help="The agreement (YAML). Shipped: Lancashire's.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Write it to this file, such as forum.ics.")] = None,
    now: Annotated[str, typer.Option(help="Make it as if it were this day or time.")] = "",
) -> None:
    """Write a calendar file with the forum's own promises, for its chair to keep. Nothing is remembered of it."""
    from functions.files.rulebooks import read_book
    from wording.forum_reminders import forum_reminders

    if not forum:
        stop("Reminders are made for the forum's chair: type 'agreement reminders --forum'.")
    own = read_book(agreement).book.agreement
    if not any(promise.forums_own for promise in own.promises):
        stop(
            "This agreement has no promise of the forum alone (audience: [forum]), so there is no file to make."
        )
    write_out(forum_reminders(own, moment_named(now)), output)


def _refuse(
    quarter: str,
    wanted: ReportFormat,
    output: Path | None,
    *,
    easy_read: bool,
    freeze: bool,
    backtest: list[Path],
) -> None:
    """What can't be done as it was asked, in one sentence."""
    if not quarter:
        stop("Please name the quarter: --quarter 2026/27-Q1 is April to June 2026.")
    if wanted in FOR_A_FILE and output is None and sys.stdout.isatty():
        stop(f"{FOR_A_FILE[wanted]} can't be shown here. Name a file for it: --output report.{wanted.value}.")
    if easy_read and wanted not in EASY_IN:
        stop(f"The easy-read page is for people: use {', '.join(EASY_IN[:-1])} or {EASY_IN[-1]}.")
    if freeze and backtest:
        stop("--freeze stops the figures on record, and --backtest makes new ones. Use one of them.")
    if (
        output is not None
        and output.exists()
        and any(output.samefile(one) for one in backtest if one.exists())
    ):
        stop(f"{output}: this is a file with your dates, so it is left as it is. Name another file.")


async def _from_ledger(quarter: str, now: datetime, *, freeze: bool) -> "Made":
    from functions import freezing
    from functions.files.book_of_settings import book_from
    from functions.quarter_report import Made, begun_quarter, from_record
    from functions.settings import settings
    from functions.wiring import storage_token, whole_files
    from ledger import open_ledger
    from ledger.former_names import under_first_names

    told = settings(os.environ, signs_in=False)
    async with whole_files(told, now) as here:
        book = book_from(here).book
    asked = begun_quarter(quarter, book.agreement, now)
    async with open_ledger(told.ledger, storage_token(told)) as opened:
        ledger = under_first_names(opened, book.agreement.first_names)
        if freeze:
            done = await freezing.freeze(ledger, book, asked, now, by=f"command line {uuid4().hex[:8]}")
            return Made(done.report)
        return Made(await freezing.frozen(ledger, asked) or await from_record(ledger, book, asked, now))


def _content(made: "Reported", wanted: ReportFormat, *, easy: bool) -> bytes:
    from wording.report_table import report_csv, report_json

    match wanted:
        case ReportFormat.DOCX:
            from wording.report_document import report_document

            return report_document(made, easy=easy)
        case ReportFormat.XLSX:
            from wording.report_workbook import report_workbook

            return report_workbook(made)
        case ReportFormat.HTML:
            from wording.report_page import report_page

            text = report_page(made, easy=easy)
        case ReportFormat.CSV:
            text = report_csv(made)
        case ReportFormat.JSON:
            text = json.dumps(report_json(made), ensure_ascii=False, indent=2) + "\n"
        case ReportFormat.TEXT:
            from wording.report_text import report_text

            text = report_text(made, easy=easy)
    return text.encode()


COMMANDS = (report,)
