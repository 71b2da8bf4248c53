"""The rights that Protocol Watch asks for: each is needed, none is missing, none opens every mailbox."""

import importlib.util
import json
from importlib.machinery import SourceFileLoader

import pytest

from tests.infra.entra_assignments import ROLE_IDS, assigned_in_entra

SCRIPTS = {
    ".ps1",
    ".psm1",
    ".sh",
    ".bash",
    ".py",
    ".bicep",
    ".bicepparam",
    ".json",
    ".yaml",
    ".yml",
    ".tf",
    ".cmd",
}
EXCHANGE = ("Calendars.", "Mail.", "MailboxSettings.", "Contacts.", "Tasks.")
OPTIONAL = {"Mail.Read", "Place.Read.All"}
CALLS = {
    "read a calendar's window": ("GET", "/users/x/calendarView"),
    "read what is attached to an invitation": ("GET", "/users/x/events/y/attachments"),
    "read a site": ("GET", "/sites/h,a,b"),
    "read a list's rows": ("GET", "/sites/h,a,b/lists/l/items"),
    "read a list's changes": ("GET", "/sites/h,a,b/lists/l/items/delta"),
    "find a list": ("GET", "/sites/h,a,b/lists/l"),
    "read a list's columns": ("GET", "/sites/h,a,b/lists/l/columns"),
    "make a list": ("POST", "/sites/h,a,b/lists"),
    "add a column": ("POST", "/sites/h,a,b/lists/l/columns"),
    "name a column": ("PATCH", "/sites/h,a,b/lists/l/columns/c"),
    "add a row": ("POST", "/sites/h,a,b/lists/l/items"),
    "change a row": ("PATCH", "/sites/h,a,b/lists/l/items/1/fields"),
    "delete a row": ("DELETE", "/sites/h,a,b/lists/l/items/1"),
    "find a page": ("GET", "/sites/h,a,b/pages"),
    "read a page": ("GET", "/sites/h,a,b/pages/p/microsoft.graph.sitePage"),
    "make a page": ("POST", "/sites/h,a,b/pages"),
    "publish a page": ("POST", "/sites/h,a,b/pages/p/microsoft.graph.sitePage/publish"),
    "read a library's changes": ("GET", "/drives/d/root/delta"),
    "read a small file of the set-up": ("GET", "/drives/d/items/i/content"),
    "read who may open a paper": ("GET", "/drives/d/items/i/permissions"),
    "send a mail": ("POST", "/users/x/sendMail"),
    "read mail in copy": ("GET", "/users/x/messages"),
    "read the rooms": ("GET", "/places/microsoft.graph.room"),
}
"""What the client calls, as the tests of each module and the recordings show."""


@pytest.fixture(scope="module")
def asked(house):
    return json.loads((house / "infra/graph-permissions.json").read_bytes())


