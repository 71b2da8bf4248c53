"""Settings are read from what they are given, whole, and every fault is named at once with its cure."""

import re
from datetime import time
from pathlib import Path

import pytest

from functions.settings import PREFIX, Settings, SettingsFault, settings, what_stands

GROWN = {  # after the design was written: ways to sign in, and how the manager and the officers are told
    "FEDERATED_TOKEN_FILE",
    "MANAGED_IDENTITY_CLIENT_ID",
    "MANAGER_WORKFLOW_URL",
    "DELIVERY_TIMES",
}
SECRETS = {
    "TOKEN": "a-very-secret-bearer",
    "TEAMS_WORKFLOW_URL": "https://flows.example/w/1?sig=a-very-secret-signature",
    "MANAGER_WORKFLOW_URL": "https://flows.example/w/2?sig=a-very-secret-signature",
    "STORAGE": "AccountKey=a-very-secret-key",
    "SIGNING_KEY": "a-very-secret-signing-key-of-many-letters",
    "CLIENT_STATE": "a-very-secret-state-of-many-letters",
    "HEARTBEAT_URL": "https://beat.example/a-very-secret-path",
}


def read(**given):
    return settings(
        {"PATH": "/bin", "MODE": "sideways"} | {PREFIX + name: text for name, text in given.items()}
    )


def faults(**given):
    with pytest.raises(SettingsFault) as raised:
        read(**given)
    return raised.value.faults


def test_a_token_is_enough_for_a_run_at_home():
    found = read(TOKEN="x")
    assert found.graph_url == "https://graph.microsoft.com/v1.0"
    assert found.authority_url == "https://login.microsoftonline.com"
    assert (found.mode, found.settle_minutes) == ("observe", 20)
    assert found.ledger == "sqlite:///protocol-watch.sqlite3"
    assert found.site is None


def test_everything_at_once(tmp_path):
    certificate = tmp_path / "app.pem"
    certificate.write_text("x")
    found = read(
        GRAPH_URL=" https://graph.microsoft.us/v1.0/ ",
        AUTHORITY_URL="https://login.microsoftonline.us",
        TENANT_ID="t",
        CLIENT_ID="c",
        CERTIFICATE_PATH=str(certificate),
        SITE="https://council.sharepoint.example/sites/send/",
        LEDGER="https://ledger.table.core.windows.net",
        AGREEMENT="sharepoint:Settings/agreement.yaml",
        TERMS="terms",
        WORDING="wording.yaml",
        PUBLIC_URL="https://watch.example",
        SENDER="SEND.Partnership@council.example",
        BOT_ID="b",
        MODE="Tell",
        SETTLE_MINUTES="5",
        **SECRETS,
    )
    assert found.graph_url == "https://graph.microsoft.us/v1.0"
    assert found.certificate_path == certificate
    assert found.site == "https://council.sharepoint.example/sites/send"
    assert found.sender == "send.partnership@council.example"
    assert (found.mode, found.settle_minutes) == ("tell", 5)
    assert found.teams_workflow_url.get_secret_value() == SECRETS["TEAMS_WORKFLOW_URL"]


def test_the_names_are_those_of_the_design(shared):
    design = (shared / "DESIGN.md").read_text()
    told = design[design.index("Settings, from the environment") :].split("\n\n")[0]
    names = set(re.findall(r"`([A-Z][A-Z_]+)`", told)) - {PREFIX}
    assert {name.lower() for name in names | GROWN} == set(Settings.model_fields)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1.0"),
        ("http://localhost:8080/v1.0", "http://localhost:8080/v1.0"),
        ("https://graph.microsoft.com", "https://graph.microsoft.com/v1.0"),
        ("https://graph.microsoft.com/v1.0/", "https://graph.microsoft.com/v1.0"),
    ],
)
def test_graphs_address_with_or_without_its_version(given, address):
    assert read(TOKEN="x", GRAPH_URL=given).graph_url == address


def test_no_secret_is_ever_shown():
    shown = repr(read(**SECRETS)) + str(read(**SECRETS).model_dump())
    assert "very-secret" not in shown
    for name in ("TEAMS_WORKFLOW_URL", "HEARTBEAT_URL"):
        said = faults(**SECRETS | {name: "http://a-very-secret-host/?sig=a-very-secret-signature"})
        assert "very-secret" not in "".join(said)


