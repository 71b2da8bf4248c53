"""What Graph tells of its own accord is read in every spelling, and believed only with its word."""

import ast
import hmac
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_client import notices
from graph_client.notices import Care, notices_in

TELLING = ast.Eq | ast.NotEq | ast.In | ast.NotIn  # comparisons that end at the first wrong letter


@pytest.mark.parametrize(
    ("name", "care", "expires"),
    [
        ("change_notification.json", Care.NONE, "2016-03-19 22:11"),
        ("change_notification_rich.json", Care.NONE, "2021-12-31 10:46"),  # written with +05:30
        ("lifecycle_missed.json", Care.READ_ALL, "2019-03-20 11:00"),
        ("lifecycle_subscription_removed.json", Care.MAKE_ANEW, "2019-03-20 11:00"),
        ("lifecycle_reauthorization_required.json", Care.REAUTHORIZE, "2019-09-18 00:52"),
    ],
)
def test_microsofts_own_samples(sample_json, name, care, expires):
    body = sample_json(name)
    [notice] = notices_in(json.dumps(body).encode())
    assert notice.care is care
    assert f"{notice.expires:%Y-%m-%d %H:%M}" == expires
    state = body["value"][0]["clientState"]
    assert notice.is_graphs(state)
    assert not notice.is_graphs(state + "x")
    assert not notice.is_graphs("")
    assert state not in repr(notice)


def test_a_message_that_only_tries_the_way_wakes_nobody(sample_json):
    [notice] = notices_in(json.dumps(sample_json("eventhub_validation_message.json")).encode())
    assert notice.expires is None
    assert not notice.is_graphs("the-word")


def test_of_several_each_is_judged_on_its_own():
    entries = [
        {"subscriptionId": "1", "clientState": "ours"},
        "rubbish",
        {"subscriptionId": "2", "clientState": "x"},
    ]
    notices = notices_in(json.dumps({"value": entries}).encode())
    assert [notice.is_graphs("ours") for notice in notices] == [True, False]


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_nothing_that_is_posted_breaks_it(body):
    assert isinstance(notices_in(body), tuple)


def test_it_is_light_to_import(house):
    code = "import sys, graph_client.notices; print(sorted(set(sys.modules) & {'msgraph', 'httpx', 'msal'}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=house)
    assert ran.stdout == b"[]\n"


def test_the_word_is_compared_in_constant_time_and_nowhere_else(house):
    """How long a wrong guess takes must not say how much of it was right, so no == and no `in` may touch the word."""
    touched, constant = [], []
    for path in [
        *house.glob("graph_client/**/*.py"),
        *house.glob("functions/**/*.py"),
        house / "function_app.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if "client_state" not in ast.unparse(node):
                continue
            if isinstance(node, ast.Compare) and any(isinstance(op, TELLING) for op in node.ops):
                touched.append(f"{path.relative_to(house)}:{node.lineno}")
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "compare_digest":
                constant.append(str(path.relative_to(house)))
    assert touched == []
    assert constant == ["graph_client/notices.py"]
    assert notices.compare_digest is hmac.compare_digest