@pytest.fixture(scope="module")
def published(shared):
    """Microsoft's permission map, as the referee reads it."""
    loader = SourceFileLoader("check_exchanges", str(shared / "graph_contract/check_exchanges"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    referee = importlib.util.module_from_spec(spec)
    loader.exec_module(referee)
    return {what: set(referee.permissions_for(*call)["app"]) for what, call in CALLS.items()}


def covers(right, rights):
    """A site that was granted stands for the Sites rights: the map does not say so, the docs do (graph §4)."""
    return right in rights or (
        right == "Sites.Selected" and any(each.startswith("Sites.") for each in rights)
    )


def test_the_file_has_the_agreed_shape(asked):
    assert asked.keys() == {"application", "reasons", "granted_by"}
    assert asked["reasons"].keys() == asked["granted_by"].keys() == set(asked["application"])
    assert len(set(asked["application"])) == len(asked["application"])
    assert asked["granted_by"]["Calendars.Read"] == asked["granted_by"]["Mail.Send"] == "exchange-rbac"
    assert asked["granted_by"]["Sites.Selected"] == "entra + site role write"


def test_each_right_says_why_in_plain_words_and_whether_it_is_optional(asked):
    for right, reason in asked["reasons"].items():
        assert reason.endswith(".")
        assert len(reason.split()) < 60
        assert reason.startswith("Optional, off by default: ") is (right in OPTIONAL)


def test_no_right_of_exchange_is_granted_in_the_whole_tenant(asked):
    for right in asked["application"]:
        assert not right.startswith(EXCHANGE) or asked["granted_by"][right] == "exchange-rbac"
        assert not right.endswith(".ReadWrite")
        assert not right.startswith("Sites.") or right == "Sites.Selected"


def test_each_right_is_needed_by_a_call_that_the_client_makes(asked, published):
    for right in asked["application"]:
        assert [what for what, rights in published.items() if covers(right, rights)], right


def test_each_call_is_covered_by_a_right(asked, published):
    for what, rights in published.items():
        assert any(covers(right, rights) for right in asked["application"]), what


def test_without_the_optional_rights_only_the_optional_calls_are_lost(asked, published):
    kept = [right for right in asked["application"] if right not in OPTIONAL]
    lost = {what for what, rights in published.items() if not any(covers(right, rights) for right in kept)}
    assert lost == {"read mail in copy", "read the rooms"}


def exchange_rights(asked):
    return [right for right, by in asked["granted_by"].items() if by == "exchange-rbac"]


def test_no_script_here_assigns_a_right_of_exchange_in_entra(house, asked):
    wrong = {}
    for path in sorted((house / "infra").rglob("*")):
        if path.is_file() and path.suffix in SCRIPTS and path.name != "graph-permissions.json":
            found = assigned_in_entra(path.read_text("utf-8"), exchange_rights(asked))
            wrong |= {str(path.relative_to(house)): found} if found else {}
    assert not wrong, "give it by Exchange RBAC for Applications instead; in Entra it opens every mailbox"


BAD = {
    "by name": "New-MgServicePrincipalAppRoleAssignment -AppRoleId ($r | ? Value -eq 'Calendars.Read').Id",
    "by id": f"az rest --method post --uri $sp/appRoleAssignedTo --body '{{appRoleId: {ROLE_IDS['Mail.Send']}}}'",
    "by a wider name": "az ad app permission add --id $app --api-permissions Mail.ReadWrite=Role",
    "by a wider id": f"az ad app permission add --api-permissions {ROLE_IDS['Calendars.ReadWrite']}=Role",
    "in bicep": "resource a 'Microsoft.Graph/appRoleAssignedTo@v1.0' = { appRoleId: roles['Mail.Send'] }",
    "in a manifest": '{"requiredResourceAccess": [{"id": "' + ROLE_IDS["Calendars.Read"].upper() + '"}]}',
    "after a comment": "# in Entra\nNew-AzADAppPermission -PermissionId (Id 'Mail.Read')",
    "all of our list": "$p = (Get-Content graph-permissions.json | ConvertFrom-Json).application\n"
    "$p | % { New-MgServicePrincipalAppRoleAssignment -AppRoleId $ids[$_] }",
}
GOOD = {
    "exchange": "New-ManagementRoleAssignment -App $id -Role 'Application Calendars.Read' -CustomResourceScope $s",
    "both": "New-MgServicePrincipalAppRoleAssignment -AppRoleId ($r | ? Value -eq 'Sites.Selected').Id\n"
    "New-ManagementRoleAssignment -App $id -Role 'Application Mail.Send' -CustomResourceScope $s",
    "a comment": "# Never give Calendars.Read here\nNew-MgServicePrincipalAppRoleAssignment -AppRoleId $sites",
    "a block": "<# Mail.Send is Exchange's #>\nNew-MgServicePrincipalAppRoleAssignment -AppRoleId $sites",
    "part of our list": "$p = Get-Content graph-permissions.json | ConvertFrom-Json\n"
    "$p.granted_by | ? { $_ -like 'entra*' } | % { New-MgServicePrincipalAppRoleAssignment }",
    "a test of the scope": "Test-ServicePrincipalAuthorization -Identity $id -Resource $mailbox # Calendars.Read",
}


@pytest.mark.parametrize("script", BAD)
def test_the_guard_sees_an_assignment(script, asked):
    assert assigned_in_entra(BAD[script], exchange_rights(asked))


@pytest.mark.parametrize("script", GOOD)
def test_the_guard_lets_the_right_way_pass(script, asked):
    assert assigned_in_entra(GOOD[script], exchange_rights(asked)) == []
