"""A SharePoint list as a page: its rows as they stand, harmless, and usable by everybody."""

from pathlib import Path

from tests.wording.in_a_browser import assert_everybody_can_use
from wording.list_page import ListSeen, list_page

HOSTILE = '<script>alert("x")</script> =HYPERLINK("http://x")'
SEEN = ListSeen(
    title="Promises",
    about="How each promise stands.",
    columns=("What", "How it stands", "Your reason"),
    rows=(("SEND Partnership Board: P01", "due", ""), (HOSTILE, "explained", "")),
)


def test_rows_stand_in_their_columns_and_empty_columns_are_named() -> None:
    page = list_page(SEEN)
    assert '<th scope="row" dir="auto">SEND Partnership Board: P01</th><td dir="auto">due</td>' in page
    assert page.count('<th scope="col">') == 2
    assert "Nothing stands in: Your reason." in page


def test_no_word_of_anybody_becomes_markup() -> None:
    assert "<script" not in list_page(SEEN)


def test_axe_finds_nothing(tmp_path: Path, house: Path) -> None:
    assert_everybody_can_use(list_page(SEEN), tmp_path, house)
