"""The administrator's part of the terminal's door: set a partnership up, provide what it needs, examine it.

Exit codes as for every command: 0 all well, 1 something waits, 2 bad input or set-up.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from terminal import TextOrJson, moment_named, out, print_json, print_text, says_yes, stop


def setup(
    *,
    agreement: Annotated[
        Path | None, typer.Option(help="The agreement (YAML) to write. Where there is none, a copy is made.")
    ] = None,
    mailbox: Annotated[
        list[str] | None, typer.Option(help="A shared mailbox to look at; several allowed.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without being asked.")] = False,
    now: Annotated[str, typer.Option(help="Look as if it were this day or time.")] = "",
    format: Annotated[TextOrJson, typer.Option(help="How to print what was found.")] = TextOrJson.TEXT,
) -> None:
    """Look at two months of the shared mailbox, propose the groups that meet, and write them after your yes."""
    from functions.setting_up.proposing import Asked, exit_code, look_round, write_down
    from functions.settings import settings
    from wording import setup_text

    asked = Asked(agreement=agreement, mailboxes=mailbox or ())
    found = asyncio.run(look_round(settings(os.environ), asked, moment_named(now)))
    as_text = format is TextOrJson.TEXT
    if as_text:
        out(setup_text.setup_text(found))
    if found.anything and (yes or (as_text and says_yes(setup_text.question_text(found)))):
        found = write_down(found)
    if not as_text:
        print_json(setup_text.setup_json(found))
    elif found.anything:
        out(setup_text.written_text(found) if found.written else setup_text.not_written_text(found))
    sys.exit(exit_code(found))


def provision(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
    rotate: Annotated[bool, typer.Option("--rotate", help="Make new secret words, into two files.")] = False,
    resubscribe: Annotated[
        bool, typer.Option("--resubscribe", help="Make each subscription anew, for a new client state.")
    ] = False,
    own_diary: Annotated[
        str, typer.Option(help="Why a calendar that may be a person's own is read; it is remembered.")
    ] = "",
    grant_request: Annotated[
        Path | None,
        typer.Option(help="Write the request for a role on the site into this file, for an administrator."),
    ] = None,
    now: Annotated[str, typer.Option(help="Run as if it were this day or time.")] = "",
    format: Annotated[TextOrJson, typer.Option(help="How to print what was done.")] = TextOrJson.TEXT,
) -> None:
    """Make the register's lists and the subscriptions that are missing. What people made is left as it is."""
    from functions.setting_up.provisioning import Asked, exit_code, provide
    from functions.setting_up.rotating import rotate as rotate_words
    from functions.settings import settings
    from wording.grant_request import grant_request as request_for
    from wording.provision_text import provision_json, provision_text, rotated_text

    if rotate:
        if dry_run or resubscribe or own_diary or grant_request:
            stop("--rotate goes alone: type 'provision --rotate'.")
        out(rotated_text(rotate_words(Path(), os.environ.get("PROTOCOL_WATCH_SIGNING_KEY", ""))))
        return
    asked = Asked(dry=dry_run, resubscribe=resubscribe, own_diary=own_diary)
    by = f"command line {uuid4().hex[:8]}"
    told = settings(os.environ)
    if grant_request and not told.site:
        stop("--grant-request: no site is set. Set PROTOCOL_WATCH_SITE to the partnership's site.")
    done = asyncio.run(provide(told, asked, moment_named(now), by=by))
    if format is TextOrJson.JSON:
        print_json(provision_json(done))
    else:
        out(provision_text(done))
    if grant_request and not done.stopped:
        _written(grant_request, request_for(done, told.graph_url), "--grant-request")
        if format is TextOrJson.TEXT:
            out(f"The request to your administrator is written to {grant_request}.")
    sys.exit(exit_code(done))


def _written(file: Path, content: object, option: str) -> None:
    """The file as JSON; one sentence where it can't be written."""
    try:
        file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as fault:
        why = fault.strerror or "no reason given"
        stop(f"{file}: it can't be written ({why}). Name another with {option}.")


def doctor(
    outside: Annotated[
        str, typer.Option(help="A mailbox that Protocol Watch must NOT be able to read, such as your own.")
    ] = "",
    now: Annotated[str, typer.Option(help="Look as if it were this day or time.")] = "",
    format: Annotated[TextOrJson, typer.Option(help="How to print what was found.")] = TextOrJson.TEXT,
) -> None:
    """Look at everything that Protocol Watch needs, and name every fault at once, each with its cure."""
    from functions.doctor.examination import examine, exit_code
    from wording.doctor_text import commands_text, doctor_json, doctor_text

    if outside and "@" not in outside:
        stop(f"--outside: '{outside}' is not a mail address. Write it as your.own@council.example.")
    examined = asyncio.run(examine(os.environ, moment_named(now), outside=outside, pretended=bool(now)))
    if format is TextOrJson.JSON:
        print_json(doctor_json(examined))
    else:
        print_text(doctor_text(examined))
        if lines := commands_text(examined):
            out(lines)
    sys.exit(exit_code(examined))


def support_bundle(
    *,
    output: Annotated[
        Path | None, typer.Option("--output", help="The file to write; else one with today's date, here.")
    ] = None,
    now: Annotated[str, typer.Option(help="Look as if it were this day or time.")] = "",
) -> None:
    """Write one file for whoever helps you: what doctor found, versions, counts. Names are left out of it."""
    from functions.support import bundle

    moment = moment_named(now)
    made = asyncio.run(bundle(os.environ, moment, pretended=bool(now)))
    file = output or Path(f"protocol-watch-support-{moment:%Y-%m-%d}.json")
    _written(file, made, "--output")
    out(
        f"{file} is written. Read it before you send it: names are left out, but you know best what is yours."
    )


def dpia(
    *,
    now: Annotated[str, typer.Option(help="Print as if it were this day.")] = "",
) -> None:
    """Print what your data protection officer asks of this set-up: what is read, kept, and told to whom."""
    from functions.assessing import assess
    from functions.settings import settings
    from reading.faults import Unreadable
    from wording.dpia import dpia_page

    try:
        found = asyncio.run(assess(settings(os.environ, signs_in=False), moment_named(now)))
    except Unreadable as unreadable:
        stop(*(str(fault) for fault in unreadable.faults))
    out(dpia_page(found))


COMMANDS = (setup, provision, doctor, support_bundle, dpia)
