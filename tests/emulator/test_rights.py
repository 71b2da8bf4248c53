"""An app may do what Entra, Exchange and the site gave it, and no more."""

import pytest

from emulator.mailboxes import Mailbox

BOX, OTHER = "send.partnership@council.example", "dana.whitlock@council.example"
DAYS = "startDateTime=2026-11-01&endDateTime=2026-12-01"
SITE = "/v1.0/sites/council.sharepoint.example:/sites/send-partnership"


def read(graph, address):
    answer = graph.get(f"/v1.0/users/{address}/calendarView?{DAYS}")
    return answer.status_code, answer.json().get("error", {}).get("code")


@pytest.mark.parametrize(
    ("entra", "scope", "box", "other"),
    [
        (set(), {BOX}, 200, 403),
        (set(), set(), 403, 403),
        ({"Calendars.Read"}, {BOX}, 200, 200),  # a union: the tenant-wide right undoes the scope
        ({"Calendars.ReadWrite"}, set(), 200, 200),
        ({"Mail.Read"}, set(), 403, 403),
    ],
)
def test_calendar_rights_are_a_union_of_entra_and_exchange(county, graph, entra, scope, box, other):
    county.change_app(entra=frozenset(entra), mailboxes=frozenset(scope))
    assert (read(graph, BOX)[0], read(graph, OTHER)[0]) == (box, other)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("shared", (200, None)),
        ("room", (200, None)),
        ("group", (400, "ErrorGroupIsUsedInNonGroupURI")),
        ("soft-deleted", (404, "ErrorInvalidUser")),
        ("on-premises", (404, "MailboxNotEnabledForRESTAPI")),
    ],
)
def test_some_kinds_of_mailbox_can_not_be_read(county, graph, kind, answer):
    county.put(Mailbox("x@council.example", kind=kind))
    county.change_app(mailboxes=frozenset({"X@council.example"}))
    assert read(graph, "x@council.example") == answer


@pytest.mark.parametrize(
    ("entra", "role", "status"),
    [
        ({"Sites.Selected"}, "read", 200),
        ({"Sites.Selected"}, "fullcontrol", 200),
        ({"Sites.Selected"}, None, 403),
        (set(), "read", 403),  # a grant without the consent is nothing
        ({"Sites.Read.All"}, None, 200),
    ],
)
def test_a_site_needs_both_the_consent_and_the_grant(county, graph, entra, role, status):
    roles = {"council.sharepoint.example/sites/send-partnership": role} if role else {}
    county.change_app(entra=frozenset(entra), site_roles=roles)
    assert graph.get(SITE).status_code == status
