"""People by role: who holds it, whose address it is, and one rep for several groups."""

import pytest

from models.people import Contact, People, Seat, person_key, role_key

MANAGER = Contact(role="Partnership Manager", partner="council", address="pm@council.example")
SEATS = (
    Seat(role="Forum rep, Board", group="SEND Partnership Board", address="Rep@forum.example"),
    Seat(role="Forum rep, Inclusion", group="Inclusion Group", address="rep@forum.example"),
    Seat(role="Forum rep, Quiet", group="Quiet Group", address="rep@forum.example", no_mail=True),
    Seat(role="Forum rep, Board", group="SEND Partnership Board", address="second@forum.example"),
)
PEOPLE = People(contacts=(MANAGER,), seats=SEATS)


@pytest.mark.parametrize("asked", ["Partnership Manager", "partnership  manager", " PARTNERSHIP MANAGER "])
def test_a_role_is_found_however_it_is_written(asked):
    assert PEOPLE.contact(asked) == MANAGER


def test_nobody_holds_an_empty_or_unknown_role():
    assert PEOPLE.contact("") is None
    assert PEOPLE.contact("Head of Something") is None
    assert PEOPLE.at("") is None


def test_an_address_is_somebodys():
    assert PEOPLE.at("PM@council.example") == MANAGER


def test_one_address_is_one_rep_with_all_its_groups_but_those_without_mail():
    reps = PEOPLE.reps
    assert [rep.groups for rep in reps.values()] == [
        ("SEND Partnership Board", "Inclusion Group"),
        ("SEND Partnership Board",),
    ]
    assert list(reps) == [person_key("rep@forum.example"), person_key("second@forum.example")]


def test_a_key_says_nothing_of_the_address_and_two_roles_stay_apart():
    key = person_key("rep@forum.example")
    assert len(key) == 20
    assert "rep" not in key.replace(key[3:], "")
    assert role_key("Board Manager") != role_key("Board-Manager")
    assert role_key("Board Manager") == role_key("board  manager")


def test_no_address_is_shown_by_accident():
    assert "@" not in repr(PEOPLE)