def test_every_fault_is_named_at_once_with_its_cure():
    said = faults(
        GRAPH_URL="graph.microsoft.com",
        LEDGER="ledger.db",
        SITE="our site",
        SENDER="the council",
        MODE="shout",
        SETTLE_MINUTES="soon",
        TEAMS_WORKFLOW_URL="http://flows.example/1",
        CERTIFICATE_PATH="/nowhere/app.pem",
        LEGDER="x",
        QUITE_SOMETHING_ELSE="x",
    )
    together = "\n".join(said)
    for part in (
        "GRAPH_URL must be an address that begins with https://",
        "LEDGER must be sqlite:/// and a path",
        "SITE must be the site's address",
        "SENDER must be a mail address",
        "MODE must be 'observe' or 'tell'",
        "SETTLE_MINUTES must be a whole number of minutes",
        "TEAMS_WORKFLOW_URL must begin with https://",
        "CERTIFICATE_PATH names '/nowhere/app.pem', where there is no file",
        "PROTOCOL_WATCH_LEGDER: did you mean PROTOCOL_WATCH_LEDGER?",
        "PROTOCOL_WATCH_QUITE_SOMETHING_ELSE: take it away.",
        "Nobody can sign in: set PROTOCOL_WATCH_TENANT_ID, PROTOCOL_WATCH_CLIENT_ID",
    ):
        assert part in together
    assert len(said) == 11
    assert all("\n" not in sentence for sentence in said)


def test_nothing_given_says_what_is_needed():
    (said,) = faults()
    for name in ("TENANT_ID", "CLIENT_ID", "CERTIFICATE_PATH", "TOKEN"):
        assert PREFIX + name in said


def test_empty_means_not_given():
    assert read(TOKEN="x", SITE="", MODE=" ", SETTLE_MINUTES="").mode == "observe"
    assert faults(TOKEN="")


def test_telling_needs_a_way_to_tell():
    (said,) = faults(TOKEN="x", MODE="tell")
    assert "TEAMS_WORKFLOW_URL" in said
    assert read(TOKEN="x", MODE="tell", SENDER="a@b.example").mode == "tell"


@pytest.mark.parametrize(
    "url", ["https://[half", "https://x:port", "https://", "javascript:alert(1)", "https:/x"]
)
def test_what_is_no_address(url):
    assert "must be an address" in faults(TOKEN="x", PUBLIC_URL=url)[0]


@pytest.mark.parametrize("minutes", ["-1", "1441", "2.5", "1e3"])
def test_minutes_that_are_none(minutes):
    assert "whole number of minutes" in faults(TOKEN="x", SETTLE_MINUTES=minutes)[0]


def test_only_what_is_given_is_read(monkeypatch, tmp_path):
    monkeypatch.setenv(PREFIX + "MODE", "tell")
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text(f"{PREFIX}MODE=tell\n")
    assert read(TOKEN="x").mode == "observe"


@pytest.mark.parametrize(
    "given",
    [
        {"MANAGED_IDENTITY_CLIENT_ID": "system"},
        {"TENANT_ID": "t", "CLIENT_ID": "c", "FEDERATED_TOKEN_FILE": "/var/run/token"},
    ],
)
def test_other_ways_to_sign_in_are_enough(given):
    assert read(MODE="observe", **given).token is None


def test_two_ways_to_sign_in_are_one_too_many():
    [fault] = faults(
        MODE="observe", TENANT_ID="t", CLIENT_ID="c", FEDERATED_TOKEN_FILE="x", MANAGED_IDENTITY_CLIENT_ID="y"
    )
    assert "FEDERATED_TOKEN_FILE" in fault
    assert "MANAGED_IDENTITY_CLIENT_ID" in fault


def test_a_federated_token_needs_to_know_whose_it_is():
    [fault] = faults(MODE="observe", FEDERATED_TOKEN_FILE="x")
    assert "PROTOCOL_WATCH_TENANT_ID, PROTOCOL_WATCH_CLIENT_ID;" in fault
    assert "CERTIFICATE" not in fault


