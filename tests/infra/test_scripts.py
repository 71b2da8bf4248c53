"""The scripts give what infra/graph-permissions.json asks for, no more, and can take it back."""

import json
import re

import pytest

from tests.infra.powershell import is_asked_first, read_script

SCRIPTS = ("Grant-Mailboxes.ps1", "Grant-AppRoles.ps1", "Grant-Site.ps1")
CHANGES = ("New-", "Set-", "Add-", "Update-", "Remove-", "Enable-")
LENT = {
    "Grant-Mailboxes.ps1": set(),
    "Grant-AppRoles.ps1": {"AppRoleAssignment.ReadWrite.All", "Application.Read.All"},
    "Grant-Site.ps1": {"Sites.FullControl.All"},
}
GIVEN_BY = {
    "Grant-Mailboxes.ps1": ("exchange-rbac",),
    "Grant-AppRoles.ps1": ("entra", "entra + site role write"),
    "Grant-Site.ps1": (),
}


@pytest.fixture(params=SCRIPTS)
def script(request, house):
    return read_script(house / "infra/scripts" / request.param)


@pytest.fixture
def asked(house):
    return json.loads((house / "infra/graph-permissions.json").read_bytes())


HERE_ONLY = {"Set-StrictMode"}  # changes how the script itself is read


def ours(script):
    """The functions that a script defines for itself."""
    return set(re.findall(r"^function ([\w-]+)", source(script), re.MULTILINE))


def source(script):
    return script.path.read_text("utf-8")


def changing(script):
    """The commands by which a script changes something at Microsoft."""
    return [
        (name, node)
        for name, node in script.commands
        if name.startswith(CHANGES) and name not in ours(script) | HERE_ONLY
    ]


def test_every_script_is_known_here(house):
    assert {path.name for path in (house / "infra/scripts").iterdir()} == set(SCRIPTS)


def test_it_is_powershell(script):
    assert script.faults == []


def test_its_header_says_who_runs_it_what_it_grants_and_how_to_undo_it(script):
    for line in (
        "Who runs it:",
        "What it grants",
        "How to undo it:",
        "Running it twice changes nothing",
        "-WhatIf",
    ):
        assert line in script.header, line


def test_its_header_explains_what_may_be_typed(script):
    explained = {line.split()[1] for line in script.header.splitlines() if line.startswith(".PARAMETER")}
    assert explained == script.parameters - {"Remove"}
    assert "Remove" in script.parameters


def test_nothing_is_changed_before_whatif_was_asked(script):
    assert changing(script)
    unasked = [
        f"{name}, line {node.start_point.row + 1}"
        for name, node in changing(script)
        if not is_asked_first(node)
    ]
    assert unasked == []


def test_it_takes_back_with_remove_whatever_it_makes(script):
    names = {name for name, _ in changing(script)}
    made = {name.removeprefix("New-") for name in names if name.startswith("New-")}
    taken_back = {name.removeprefix("Remove-") for name in names if name.startswith("Remove-")}
    assert made
    assert made <= taken_back


def test_it_names_the_rights_that_are_asked_for_and_no_other(script, asked):
    by = GIVEN_BY[script.path.name]
    assert script.rights == {right for right, given in asked["granted_by"].items() if given in by}


def test_every_right_that_is_asked_for_is_given_by_one_script(asked, house):
    given = [right for name in SCRIPTS for right in read_script(house / "infra/scripts" / name).rights]
    assert sorted(given) == sorted(asked["application"])


def test_what_a_person_lends_it_is_in_its_header(script):
    assert script.borrowed == LENT[script.path.name]
    for right in script.borrowed:
        assert right in script.header


def test_exchange_rights_come_only_with_a_scope(house):
    script = read_script(house / "infra/scripts/Grant-Mailboxes.ps1")
    given = [line for line in source(script).splitlines() if "New-ManagementRoleAssignment" in line]
    assert given
    assert all("-CustomResourceScope $ScopeName" in line for line in given)


def test_the_site_gets_write_unless_somebody_asks_for_more(house):
    code = source(read_script(house / "infra/scripts/Grant-Site.ps1"))
    assert "[ValidateSet('write', 'manage')] [string] $Role = 'write'" in code


def test_the_guard_sees_a_change_that_whatif_does_not_hold_back(tmp_path):
    bad = tmp_path / "bad.ps1"
    bad.write_text("<# #>\nif ($x) { New-Thing }\nif ($PSCmdlet.ShouldProcess('a', 'b')) { New-Other }\n")
    script = read_script(bad)
    assert [is_asked_first(node) for _, node in changing(script)] == [False, True]


def test_the_guard_sees_a_right_too_many(tmp_path):
    bad = tmp_path / "bad.ps1"
    bad.write_text(
        "<# Mail.Send #>\nGive 'Sites.ReadWrite.All'\nConnect-MgGraph -Scopes 'Sites.FullControl.All'\n"
    )
    assert read_script(bad).rights == {"Sites.ReadWrite.All"}
    assert read_script(bad).borrowed == {"Sites.FullControl.All"}
