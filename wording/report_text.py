"""The quarterly report as plain text, for the terminal and for mails: 80 letters wide, no colour needed."""

from collections.abc import Iterator
from textwrap import fill

from models.tally import IN_WORDS
from wording import report_words as words
from wording.blocks import Block, Box, Grid, Heading, Points, Words
from wording.plain import LINE, clean
from wording.report_parts import easy_parts, parts
from wording.reported import Reported

WIDTH = 80
SHORT = 4  # columns: such a row fits on one line


def report_text(report: Reported, *, easy: bool = False) -> str:
    """The whole report; tables are told row by row, drawings are left out because their tables say the same."""
    lines = [words.heading(report), "=" * len(words.heading(report)), clean(report.agreement, LINE), ""]
    lines += [_wrapped(words.standing(report)), *([] if easy else [_wrapped(words.intro())])]
    for block in easy_parts(report) if easy else parts(report):
        lines += _lines(block)
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield from ("", text, ("-" if level == 2 else "·") * len(text))
        case Words(text):
            yield _wrapped(text)
        case Points(items, numbered):
            for number, item in enumerate(items, 1):
                yield _wrapped(item, f"{number}. " if numbered else "- ")
        case Grid():
            yield from _rows(block)
        case Box(label):
            yield from ("", f"{label}:", "", "")


def _rows(grid: Grid) -> Iterator[str]:
    yield _wrapped(grid.caption)
    for row in grid.rows:
        line = ", ".join(cell for cell in row if cell)
        if len(grid.columns) <= SHORT and len(line) <= WIDTH:
            yield f"* {line}"
            continue
        yield _wrapped(row[0], "* ")
        for name, cell in zip(grid.columns[1:], row[1:], strict=True):
            if cell not in ("", IN_WORDS[0]):
                yield _wrapped(f"{name}: {cell}", "    ")
    if grid.more:
        yield f"And {grid.more:,} more. The table has them all: use --format csv."


def _wrapped(text: str, start: str = "") -> str:
    return fill(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False)
