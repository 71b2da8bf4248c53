"""Which lists of the register a partnership needs: those everybody starts with, and those that promises look into."""

from models.agreement import Agreement, NoticeTest, Operator, PresentTest, Promise
from models.columns import RegisterList
from models.register import CONTACTS, FORUM_REPS, GROUPS, LIST_OF_ITEM, PAPERS, REGISTER, REQUESTS

FIRST = frozenset({GROUPS, FORUM_REPS, PAPERS, CONTACTS})


def lists_wanted(agreement: Agreement) -> tuple[RegisterList, ...]:
    """The lists to make, in the register's order; a promise that is off needs none."""
    looked_into = {_list_of(promise) for promise in agreement.promises if promise.on and promise.is_watched}
    return tuple(one for one in REGISTER if one.name in FIRST | looked_into)


def _list_of(promise: Promise) -> str:
    match promise.operator, promise.test:
        case Operator.PRESENT, PresentTest(item=item):
            return LIST_OF_ITEM[item]
        case Operator.NOTICE, NoticeTest(thing="request"):
            return REQUESTS
    return ""
