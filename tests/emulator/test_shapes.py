"""Bodies have the properties and the kinds of Microsoft's own samples."""

import pytest

SITE = "/v1.0/sites/council.sharepoint.example:/sites/send-partnership"


def kind(value):
    return {
        bool: "true or false",
        int: "number",
        float: "number",
        str: "text",
        list: "list",
        dict: "object",
    }.get(type(value), "null")


def differences(ours, theirs, where=""):
    """What the sample has and our body lacks, or has in another kind; null stands for any kind."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in theirs:
            if name not in ours:
                yield f"{where}.{name} is missing"
            else:
                yield from differences(ours[name], theirs[name], f"{where}.{name}")
    elif isinstance(theirs, list) and isinstance(ours, list):
        if theirs and ours:
            yield from differences(ours[0], theirs[0], where + "[]")
    elif "null" not in (kind(ours), kind(theirs)) and kind(ours) != kind(theirs):
        yield f"{where} is {kind(ours)}, not {kind(theirs)}"


def test_an_event_has_exactly_the_properties_of_the_full_sample(window, sample):
    theirs = sample("event_created_full.json")
    for ours in window():
        assert set(ours) == set(theirs) - {"@odata.context"}
        if ours["location"]["displayName"]:  # a meeting with no place has no id of a place
            assert list(differences({"@odata.context": "", **ours}, theirs)) == []


def test_an_exception_and_an_occurrence_look_like_the_sample(graph, window, sample):
    theirs = sample("event_instances_with_exception.json")["value"]
    chosen = "subject,bodyPreview,seriesMasterId,type,recurrence,start,end"
    ours = [event for event in window(select=chosen) if event["subject"].startswith("Communications")]
    for kind_of_date in ("exception", "occurrence"):
        one = next(event for event in ours if event["type"] == kind_of_date)
        other = next(event for event in theirs if event["type"] == kind_of_date)
        assert set(one) == set(other)
        assert list(differences(one, other)) == []


def test_the_windows_zone_sample_is_matched(window, sample):
    theirs = sample("event_windows_tz.json")
    ours = window(prefer='outlook.timezone="Pacific Standard Time"')
    assert list(differences({"@odata.context": "", **ours[0]}, theirs)) == []
    assert ours[0]["start"]["timeZone"] == theirs["start"]["timeZone"]
    assert len(ours[0]["start"]["dateTime"]) == len(theirs["start"]["dateTime"])


@pytest.mark.parametrize("name", ["listitems_with_fields.json", "listitem_with_fields.json"])
def test_rows_look_like_the_sample(graph, sample, name):
    theirs = sample(name)
    theirs = theirs.get("value", [theirs])
    ours = graph.get(f"{SITE}:/lists/Papers/items?$expand=fields").json()["value"]
    plain = [{**row, "fields": {}} for row in theirs]  # the columns are each list's own
    assert list(differences(ours, plain)) == []


def test_lists_and_items_have_what_the_created_samples_have(graph, sample):
    ours = graph.get(f"{SITE}:/lists").json()["value"][0]
    theirs = sample("list_created.json")
    assert set(theirs) <= set(ours)
    item = graph.get(f"{SITE}:/lists/Papers/items").json()["value"][0]
    assert set(sample("listitem_created.json")) <= set(item)


def test_a_throttled_answer_looks_like_the_sample(county, graph, sample):
    county.faults.throttle("sites")
    theirs = sample("throttled_429_body.json")
    assert list(differences(graph.get(SITE).json(), theirs)) == []


@pytest.mark.parametrize("name", ["batch_response_mixed_2021.json", "batch_response_mixed_2025.json"])
def test_a_batch_looks_like_the_samples(graph, sample, name):
    parts = [{"id": "1", "method": "GET", "url": "/dreams"}, {"id": "2", "method": "GET", "url": SITE[5:]}]
    ours = {
        part["id"]: part for part in graph.post("/v1.0/$batch", json={"requests": parts}).json()["responses"]
    }
    refused = next(part for part in sample(name)["responses"] if part["status"] >= 400)
    refused.setdefault("headers", {}).clear()
    assert list(differences(ours["1"], refused)) == []
    assert set(ours["2"]) == {"id", "status", "headers", "body"}
