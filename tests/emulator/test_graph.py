"""Every answer of Graph: who may ask, which paths exist, the shape of an error, and faults on request."""

import pytest

BOX = "send.partnership@council.example"
VIEW = f"/v1.0/users/{BOX}/calendarView?startDateTime=2026-11-01&endDateTime=2026-12-01"
SITE = "/v1.0/sites/council.sharepoint.example:/sites/send-partnership"


def test_every_answer_has_a_request_id(graph):
    answers = [graph.get(VIEW), graph.get(SITE), graph.get("/v1.0/nothing"), graph.get("/v1.0/users")]
    assert len({answer.headers["request-id"] for answer in answers}) == 4


@pytest.mark.parametrize(
    "path", ["/v1.0/nothing", "/v1.0/users/x/calendarView", "/v1.0/me/messages", "/beta/users"]
)
def test_every_error_has_graphs_shape(graph, path):
    answer = graph.get(path, headers={"client-request-id": "mine"})
    assert answer.status_code >= 400
    assert set(answer.json()["error"]) == {"code", "message", "innerError"}
    assert set(answer.json()["error"]["innerError"]) == {"date", "request-id", "client-request-id"}
    assert answer.json()["error"]["innerError"]["client-request-id"] == "mine"


def test_an_unknown_path_names_what_is_unknown(graph):
    answer = graph.get(f"/v1.0/users/{BOX}/dreams")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "Resource not found for the segment 'dreams'."


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_a_calendar_view_can_only_be_read(graph, method):
    assert graph.request(method, VIEW).status_code == 405


def test_a_body_that_is_no_json_is_refused(graph):
    assert graph.post("/v1.0/$batch", content=b"{").json()["error"]["code"] == "BadRequest"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer made-up", "Basic abc"])
def test_without_a_good_token_nothing_is_said(graph, header):
    answer = graph.get(VIEW, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "InvalidAuthenticationToken")
    assert "WWW-Authenticate" in answer.headers


def test_ids_may_hold_an_encoded_slash(graph):
    assert (
        graph.get("/v1.0/users/a%2Fb/calendarView?x=1")
        .json()["error"]["message"]
        .endswith("'a/b' is invalid.")
    )


def test_throttling_on_request_ends_after_the_calls_it_was_for(county, graph):
    county.faults.throttle("calendarView", times=2)
    first, second, third = (graph.get(VIEW) for _ in range(3))
    assert [answer.status_code for answer in (first, second, third)] == [429, 429, 200]
    assert first.headers["Retry-After"] == "2.128"
    assert first.json()["error"]["innerError"]["status"] == "429"


def test_a_503_has_no_retry_after(county, graph):
    county.faults.unavailable("GET /v1.0/sites")
    assert graph.get(VIEW).status_code == 200
    refused = graph.get(SITE)
    assert refused.status_code == 503
    assert "Retry-After" not in refused.headers


def test_any_answer_can_be_asked_for(county, graph):
    county.faults.answer("calendarView", 200, "<html>Sign in</html>", headers={"X-Proxy": "council"})
    answer = graph.get(VIEW)
    assert (answer.text, answer.headers["X-Proxy"]) == ("<html>Sign in</html>", "council")


def test_an_empty_first_page_has_a_next_link_that_holds_everything(county, graph):
    county.faults.empty_first_page("calendarView")
    first = graph.get(VIEW).json()
    assert first["value"] == []
    assert graph.get(first["@odata.nextLink"]).json()["value"] == graph.get(VIEW).json()["value"]
