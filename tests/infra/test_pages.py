"""The pages for whoever deploys and runs it: they name only what exists."""

import json
import re

import pytest
import yaml

from command_line import app
from functions.settings import PREFIX, Settings

PAGES = (
    "docs/deploy.md",
    "docs/costs.md",
    "docs/upgrade.md",
    "docs/support.md",
    "docs/accessibility.md",
    "docs/sharepoint.md",
    "docs/data-protection/dpia.md",
    "docs/data-protection/how-long.md",
    "docs/data-protection/notice-for-staff.md",
    "docs/data-protection/notice-for-reps.md",
    "docs/data-protection/sharing.md",
    "docs/data-protection/for-unions.md",
)
A_COMMAND = re.compile(
    r"`(?:\.venv/bin/)?protocol-watch ([a-z][\w-]*)|^ *(?:\.venv/bin/)?protocol-watch ([a-z][\w-]*)",
    re.MULTILINE,
)
A_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
A_SETTING = re.compile(rf"\b{PREFIX}([A-Z_]+[A-Z])\b")
OUTPUTS = {"APP", "ADDRESS", "VAULT", "LEDGER_ADDRESS", "IDENTITY_CLIENT_ID", "IDENTITY_OBJECT_ID"}
BLAMES = re.compile(r"\b(?:failed to|failure of|culprit|offender|violat\w+|non-complian\w+)\b", re.IGNORECASE)


@pytest.fixture(params=PAGES)
def page(request, house):
    return house / request.param


def commands():
    named = {
        command.name or command.callback.__name__.replace("_", "-") for command in app.registered_commands
    }
    return named | {group.name for group in app.registered_groups}


def test_every_page_is_known_here(house):
    folder = house / "docs/data-protection"
    assert {f"docs/data-protection/{path.name}" for path in folder.iterdir()} <= set(PAGES) | {
        "docs/data-protection/README.md"
    }


def test_a_page_names_only_commands_that_exist(page):
    said = {one or other for one, other in A_COMMAND.findall(page.read_text("utf-8"))}
    assert said <= commands()


def test_a_page_names_only_settings_that_exist(page):
    said = set(A_SETTING.findall(page.read_text("utf-8"))) - OUTPUTS
    assert {name.lower() for name in said} <= set(Settings.model_fields)


def test_what_azd_is_asked_for_is_what_it_was_told(house):
    main = (house / "infra/main.bicep").read_text("utf-8")
    assert set(re.findall(rf"^output {PREFIX}(\w+)", main, re.MULTILINE)) == OUTPUTS


def test_every_link_leads_somewhere(page):
    missing = [link for link in A_LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert missing == []


def test_no_page_blames_anybody(page):
    assert not BLAMES.findall(page.read_text("utf-8"))


def test_sentences_are_short_enough_to_read_aloud(page):
    prose = re.sub(
        r"```.*?```|^ {4}.*$|^[|#].*$|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    sentences = re.split(r"(?<=[.?!:;])\s+|\n\n|\n(?=[-*\d])", prose)
    long = [sentence for sentence in sentences if len(sentence.split()) > 36]
    assert long == []


def test_the_impact_assessment_names_every_right(house):
    asked = json.loads((house / "infra/graph-permissions.json").read_bytes())["application"]
    page = (house / "docs/data-protection/dpia.md").read_text("utf-8")
    assert [right for right in asked if right not in page] == []


def test_each_step_says_rights_cost_what_is_open_and_how_to_switch_off(house):
    text = (house / "docs/deploy.md").read_text("utf-8")
    steps = re.split(r"^## Step ", text, flags=re.MULTILINE)[1:]
    assert len(steps) == 4
    for step in steps:
        for row in (
            "| Rights |",
            "| Who gives them |",
            "| Cost a month |",
            "| Open to the internet |",
            "| Off in one minute |",
        ):
            assert row in step, f"step {step[:20]!r} lacks {row}"


def test_each_decision_stands_in_the_list_of_decisions_under_its_own_number(house):
    folder = house / "docs/decisions"
    listed = re.findall(
        r"^\| \[(\d{3})\]\((\S+)\) \|", (folder / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert [name for _, name in listed] == sorted(path.name for path in folder.glob("0*.md"))
    for number, name in listed:
        assert (folder / name).read_text("utf-8").startswith(f"# {number}. "), name


def test_each_part_of_the_wording_has_its_reader_on_the_page(house):
    shipped = yaml.safe_load((house / "agreements/wording.yaml").read_text("utf-8"))
    table = (
        (house / "docs/wording.md").read_text("utf-8").split("## Who reads what", 1)[1].split("\n## ", 1)[0]
    )
    firsts = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for first in firsts for name in re.findall(r"`(\w+)`", first)} == set(shipped["texts"]["en"])
