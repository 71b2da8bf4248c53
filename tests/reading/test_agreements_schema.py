"""The schema that editors use says what the program does."""

from pathlib import Path
from typing import Any

from reading.agreements import agreement_schema
from reading.yaml_lines import read_yaml

SHIPPED = Path(__file__).parents[2] / "agreements" / "lancashire-2024.yaml"
SCHEMA = agreement_schema()
PARTS = {"Agreement": SCHEMA, **SCHEMA["$defs"]}


def _names(part: str) -> set[str]:
    return set(PARTS[part]["properties"])


def test_it_says_which_draft_it_is_and_what_it_is_for() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["title"]
    assert SCHEMA["description"]


def test_every_name_is_explained_beside_it() -> None:
    for name, part in PARTS.items():
        for field, described in part.get("properties", {}).items():
            assert described.get("description"), f"{name}.{field}"


def test_every_reference_leads_somewhere() -> None:
    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            inner = [found for part in value.values() for found in references(part)]
            return inner + ([value["$ref"]] if "$ref" in value else [])
        return [found for part in value for found in references(part)] if isinstance(value, list) else []

    assert {reference.removeprefix("#/$defs/") for reference in references(SCHEMA)} <= set(SCHEMA["$defs"])


def test_the_shipped_agreement_uses_only_names_it_knows() -> None:
    data = read_yaml(SHIPPED).data
    assert set(data) <= _names("Agreement")
    assert set(SCHEMA["required"]) <= set(data)
    assert all(set(group) <= _names("Group") for group in data["groups"])
    assert all(set(promise) <= _names("Promise") for promise in data["promises"])
    operators = set(SCHEMA["$defs"]["Operator"]["enum"])
    assert {promise["operator"] for promise in data["promises"]} <= operators


def test_a_watched_promise_must_have_the_test_of_its_operator() -> None:
    tests = {
        rule["if"]["allOf"][0]["properties"]["operator"]["const"]: rule["then"]["properties"]["test"]["$ref"]
        for rule in SCHEMA["$defs"]["Promise"]["allOf"]
    }
    assert tests == {
        "notice": "#/$defs/NoticeTest",
        "window": "#/$defs/WindowTest",
        "calendar": "#/$defs/CalendarTest",
        "share": "#/$defs/ShareTest",
        "present": "#/$defs/PresentTest",
    }
    assert _names("WindowTest") == {"from", "to"}
