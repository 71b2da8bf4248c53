"""What the worker lists, how light it is to load, and what every call is answered where the set-up is no good."""

import ast
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from functions.triggers.queues import LAST_TRY
from functions.waking.touched import WINDOW
from tests.cloud.worker import CLEAN, FunctionFailed, answer_of, http, message, timer, worker

HEAVY = {"msgraph", "msal", "httpx", "models.rules", "azure.data", "kiota_http", "icalendar"}
SET_UP = {
    "PROTOCOL_WATCH_TOKEN": "opens-nothing",
    "PROTOCOL_WATCH_CLIENT_STATE": "the-word-that-only-graph-was-given",
    "PROTOCOL_WATCH_GRAPH_URL": "http://127.0.0.1:1/v1.0",
}
FAULTY = {
    "PROTOCOL_WATCH_TOKEN": "opens-nothing",
    "PROTOCOL_WATCH_MODE": "shout",
    "PROTOCOL_WATCH_SETTLE_MINUTES": "soon",
    "PROTOCOL_WATCH_CLIENT_STAT": "misspelt",
}
EXPECTED = {
    "notifications": ("httpTrigger", "ANONYMOUS"),
    "lifecycle": ("httpTrigger", "ANONYMOUS"),
    "health": ("httpTrigger", "FUNCTION"),
    "page": ("httpTrigger", "ANONYMOUS"),
    "feed": ("httpTrigger", "ANONYMOUS"),
    "touched_groups": ("queueTrigger", "touched-groups"),
    "deliveries": ("queueTrigger", "deliveries"),
    "touched_groups_poison": ("queueTrigger", "touched-groups-poison"),
    "deliveries_poison": ("queueTrigger", "deliveries-poison"),
    "sweep": ("timerTrigger", "0 */15 * * * *"),
    "daily": ("timerTrigger", "0 10 * * * *"),
    "delivery_times": ("timerTrigger", "30 */5 * * * *"),
    "subscriptions": ("timerTrigger", "0 40 */6 * * *"),
    "retention": ("timerTrigger", "0 25 * * * *"),
}


async def test_microsofts_worker_lists_every_function(house: Path) -> None:
    async with worker(house, {}) as listed:
        found = {}
        for name in listed.functions:
            binding = listed.binding(name)
            more = binding.get("authLevel") or binding.get("queueName") or binding.get("schedule")
            found[name] = (binding["type"], more)
    assert found == EXPECTED


def test_nothing_heavy_is_loaded_before_there_is_work(house: Path) -> None:
    code = "import function_app, sys; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=house, env=CLEAN, text=True
    )
    assert not [name for name in ran.stdout.split() if _is_heavy(name)]


async def test_the_webhook_loads_nothing_heavy_either(house: Path) -> None:
    body = json.dumps(
        {"value": [{"subscriptionId": "1", "clientState": "the-word-that-only-graph-was-given"}]}
    ).encode()
    async with worker(house, SET_UP) as listed:
        posted = http(query={"calendar": "0" * 20}, headers={"Content-Type": "application/json"}, body=body)
        said = await listed.call("notifications", posted)
        loaded = await listed.loaded()
    assert set(said["outputs"]) == {"touched"}
    assert not [name for name in loaded["modules"] if _is_heavy(name)]


def _is_heavy(name: str) -> bool:
    return any(name == heavy or name.startswith(f"{heavy}.") for heavy in HEAVY)


async def test_faulty_settings_lose_no_function_and_are_all_named_once(house: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    async with worker(house, FAULTY, log=log) as listed:
        assert set(listed.functions) == set(EXPECTED)
        for _ in range(2):
            for name in ("notifications", "lifecycle"):
                said = answer_of((await listed.call(name, http()))["value"])
                assert said.status == 503
                assert said.body == b""
            shown = answer_of((await listed.call("health", http("GET")))["value"])
            assert shown.status == 503
            assert json.loads(shown.body)["set_up_faults"] == 3
            for name in ("sweep", "daily", "delivery_times", "subscriptions", "retention"):
                with pytest.raises(FunctionFailed, match="PROTOCOL_WATCH_MODE"):
                    await listed.call(name, timer())
            for name in ("deliveries", "touched_groups_poison", "deliveries_poison"):
                with pytest.raises(FunctionFailed):
                    await listed.call(name, *message("{}"))
    said_in_log = log.read_text()
    for setting in ("PROTOCOL_WATCH_MODE", "PROTOCOL_WATCH_SETTLE_MINUTES", "PROTOCOL_WATCH_CLIENT_STAT:"):
        assert said_in_log.count(setting) == 1, said_in_log


async def test_without_any_setting_every_call_says_what_is_missing(house: Path) -> None:
    async with worker(house, {}) as listed:
        with pytest.raises(FunctionFailed, match="PROTOCOL_WATCH_TENANT_ID"):
            await listed.call("sweep", timer())


async def test_an_agreement_that_is_not_there_is_said_and_the_webhook_goes_on(
    house: Path, tmp_path: Path
) -> None:
    ledger = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    settings = {**SET_UP, "PROTOCOL_WATCH_AGREEMENT": "nowhere.yaml", "PROTOCOL_WATCH_LEDGER": ledger}
    async with worker(house, settings) as listed:
        with pytest.raises(FunctionFailed, match=r"nowhere\.yaml"):
            await listed.call("sweep", timer())
        tried = await listed.call("notifications", http(query={"validationToken": "try"}))
        assert answer_of(tried["value"]).status == 200


async def test_in_azure_a_ledger_in_a_file_is_refused_because_it_would_be_forgotten(house: Path) -> None:
    async with worker(house, {**SET_UP, "WEBSITE_SITE_NAME": "app-protocol-watch"}) as listed:
        with pytest.raises(FunctionFailed, match="PROTOCOL_WATCH_LEDGER"):
            await listed.call("sweep", timer())


async def test_storage_that_is_down_is_said_on_the_health_page(house: Path) -> None:
    settings = {**SET_UP, "PROTOCOL_WATCH_LEDGER": "http://127.0.0.1:1/devstoreaccount1"}
    async with worker(house, settings) as listed:
        shown = answer_of((await listed.call("health", http("GET")))["value"])
    assert shown.status == 503
    assert json.loads(shown.body)["well"] is False


def test_host_json_says_what_the_code_relies_on(house: Path) -> None:
    host = json.loads((house / "host.json").read_text())
    queues = host["extensions"]["queues"]
    assert queues["maxDequeueCount"] == LAST_TRY
    assert queues["batchSize"] == 4  # calls to Outlook that may be under way at once
    assert queues["newBatchThreshold"] == 0
    assert queues["messageEncoding"] == "base64"
    hours, minutes, seconds = map(int, queues["visibilityTimeout"].split(":"))
    assert timedelta(hours=hours, minutes=minutes, seconds=seconds) == WINDOW
    assert (
        host["extensions"]["http"]["routePrefix"] == ""
    )  # pages stand at the root; what Graph is given says api/ itself


def test_infra_makes_the_queues_that_the_code_uses(house: Path) -> None:
    storage = (house / "infra" / "modules" / "storage.bicep").read_text()
    [names] = re.findall(r"var queueNames = \[(.*?)\]", storage)
    used = {more for kind, more in EXPECTED.values() if kind == "queueTrigger" and "poison" not in more}
    assert set(re.findall(r"'(.*?)'", names)) == used


def test_triggers_are_a_few_lines_each(house: Path) -> None:
    for path in sorted((house / "functions" / "triggers").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno <= 22, f"{path.name}: {node.name}"
