"""The report's drawings, as SVG: promises by month, papers' days ahead, and how much was asked. Each has its table.

They are drawn narrow, so that a phone shows them without shrinking their letters. Words and numbers stand in them;
colour only repeats what they say. Colours come from the page's own style, so that they are right by night and on
paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 340
LINE, BAR = 26, 20
LETTERS = 8  # the width of a letter, about


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a bar: how it is drawn (the name of its style) and how many."""

    style: str
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name and its pieces."""

    name: str
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """All its pieces together."""
        return sum(one.number for one in self.parts)


@dataclass(frozen=True, slots=True)
class Dot:
    """One meeting on the strip: its name, where it lies (None: nowhere that we can see), and what stands there."""

    name: str
    at: int | None
    says: str


def bars(rows: Sequence[Bar], styles: Sequence[tuple[str, str]], says: str) -> str:
    """Bars of pieces, each with its number where it fits, and what each style means."""
    most = max((one.total for one in rows), default=0) or 1
    drawn, top = [], 4
    for row in rows:
        drawn.append(_text(0, top + 14, row.name, "name"))
        top += LINE - 6
        left = 0.0
        for part in row.parts:
            width = part.number / most * (WIDTH - 30)
            if part.number:
                drawn.append(
                    f'<rect class="{part.style}" x="{left:.1f}" y="{top}" width="{width:.1f}" height="{BAR}"/>'
                )
                if width > LETTERS * len(str(part.number)) + 6:
                    drawn.append(_text(left + width / 2, top + 15, str(part.number), f"on {part.style}-ink"))
            left += width
        drawn.append(_text(left + 4, top + 15, str(row.total), "sum"))
        top += LINE + 8
    for style, meaning in styles:
        drawn.append(f'<rect class="{style}" x="0.5" y="{top}.5" width="18" height="14"/>')
        drawn.append(_text(26, top + 12, meaning, "key"))
        top += 22
    return _svg(drawn, top + 4, says)


def strip(dots: Sequence[Dot], promised: int | None, says: str) -> str:
    """A line for each meeting, a dot where its papers went out, and the promised day as a line through all."""
    most = max([8, promised or 0, *(one.at for one in dots if one.at is not None)])
    left, right = 96, WIDTH - 16

    def place(days: int) -> float:
        return right - min(days, most) / most * (right - left)

    top = 44
    drawn = [_text(left, 14, "working days before", "key"), _text(right, 14, "the meeting", "key end")]
    bottom = top + LINE * len(dots)
    for days in range(0, most + 1, 1 if most <= 10 else 5):
        drawn.append(_text(place(days), 34, str(days), "on"))
        drawn.append(
            f'<line class="thin" x1="{place(days):.1f}" y1="40" x2="{place(days):.1f}" y2="{bottom}"/>'
        )
    if promised is not None:
        drawn.append(
            f'<line class="promised" x1="{place(promised):.1f}" y1="40" x2="{place(promised):.1f}" y2="{bottom}"/>'
        )
    for one in dots:
        drawn.append(_text(0, top + 17, one.name, "name"))
        if one.at is None:
            drawn += [_text(left + 4, top + 17, one.says, style) for style in ("sum halo", "sum")]
        else:
            drawn.append(f'<circle class="dot" cx="{place(one.at):.1f}" cy="{top + 12}" r="7"/>')
        top += LINE
    if promised is not None:
        drawn.append(f'<line class="promised" x1="1" y1="{top + 8}" x2="18" y2="{top + 8}"/>')
        drawn.append(_text(26, top + 13, f"promised: {promised} working days or more", "key"))
        top += 22
    return _svg(drawn, top + 4, says)


def _svg(drawn: Sequence[str], height: int, says: str) -> str:
    label = escape(says, quote=True)
    body = "".join(drawn)
    return f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{body}</svg>'


def _text(x: float, y: float, words: str, style: str) -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y}">{escape(words)}</text>'
