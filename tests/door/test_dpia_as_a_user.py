"""`protocol-watch dpia` as a user types it: a page from the running settings, and no secret on it."""

from pathlib import Path

from tests.door.served_county import served_county

SECRETS = {"CLIENT_STATE": "the-word-that-only-graph-ever-knows", "SIGNING_KEY": "k" * 43}


def test_it_is_filled_from_the_settings_and_shows_no_secret(tmp_path: Path) -> None:
    with served_county(tmp_path) as county:
        done = county.typed("dpia", "--now", "2026-11-05", SENDER="send.reminders@council.example", **SECRETS)
        assert (done.returncode, done.stderr) == (0, "")
        for wanted in (
            "Thursday 5 November 2026",
            "3 of 46 are turned on",
            "send.partnership@council.example",
            f"the role write on {county.settings['SITE']}",
            "from send.reminders@council.example",
            "It signs in with a certificate.",
            str(tmp_path / "ledger.sqlite3"),
        ):
            assert wanted in done.stdout
        for secret in (*SECRETS.values(), county.settings["TEAMS_WORKFLOW_URL"], "sig="):
            assert secret not in done.stdout
        assert not (tmp_path / "ledger.sqlite3").exists()


def test_an_agreement_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    with served_county(tmp_path) as county:
        done = county.typed("dpia", AGREEMENT="nowhere.yaml")
        assert (done.returncode, done.stdout) == (2, "")
        assert "there is no file and no folder 'nowhere.yaml'" in done.stderr
