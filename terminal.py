"""How a person's words come in at the terminal and go out: days, moments, progress, and the last sentence."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console
from rich.progress import Progress, TaskID

from models.days import LONDON
from wording.plain import clean

if TYPE_CHECKING:
    from rich.console import RenderableType

# Options after which several files may be named, by command.
SEVERAL = {
    "check": ("--terms",),
    "plan": ("--terms",),
    "slots": ("--terms", "--calendar"),
    "report": ("--terms", "--backtest"),
}
WITHOUT_FILES = ("slots", "report")  # commands that take no file of their own
LONG_WORK = 2_000  # entries of one file from which on progress is worth showing


class TextOrJson(StrEnum):
    """How a run is printed: for people, or for programs."""

    TEXT = "text"
    JSON = "json"


def stop(*sentences: str) -> NoReturn:
    """Say why nothing can be done, on standard error, and leave with exit code 2."""
    complain(*sentences)
    sys.exit(2)


def complain(*sentences: str) -> None:
    """Say on standard error what could not be used, a line each."""
    for sentence in sentences:
        print(clean(sentence), file=sys.stderr)  # noqa: T201 (this is the terminal's door)


def several_terms(words: list[str]) -> list[str]:
    """The words as typed, where `check a.ics --terms x.csv y.ics` means both x.csv and y.ics are term dates.

    Only after a calendar was named: in `check --terms x.csv a.ics` the last one is the calendar. `slots`
    and `report` take no file of their own, so there every file belongs to the option before it.
    """
    several = SEVERAL.get(words[0] if words else "", ())
    if not several or (words[0] not in WITHOUT_FILES and (len(words) < 2 or words[1].startswith("-"))):
        return words
    meant: list[str] = []
    option = ""
    for before, word in pairwise(["", *words]):
        if word.startswith("-"):
            option = word if word in several else ""
        elif option and before != option:
            meant.append(option)
        meant.append(word)
    return meant


def out(text: str) -> None:
    """Print a text on standard output, with one line end after it."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def print_json(value: object) -> None:
    """Print a value for programs."""
    out(json.dumps(value, ensure_ascii=False, indent=2))


def print_text(text: "RenderableType") -> None:
    """Print a text for people, with the colours that their terminal can show."""
    Console(highlight=False, markup=False, emoji=False).print(text)


def says_yes(question: str) -> bool:
    """Whether a person answers y; nobody there to answer is no."""
    sys.stdout.write(question)
    sys.stdout.flush()
    answer = sys.stdin.readline()
    if not answer.endswith("\n") or not sys.stdin.isatty():
        out("")
    return answer.strip().casefold() in ("y", "yes")


def keep_line_ends() -> None:
    """Windows would turn each line end of the table into two."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(newline="")


def moment_named(text: str) -> datetime:
    """The moment a person named, London time where no offset is given; the clock's where none was named."""
    if not text:
        return datetime.now(LONDON)
    try:
        named = datetime.fromisoformat(text)
    except ValueError:
        stop(f"--now: '{text}' is not a day or time. Write it as 2026-11-27 or 2026-11-27T09:30.")
    return named.astimezone(LONDON) if named.tzinfo else named.replace(tzinfo=LONDON)


def day_named(option: str, text: str) -> date | None:
    """The day a person named with an option; None where none was."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        stop(f"{option}: '{text}' is not a day. Write it as 2026-11-27.")


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None] | None]:
    """Progress on standard error for long work; silent where nobody watches."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def told(name: str, done: int, total: int) -> None:
            if total >= LONG_WORK:
                if name not in tasks:
                    tasks[name] = bar.add_task(f"Reading {clean(name)}", total=total)
                bar.update(tasks[name], completed=done)

        yield told


def speak_utf8() -> None:
    """A terminal that can't show a letter shows a mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def write_out(content: bytes, output: Path | None) -> None:
    """To the file that was named, else where the terminal's words go."""
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(
            content
        )  # as it is: Windows would change line ends, and break a document or a workbook
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        reason = error.strerror or "its name can't be used"
        stop(f"{output}: the file can't be written ({reason}). Close it if it is open, or name another.")
    out(f"Written: {output}")
