"""Which lists a partnership needs: four to start with, and those that promises which are on look into."""

from functions.files import shipped
from models.register_wanted import lists_wanted
from reading.agreements import read_agreement

AGREEMENT = read_agreement(shipped.AGREEMENT)


def test_four_lists_while_every_promise_is_off() -> None:
    assert [one.name for one in lists_wanted(AGREEMENT)] == ["Groups", "Forum reps", "Contacts", "Papers"]


def test_a_promise_that_is_on_brings_the_list_it_looks_into() -> None:
    promises = tuple(one.model_copy(update={"on": one.is_watched}) for one in AGREEMENT.promises)
    names = {one.name for one in lists_wanted(AGREEMENT.model_copy(update={"promises": promises}))}
    assert names >= {"Groups", "Forum reps", "Contacts", "Papers", "Venues", "Co-production requests"}
