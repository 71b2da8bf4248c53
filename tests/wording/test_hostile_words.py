"""Whatever somebody types into a calendar, no output carries it in a form that does something."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tests.wording.invented import HOSTILE
from wording.check_csv import FORMULA_STARTS, as_csv
from wording.check_json import as_json
from wording.check_page import page
from wording.check_text import text
from wording.results import Results

ANY_WORDS = st.one_of(
    st.text(max_size=300),
    st.sampled_from(HOSTILE),
    st.tuples(st.sampled_from("=+-@\t\r＝＋－＠ '\""), st.text(max_size=40)).map("".join),
    st.text(st.sampled_from("<>&\"'/=[]{}%!-scriptbgonlad\x1b\x9b\u202e"), max_size=60),
)


class Elements(HTMLParser):
    """The elements and attributes of a page, and what stands in them, as a browser would read them."""

    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.comments: list[str] = []
        self.open: list[str] = []
        self.feed(written)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember it."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Elements close in the order they were opened."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Remember the words."""
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        """Remember comments: the page has none."""
        self.comments.append(data)


@pytest.fixture(scope="session")
def ours(titled: Callable[[str], Results]) -> Elements:
    """The page with a harmless title: the elements it may have."""
    return Elements(page(titled("Harmless")))


@given(ANY_WORDS)
def test_no_element_of_the_page_comes_from_a_title(
    titled: Callable[[str], Results], ours: Elements, words: str
) -> None:
    """Words stay words: the same elements and attributes as with a harmless title, all closed."""
    read = Elements(page(titled(words)))
    assert (read.tags, read.attributes) == (ours.tags, ours.attributes)
    assert (read.open, read.comments) == ([], [])


@given(ANY_WORDS)
def test_no_cell_of_the_table_is_a_formula(titled: Callable[[str], Results], words: str) -> None:
    """Every row has its cells, and none starts like something Excel would run."""
    written = as_csv(titled(words))
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))
    assert len(rows) == 1 + 4
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS)]
    assert not [cell for row in rows for cell in row if "\n" in cell or "\r" in cell]


@given(ANY_WORDS)
def test_json_comes_back_as_it_went(titled: Callable[[str], Results], words: str) -> None:
    """What a program reads is what we wrote, also when saved as UTF-8."""
    value = as_json(titled(words))
    assert json.loads(json.dumps(value, ensure_ascii=False).encode()) == value


@given(ANY_WORDS)
def test_the_terminal_gets_words_and_new_lines_only(titled: Callable[[str], Results], words: str) -> None:
    """No control character reaches the screen, not even through rich's own markup."""
    console = Console(file=io.StringIO(), width=80, color_system=None)
    console.print(text(titled(words)))
    written = console.file.getvalue()  # type: ignore[attr-defined]
    assert not [c for c in written if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


@given(ANY_WORDS)
def test_a_screen_with_colours_gets_our_colours_only(titled: Callable[[str], Results], words: str) -> None:
    """On a colour terminal bold and underlined headings are all there is, whatever a title asks for."""
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system="truecolor")
    console.print(text(titled(words)))
    commands = {part.split("m")[0] for part in console.file.getvalue().split("\x1b")[1:]}  # type: ignore[attr-defined]
    assert commands <= {"[0", "[1", "[1;4"}


def test_markup_in_titles_is_shown_and_not_obeyed(titled: Callable[[str], Results]) -> None:
    """Square brackets, braces and emoji names stand as they were typed."""
    typed = "[red]x[/red] {{ 7 * 7 }} :smile: &lt;"
    console = Console(file=io.StringIO(), width=200)
    console.print(text(titled(typed)))
    assert typed in console.file.getvalue()  # type: ignore[attr-defined]
    assert typed in "".join(Elements(page(titled(typed))).text)
