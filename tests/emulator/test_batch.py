"""A batch is answered part by part, in another order."""

import pytest

BOX = "send.partnership@council.example"
VIEW = f"/users/{BOX}/calendarView?startDateTime=2026-11-01&endDateTime=2026-12-01"


def ask(graph, *parts):
    return graph.post("/v1.0/$batch", json={"requests": list(parts)})


def get(name, url=VIEW, **more):
    return {"id": name, "method": "GET", "url": url, **more}


def test_twenty_parts_each_have_their_own_answer_in_another_order(graph):
    names = [str(number) for number in range(1, 21)]
    answers = ask(graph, *(get(name) for name in names)).json()["responses"]
    came = [answer["id"] for answer in answers]
    assert sorted(came) == sorted(names)
    assert came != names
    assert {answer["status"] for answer in answers} == {200}
    assert came == [answer["id"] for answer in ask(graph, *(get(name) for name in names)).json()["responses"]]


def test_a_part_has_its_own_status_headers_and_preferences(graph):
    answers = ask(
        graph,
        get("good", headers={"Prefer": 'outlook.timezone="UTC"'}),
        get("outside", VIEW.replace(BOX, "dana.whitlock@council.example")),
        get("unknown", "/dreams"),
    ).json()["responses"]
    by_name = {answer["id"]: answer for answer in answers}
    assert {name: answer["status"] for name, answer in by_name.items()} == {
        "good": 200,
        "outside": 403,
        "unknown": 400,
    }
    assert by_name["good"]["headers"]["Preference-Applied"] == 'outlook.timezone="UTC"'
    assert by_name["good"]["body"]["value"][0]["start"]["timeZone"] == "UTC"
    assert by_name["outside"]["body"]["error"]["innerError"]["request-id"]


def test_the_next_link_of_a_part_leads_out_of_the_batch(graph):
    (answer,) = ask(graph, get("1")).json()["responses"]
    link = answer["body"]["@odata.nextLink"]
    assert link.startswith("https://emulated/v1.0/users/")
    assert graph.get(link).status_code == 200


def test_one_part_can_be_throttled(county, graph):
    county.faults.throttle("GET /v1.0/users")
    answers = {answer["id"]: answer for answer in ask(graph, get("1"), get("2")).json()["responses"]}
    assert (answers["1"]["status"], answers["2"]["status"]) == (429, 200)
    assert answers["1"]["headers"]["Retry-After"] == "2.128"


def test_what_depends_on_a_failure_fails(graph):
    parts = [get("1", "/dreams"), get("2", dependsOn=["1"]), get("3")]
    answers = {answer["id"]: answer["status"] for answer in ask(graph, *parts).json()["responses"]}
    assert answers == {"1": 400, "2": 424, "3": 200}


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [get(str(number)) for number in range(21)],
        [get("1"), get("1")],
        [{"method": "GET", "url": VIEW}],
        [{"id": "1", "url": VIEW}],
        [get("1", "https://emulated/v1.0" + VIEW)],
        [get("1", "/$batch")],
        [get("1", body={"a": 1})],
        ["1"],
    ],
)
def test_a_batch_that_graph_would_refuse_is_refused(graph, parts):
    assert ask(graph, *parts).status_code == 400


def test_a_batch_is_posted(graph):
    assert graph.get("/v1.0/$batch").status_code == 405
