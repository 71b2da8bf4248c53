"""Every refusal becomes an error that says what to do, in one sentence that gives nothing away."""

import json

import pytest

from graph_client import errors
from graph_client.asked import calendar_of, list_called, sign_in, site_at
from graph_client.errors import GraphError
from graph_client.quirks.empty_error_codes import code_in
from graph_client.refusals import _BY_CODE, Refusal, error_for, kind_of

ASKED = calendar_of("send.partnership@council.example")
EVERY = range(400, 600)
CODES = ["", *_BY_CODE, "SomethingNew"]


@pytest.mark.parametrize("code", CODES)
def test_every_status_with_every_code_is_named_for_what_to_do(code):
    for status in EVERY:
        error = error_for(Refusal(status, code), ASKED)
        assert type(error) in GraphError.__subclasses__()
        assert error.status == status


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "", errors.GraphRefused),
        (401, "InvalidAuthenticationToken", errors.PersonMustAct),
        (403, "", errors.PersonMustAct),  # batch_response_mixed_2025.json, item 2
        (403, "ErrorAccessDenied", errors.PersonMustAct),
        (404, "ErrorItemNotFound", errors.NotThere),
        (404, "MailboxNotEnabledForRESTAPI", errors.PersonMustAct),
        (400, "ErrorInvalidUser", errors.NotThere),
        (404, "ErrorGroupIsUsedInNonGroupURI", errors.PersonMustAct),
        (405, "Request_BadRequest", errors.GraphRefused),
        (408, "", errors.TryAgainLater),
        (409, "nameAlreadyExists", errors.ChangedMeanwhile),
        (410, "", errors.ReadAfresh),
        (400, "SyncStateNotFound", errors.ReadAfresh),
        (404, "resyncRequired", errors.ReadAfresh),
        (412, "", errors.ChangedMeanwhile),
        (423, "resourceLocked", errors.PersonMustAct),
        (429, "TooManyRequests", errors.TryAgainLater),
        (403, "activityLimitReached", errors.TryAgainLater),
        (500, "", errors.TryAgainLater),
        (501, "", errors.GraphRefused),
        (502, "", errors.TryAgainLater),
        (503, "syncStateNotFound", errors.TryAgainLater),  # the status decides first
        (504, "", errors.TryAgainLater),
        (507, "insufficientStorage", errors.PersonMustAct),
        (302, "", errors.GraphRefused),
    ],
)
def test_the_statuses_that_matter(status, code, kind):
    assert kind_of(status, code) is kind


@pytest.mark.parametrize(
    "asked", [ASKED, site_at("https://x/sites/send"), list_called("Papers", "x"), sign_in()]
)
def test_each_message_is_one_plain_sentence_that_names_what_was_asked(asked):
    for status in EVERY:
        said = str(error_for(Refusal(status, "SomeCode", 12.5), asked))
        assert asked.what in said
        assert said.endswith(".")
        assert "\n" not in said
        assert ". " not in said
        assert len(said) < 420


def test_a_person_who_must_act_reads_the_cure():
    said = str(error_for(Refusal(403, "ErrorAccessDenied"), ASKED))
    assert "send.partnership@council.example" in said
    assert "RBAC for Applications" in said
    assert "two hours" in said
    assert "shared mailbox" in str(error_for(Refusal(404, "ErrorGroupIsUsedInNonGroupURI"), ASKED))
    assert "locked" in str(error_for(Refusal(423), ASKED))


def test_waiting_is_told_as_people_say_it():
    error = error_for(Refusal(429, "TooManyRequests", 130.2), ASKED)
    assert error.after == 130.2
    assert "in 3 minutes" in str(error)
    assert "later" in str(error_for(Refusal(429), ASKED))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", ""),
        (b"<html><body>Bad gateway</body></html>", ""),
        (b"[]", ""),
        (b'{"error": "invalid_grant"}', ""),
        (b'{"error": null}', ""),
        (b'{"error": {"code": 5}}', ""),
        (b'{"error": {"code": "Jo Bloggs has no rights\\nhere", "message": ""}}', ""),
        (b'{"error": {"code": "", "innerError": {"code": "tooManyResources"}}}', "tooManyResources"),
        (b'{"error": {"code": "notSupported", "innerError": {"code": "tooMany"}}}', "notSupported"),
    ],
)
def test_the_code_is_found_where_there_is_one(body, code):
    assert code_in(body) == code


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        ("throttled_429_body.json", "TooManyRequests"),
        ("listitems_unindexed_filter_error.json", "notSupported"),
        ("sendmail_mime_error_400.json", "ErrorMimeContentInvalidBase64String"),
    ],
)
def test_the_code_in_microsofts_own_samples(shared, sample, code):
    assert code_in((shared / "data/graph_samples" / sample).read_bytes()) == code


def test_an_empty_code_in_microsofts_own_sample(shared):
    batch = json.loads((shared / "data/graph_samples/batch_response_mixed_2025.json").read_bytes())
    refused = [part for part in batch["responses"] if part["status"] == 403]
    assert [code_in(json.dumps(part["body"]).encode()) for part in refused] == [
        "",
        "Authorization_RequestDenied",
    ]
