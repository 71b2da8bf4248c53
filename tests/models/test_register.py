"""The register: eleven lists, declared once, each with the least that is needed."""

import re

import pytest

from models.columns import Column, Kind, RegisterList
from models.register import FORUM_REPS, LIST_OF_ITEM, PAPERS, REGISTER, list_of, register_list

COLUMNS = [(one, column) for one in REGISTER for column in one.columns]
NAMES = [f"{one.name}.{column.name}" for one, column in COLUMNS]
SHAREPOINTS_OWN = {
    "ID",
    "Created",
    "Modified",
    "Author",
    "Editor",
    "Attachments",
    "ContentType",
    "Type",
    "Order",
}


def test_the_lists_are_those_that_people_fill_in() -> None:
    assert [one.name for one in REGISTER] == [
        "Groups",
        "Forum reps",
        "Contacts",
        "Term dates",
        "Closed days",
        "Venues",
        "Papers",
        "Forward plan",
        "Co-production requests",
        "Consultations and surveys",
        "Reviews and reports",
    ]


def test_the_papers_list_has_exactly_these_columns() -> None:
    names = [column.name for column in register_list(PAPERS).columns]
    wanted = [
        "Title",
        "Group",
        "MeetingDate",
        "MeetingKey",
        "SentOn",
        "ComingOn",
        "Reason",
        "NoPapers",
        "Link",
    ]
    assert names == wanted


def test_the_list_of_forum_reps_holds_no_more_than_a_role_and_where_its_mail_goes() -> None:
    columns = {column.name: column for column in register_list(FORUM_REPS).columns}
    assert set(columns) == {"Title", "Group", "Address", "NoMail"}
    assert columns["Title"].title == "Role"


@pytest.mark.parametrize("one", REGISTER, ids=lambda one: one.name)
def test_each_list_starts_with_its_title_and_says_what_it_is_for(one: RegisterList) -> None:
    names = [column.name for column in one.columns]
    assert names[0] == "Title"
    assert len({name.casefold() for name in names}) == len(names)
    assert one.purpose.endswith(".")


@pytest.mark.parametrize("column", [column for _, column in COLUMNS], ids=NAMES)
def test_each_column_has_a_safe_name_and_plain_words(column: Column) -> None:
    assert re.fullmatch(r"[A-Z][A-Za-z]{2,30}", column.name)
    assert column.name not in SHAREPOINTS_OWN
    assert column.title
    assert column.description[0].isupper()
    assert column.description.endswith((".", "?"))
    assert bool(column.choices) is (column.kind is Kind.CHOICE)


@pytest.mark.parametrize("column", [column for _, column in COLUMNS], ids=NAMES)
def test_days_that_promises_depend_on_are_text_with_an_example(column: Column) -> None:
    if column.holds_day:
        assert column.kind is Kind.TEXT
        assert "2026-11-27" in column.description
    if column.kind is Kind.DATE:
        assert column.name == "CheckedOn"  # nothing is counted from the day of a check


def test_what_is_searched_for_is_indexed() -> None:
    papers = register_list(PAPERS)
    assert {name for name in ("Group", "MeetingDate", "MeetingKey") if papers.column(name).indexed} == {
        "Group",
        "MeetingDate",
        "MeetingKey",
    }


def test_lists_and_columns_are_found_by_name() -> None:
    assert list_of("venue").column("Accessible").choices == ("Yes", "No")  # empty: nobody has looked yet
    assert {list_of(item).name for item in LIST_OF_ITEM} <= {one.name for one in REGISTER}
    with pytest.raises(KeyError):
        register_list("Secrets")
    with pytest.raises(KeyError):
        list_of("venue").column("Wallpaper")
