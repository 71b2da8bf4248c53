"""The part of the terminal's door for what is kept: how long, what is held about somebody, and erasing it.

Exit codes as for every command: 0 all well, 1 something is left to do, 2 bad input or set-up.
"""

import asyncio
import os
import sys
from typing import Annotated
from uuid import uuid4

import typer

from terminal import TextOrJson, moment_named, out, print_json, says_yes, stop

data = typer.Typer(
    help="How long things are kept; what is held about a person; erase it.", no_args_is_help=True
)

Now = Annotated[str, typer.Option(help="Run as if it were this day or time.")]
Address = Annotated[str, typer.Option("--person", help="The mail address of the person.")]
Name = Annotated[str, typer.Option(help="A name that people may have typed into a text, in quotes.")]
As = Annotated[TextOrJson, typer.Option(help="How to print it.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]


@data.command()
def kept(*, now: Now = "") -> None:
    """Say what is kept, and how long, under your agreement."""
    from functions.keeping.at_the_keyboard import agreement_named
    from functions.settings import settings
    from models.days import LONDON
    from wording.held_text import kept_text

    moment = moment_named(now)
    agreement = asyncio.run(agreement_named(settings(os.environ, signs_in=False), moment))
    out(kept_text(agreement, moment.astimezone(LONDON).date()))


@data.command()
def tidy(*, dry_run: Dry = False, now: Now = "", format: As = TextOrJson.TEXT) -> None:
    """Let go what has had its time, as the timer does each night."""
    from functions.keeping.at_the_keyboard import tidy_now
    from functions.settings import settings
    from wording.held_text import tidied_text

    done = asyncio.run(tidy_now(settings(os.environ), moment_named(now), by=_by(), dry=dry_run))
    if format is TextOrJson.JSON:
        print_json({"dry_run": done.dry, "gone": dict(done.gone), "busy": done.busy, "unknown": done.unknown})
    else:
        out(tidied_text(done.gone, done.busy, done.unknown, dry=done.dry))
    sys.exit(int(bool(done.busy or done.unknown)))


@data.command()
def export(*, person: Address, name: Name = "", now: Now = "", format: As = TextOrJson.TEXT) -> None:
    """Say everything that is held about a person, in plain words."""
    from functions.keeping.at_the_keyboard import look_for
    from functions.keeping.person import Person
    from functions.settings import settings
    from wording.held_text import held_json, held_text

    wanted = Person(_address(person), name)
    held = asyncio.run(look_for(settings(os.environ), wanted, moment_named(now), by=_by()))
    if format is TextOrJson.JSON:
        print_json(held_json(held))
    else:
        out(held_text(held))
    sys.exit(int(bool(held.unread)))


@data.command()
def erase(
    *,
    person: Address,
    name: Name = "",
    dry_run: Dry = False,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without being asked.")] = False,
    now: Now = "",
    format: As = TextOrJson.TEXT,
) -> None:
    """Erase a person, after a look at what that would be and your yes. Totals stay."""
    from functions.keeping.at_the_keyboard import erase_now, look_for
    from functions.keeping.person import Person
    from functions.settings import settings
    from wording.held_text import ASKED, NOTHING_ERASED, erased_json, erased_text, held_text

    told, at = settings(os.environ), moment_named(now)
    wanted = Person(_address(person), name)
    held = asyncio.run(look_for(told, wanted, at, by=_by()))
    as_text = format is TextOrJson.TEXT
    done = asyncio.run(erase_now(told, wanted, at, by=_by(), dry=True))
    if as_text:
        out(held_text(held))
        if dry_run or not yes:
            out(erased_text(done, held))
    agreed = not dry_run and (yes or (as_text and says_yes(ASKED)))
    if agreed:
        done = asyncio.run(erase_now(told, wanted, at, by=_by(), dry=False))
    if not as_text:
        print_json(erased_json(done, held))
    elif agreed:
        out(erased_text(done, held))
    elif not dry_run:
        out(NOTHING_ERASED)
    sys.exit(int(bool(held.unread or held.rows or held.typed) or not done.whole))


def _address(text: str) -> str:
    before, at, after = text.strip().partition("@")
    if not (before and at and "." in after):
        stop(f"--person: '{text}' is not a mail address. Write it as sam.hill@mail.example.")
    return text.strip()


def _by() -> str:
    return f"command line {uuid4().hex[:8]}"