@pytest.mark.parametrize(
    ("given", "times"),
    [
        ("", (time(9, 15), time(13, 15))),
        ("9:15 13:15", (time(9, 15), time(13, 15))),
        ("13:15, 9:15", (time(9, 15), time(13, 15))),
        ("8:00", (time(8),)),
        ("9am 1.15pm", (time(9), time(13, 15))),
        ("9:15 am", (time(9, 15),)),
        ("17:59 17:59", (time(17, 59),)),
        ("any", ()),
        ("Any", ()),
    ],
)
def test_the_times_at_which_cards_leave(given, times):
    assert read(TOKEN="x", MODE="", DELIVERY_TIMES=given).hours.times == times


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("morning", "must be times of day such as 9:15 13:15, or 'any'"),
        ("9", "must be times of day"),
        ("25:00", "must be times of day"),
        ("7:59", "must lie between 8:00 and 18:00"),
        ("9:15 18:00", "must lie between 8:00 and 18:00"),
        (",", "must have a time of day"),
    ],
)
def test_times_at_which_no_card_may_leave(given, sentence):
    [fault] = faults(TOKEN="x", MODE="", DELIVERY_TIMES=given)
    assert fault.startswith("PROTOCOL_WATCH_DELIVERY_TIMES must")
    assert sentence in fault


def test_the_managers_workflow_alone_is_no_way_to_tell_the_officers():
    [fault] = faults(TOKEN="x", MODE="tell", MANAGER_WORKFLOW_URL=SECRETS["MANAGER_WORKFLOW_URL"])
    assert "TEAMS_WORKFLOW_URL" in fault


def test_work_that_does_not_sign_in_needs_no_way_to():
    told = {f"{PREFIX}LEDGER": "sqlite:///x", f"{PREFIX}MODE": "tell"}
    assert settings(told, signs_in=False).ledger == "sqlite:///x"
    with pytest.raises(SettingsFault, match="LEDGER must be"):
        settings(told | {f"{PREFIX}LEDGER": "x"}, signs_in=False)


def test_one_faulty_setting_hides_nothing_of_the_others():
    told = {f"{PREFIX}MODE": "shout", f"{PREFIX}TOKEN": "x", f"{PREFIX}SETTLE_MINUTES": "5"}
    stand, said = what_stands(told)
    assert (stand.mode, stand.settle_minutes, stand.can_sign_in) == ("observe", 5, True)
    assert said == ("PROTOCOL_WATCH_MODE must be 'observe' or 'tell'.",)


@pytest.mark.parametrize(
    ("given", "can"),
    [
        ({}, False),
        ({"TOKEN": "x"}, True),
        ({"MANAGED_IDENTITY_CLIENT_ID": "system"}, True),
        ({"TENANT_ID": "t", "CLIENT_ID": "c"}, False),
        ({"TENANT_ID": "t", "CLIENT_ID": "c", "CERTIFICATE_PATH": "x"}, True),
        ({"CLIENT_ID": "c", "FEDERATED_TOKEN_FILE": "x"}, False),
    ],
)
def test_whether_there_is_a_way_to_sign_in(given, can):
    stand, _ = what_stands({PREFIX + name: text for name, text in given.items()})
    assert stand.can_sign_in is can


@pytest.mark.parametrize(
    "word", ["x" * 129, "x" * 31, f"two {'words' * 7}", "wörd" * 8, f"line\nline{'x' * 32}"]
)
def test_a_word_that_graph_would_not_give_back_is_refused_and_not_shown(word):
    [fault] = faults(TOKEN="x", CLIENT_STATE=word)
    assert fault.startswith("PROTOCOL_WATCH_CLIENT_STATE must have 32 to 128 plain letters")
    assert word not in fault
    for fits in (32, 128):
        assert read(TOKEN="x", CLIENT_STATE="x" * fits).client_state is not None


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_a_file_of_trusted_certificates_that_is_gone_is_told(name, tmp_path):
    with pytest.raises(SettingsFault, match=f"{name} names '/nowhere/ca.pem', where there is nothing"):
        settings({f"{PREFIX}TOKEN": "x", name: "/nowhere/ca.pem"})
    assert settings({f"{PREFIX}TOKEN": "x", name: str(tmp_path)}).token
    assert settings({name: "/nowhere/ca.pem"}, signs_in=False).mode == "observe"


def test_a_ledger_is_read_without_https_only_on_this_machine():
    azurite = "http://127.0.0.1:10002/devstoreaccount1"
    assert settings({PREFIX + "LEDGER": azurite}, signs_in=False).ledger == azurite
    [said] = faults(TOKEN="x", LEDGER="http://council.table.core.windows.net")
    assert "LEDGER must begin with https://" in said
