"""The map from status and code to what must be done is whole: no status and no code falls through it."""

import pytest

from graph_client import errors
from graph_client.asked import calendar_of
from graph_client.errors import GraphError
from graph_client.refusals import _BY_CODE, _BY_STATUS, Refusal, error_for, kind_of

ASKED = calendar_of("send.partnership@council.example")
NAMED = {
    errors.PersonMustAct: {401, 402, 403, 407, 423, 451, 507, 511},
    errors.NotThere: {404},
    errors.ChangedMeanwhile: {409, 412},
    errors.ReadAfresh: {410},
    errors.TryAgainLater: {408, 421, 424, 425, 429} | (set(range(500, 600)) - {501, 505, 507, 511}),
}
KNOWN = {
    # what says more than its status
    "syncStateNotFound": errors.ReadAfresh,
    "SyncStateInvalid": errors.ReadAfresh,
    "resyncRequired": errors.ReadAfresh,
    "ErrorGroupIsUsedInNonGroupURI": errors.PersonMustAct,
    "MailboxNotEnabledForRESTAPI": errors.PersonMustAct,
    "MailboxNotSupportedForRESTAPI": errors.PersonMustAct,
    "ErrorInvalidUser": errors.NotThere,
    "ErrorNonExistentMailbox": errors.NotThere,
    "activityLimitReached": errors.TryAgainLater,
    "TooManyRequests": errors.TryAgainLater,
    "ErrorServerBusy": errors.TryAgainLater,
    # what says no more than its status
    "": None,
    "accessDenied": None,
    "BadRequest": None,
    "ErrorAccessDenied": None,
    "ErrorInternalServerError": None,
    "ErrorInvalidParameter": None,
    "ErrorInvalidUrlQuery": None,
    "ErrorItemNotFound": None,
    "generalException": None,
    "InvalidAuthenticationToken": None,
    "invalidRequest": None,
    "itemNotFound": None,
    "nameAlreadyExists": None,
    "notAllowed": None,
    "notSupported": None,
    "Request_ResourceNotFound": None,
    "resourceLocked": None,
    "resourceModified": None,
    "serviceNotAvailable": None,
    "tooManyResources": None,
    "unauthenticated": None,
    "UnknownError": None,
    "SomethingNew": None,
}
CLIENTS_FAULT = range(400, 500)


def by_status(status):
    return next((kind for kind, statuses in NAMED.items() if status in statuses), errors.GraphRefused)


@pytest.mark.parametrize("status", range(300, 600))
def test_every_status_with_every_known_code(status):
    for code, says_more in KNOWN.items():
        counts = says_more and status in CLIENTS_FAULT and status != 429  # else the status decides
        expected = says_more if counts else by_status(status)
        for spelt in {code, code.lower(), code.upper()}:
            error = error_for(Refusal(status, spelt, 12.5), ASKED)
            assert type(error) is expected is kind_of(status, spelt), f"{status} {spelt}"
            assert error.status == status


def test_the_map_and_this_table_name_the_same():
    told = {code.casefold() for code, kind in KNOWN.items() if kind}
    assert told == _BY_CODE.keys()
    named = set().union(*NAMED.values()) | {501, 505}
    assert named >= _BY_STATUS.keys()


def test_every_kind_of_error_can_come_of_the_map_or_has_another_source():
    from_the_map = {kind_of(status, code) for status in range(300, 600) for code in KNOWN}
    ours = {kind for kind in GraphError.__subclasses__() if kind.__module__ == errors.__name__}
    assert ours - from_the_map == {errors.AnswerUnusable}  # raised where an answer is read


@pytest.mark.parametrize("status", [*range(300, 600), 0, 99, 200, 600, 999])
def test_the_same_error_said_of_another_thing(status):
    other = calendar_of("another@council.example")
    error = error_for(Refusal(status, "ErrorGroupIsUsedInNonGroupURI", 3.0), ASKED)
    assert str(error.about(other)) == str(
        error_for(Refusal(status, "ErrorGroupIsUsedInNonGroupURI", 3.0), other)
    )


@pytest.mark.parametrize("kind", NAMED)
def test_only_what_trying_again_cures_will_pass(kind):
    assert errors.will_pass(str(kind(ASKED, "it answered 503"))) == (kind is errors.TryAgainLater)
