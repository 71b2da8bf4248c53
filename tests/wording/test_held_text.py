"""What `data` says, and that the page on data protection has the table that the program goes by."""

from datetime import date
from pathlib import Path

from tests.wording.invented import AGREEMENT
from wording.held_about import Erased, HeldAbout, Row
from wording.held_text import erased_text, held_text, kept_table, kept_text, tidied_text


def test_the_page_has_the_table_that_the_program_goes_by(house: Path) -> None:
    page = (house / "docs/data-protection/how-long.md").read_text("utf-8")
    begins, ends = "<!-- table: made from models/retention.py -->\n", "\n<!-- end of table -->"
    assert page.partition(begins)[2].partition(ends)[0] == kept_table()


def test_the_days_of_the_agreement_are_said() -> None:
    said = kept_text(AGREEMENT, date(2025, 3, 3))
    assert said.startswith("Next review of the agreement: Friday 9 January 2026. Nobody wrote a date")
    assert "What is found today stays until Saturday 9 January 2027." in said
    wrote = AGREEMENT.model_copy(update={"next_review": date(2025, 7, 1)})
    assert kept_text(wrote, date(2025, 3, 3)).startswith(
        "Next review of the agreement: Tuesday 1 July 2025.\n"
    )


def test_what_went_and_what_would_go() -> None:
    assert tidied_text({"alerts": 0}, 0, (), dry=False) == "Nothing has had its time."
    assert tidied_text({"alerts": 2, "stamps": 0}, 0, (), dry=True) == "This would go:\n  alerts: 2"
    said = tidied_text({"alerts": 2}, 1, ("shoe\x07 sizes",), dry=False)
    assert "1 group was being looked at. The next night sees to it." in said
    assert "We don't know how long these may stay, so they stay: shoe sizes." in said


def test_what_is_left_to_people_is_always_said() -> None:
    held = HeldAbout(address="a@b.example", rows=(Row("Contacts", "7"),), unread=("The list is locked.",))
    said = erased_text(Erased(gone={}, busy=1), held)
    assert said.startswith("There is nothing to erase here.\nSome of it was changed at the same moment.")
    assert (
        "  Contacts, row 7\nWe could not look here: The list is locked.\nThis is what else there may be."
        in said
    )
    assert "We could not look here" in held_text(HeldAbout(address="a@b.example", unread=("x.",)))
