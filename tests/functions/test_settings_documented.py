"""docs/settings.md has every setting, and no other, and says of each whether it is a secret."""

import re

import pytest

from emulator.seed import invented_county
from emulator.serve import running
from functions.settings import PREFIX, Settings

CELLS = 5


@pytest.fixture
def page(house):
    return (house / "docs/settings.md").read_text("utf-8")


def rows_of(page):
    """The table, by the name of the setting."""
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith(f"| `{PREFIX}")]
    return {row[0].strip().strip("`"): [cell.strip() for cell in row] for row in rows}


def expected():
    return {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}


def test_every_setting_has_one_row(page):
    assert set(rows_of(page)) == expected()
    assert len(re.findall(rf"^\| `{PREFIX}", page, re.MULTILINE)) == len(expected())


def test_no_setting_is_named_that_does_not_exist(page):
    assert set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", page)) <= expected()


def test_every_row_is_filled_in(page):
    for name, row in rows_of(page).items():
        assert len(row) == CELLS, name
        assert all(row), name


def test_what_is_secret_is_said_to_be(page):
    for name, row in rows_of(page).items():
        kind = Settings.model_fields[name.removeprefix(PREFIX).lower()]
        is_secret = "SecretStr" in str(kind.annotation)
        assert row[-1].startswith("yes" if is_secret else "no"), name


def test_what_is_used_if_you_set_none_is_what_the_page_says(page):
    for name, row in rows_of(page).items():
        default = Settings.model_fields[name.removeprefix(PREFIX).lower()].default
        if default in (None, ""):
            assert "if you set none" not in row[2], name
        else:
            assert row[2].startswith(f"`{default}` (this is used if you set none)"), name


def test_a_page_that_leaves_one_out_or_makes_one_up_would_be_noticed(page):
    lacking = "\n".join(line for line in page.splitlines() if f"`{PREFIX}SITE`" not in line)
    assert set(rows_of(lacking)) == expected() - {f"{PREFIX}SITE"}
    assert f"{PREFIX}SITES" in rows_of(page.replace(f"`{PREFIX}SITE`", f"`{PREFIX}SITES`"))


def test_the_example_runs_against_the_emulated_tenant(page, tmp_path, monkeypatch, capsys):
    world = invented_county()
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    with running(world) as tenant:
        monkeypatch.setenv("SSL_CERT_FILE", str(tenant.ca_file))
        monkeypatch.setenv(f"{PREFIX}GRAPH_URL", tenant.base_url)
        monkeypatch.setenv(f"{PREFIX}TOKEN", next(iter(world.bearers)))
        monkeypatch.setenv(f"{PREFIX}SITE", "https://council.sharepoint.example/sites/send-partnership")
        monkeypatch.setenv(f"{PREFIX}LEDGER", f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
        exec(compile(example, "docs/settings.md", "exec"), {})  # noqa: S102 (our own page)
    assert "2026-11-27 SEND Partnership Board not sent yet" in capsys.readouterr().out
