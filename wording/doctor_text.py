"""What `doctor` found, for the terminal and for programs: what is wrong first, then what is worth a look."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group

from models import spoken
from wording.check_text import Line
from wording.examined import Examined, Standing
from wording.plain import sentence

HEADINGS = {
    Standing.WRONG: "To put right",
    Standing.LOOK: "Worth a look",
    Standing.WELL: "Well",
}


def doctor_text(examined: Sequence[Examined]) -> Group:
    """Everything that was looked at, to be printed on a rich console."""
    return Group(*_lines(examined))


def commands_text(examined: Iterable[Examined]) -> str:
    """The lines to type, apart from the rest, because a line that was broken can't be copied; empty where none."""
    blocks = [
        ("", f"{one.what}, lines for an administrator:", *one.command) for one in examined if one.command
    ]
    return "\n".join(line for block in blocks for line in block)


def doctor_json(examined: Iterable[Examined]) -> list[dict[str, str]]:
    """The same for programs, in the order in which it was looked at."""
    return [
        {
            "what": one.what,
            "state": one.standing.value,
            "says": sentence(one.says),
            "cure": sentence(one.cure),
            "command": "\n".join(one.command),
        }
        for one in examined
    ]


def _lines(examined: Sequence[Examined]) -> Iterator[Line]:
    yield Line(_in_all(examined), style="bold")
    for standing, heading in HEADINGS.items():
        these = [one for one in examined if one.standing is standing]
        if these:
            yield Line("")
            yield Line(heading, style="bold underline")
        for one in these:
            yield Line(f"{one.what}: {sentence(one.says)}", 2)
            if one.cure:
                yield Line(sentence(one.cure), 4)


def _in_all(examined: Sequence[Examined]) -> str:
    counts = Counter(one.standing for one in examined)
    wrong = f"{spoken.count(counts[Standing.WRONG], 'thing')} to put right"
    look = f"{spoken.count(counts[Standing.LOOK], 'thing')} worth a look"
    return f"{wrong}, {look}, {counts[Standing.WELL]} well."
