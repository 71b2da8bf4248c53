"""Lists are made, filled, filtered and followed as SharePoint does it through Graph."""

from dataclasses import replace

import pytest

from emulator.sites import Column, Item, SharePointList

SITE = "/v1.0/sites/council.sharepoint.example:/sites/send-partnership:"
COLUMNS = [
    {"name": "Key", "text": {}, "indexed": True, "enforceUniqueValues": True},
    {"name": "State", "displayName": "How it is", "choice": {"choices": ["kept", "missed"]}, "indexed": True},
    {"name": "Words", "text": {"allowMultipleLines": True}},
    {"name": "Day", "dateTime": {"format": "dateOnly"}},
    {"name": "Dates", "number": {}},
]


@pytest.fixture
def promises(county, graph):
    """A list made by the app, as its manager."""
    county.change_app(site_roles={"council.sharepoint.example/sites/send-partnership": "manage"})
    made = graph.post(f"{SITE}/lists", json={"displayName": "Promises", "list": {"template": "none"}})
    assert made.status_code == 400  # a list needs a template that exists
    asked = {"displayName": "Promises", "columns": COLUMNS, "list": {"template": "genericList"}}
    made = graph.post(f"{SITE}/lists", json=asked)
    assert made.status_code == 201, made.text
    return f"{SITE}/lists/{made.json()['id']}"


def add(graph, promises, **fields):
    answer = graph.post(f"{promises}/items", json={"fields": fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_a_made_list_looks_like_the_sample_and_has_its_columns(graph, promises, sample):
    theirs = sample("list_created.json")
    ours = graph.get(promises).json()
    assert set(theirs) <= set(ours)
    assert set(theirs["createdBy"]["user"]) <= set(ours["createdBy"]["user"])
    columns = {column["name"]: column for column in graph.get(f"{promises}/columns").json()["value"]}
    assert columns["State"]["displayName"] == "How it is"
    assert columns["State"]["choice"]["choices"] == ["kept", "missed"]
    assert columns["Key"]["indexed"]
    assert columns["Key"]["enforceUniqueValues"]
    assert columns["Day"]["dateTime"]["format"] == "dateOnly"
    assert columns["Modified"]["readOnly"]
    assert graph.get(f"{promises}?$expand=columns").json()["columns"] == list(columns.values())


def test_the_documented_request_makes_a_list(county, graph, sample):
    county.change_app(site_roles={"council.sharepoint.example/sites/send-partnership": "owner"})
    assert graph.post(f"{SITE}/lists", json=sample("list_create_request.json")).status_code == 201


@pytest.mark.parametrize("role", ["read", "write"])
def test_a_list_is_made_only_by_who_may_manage(county, graph, role):
    county.change_app(site_roles={"council.sharepoint.example/sites/send-partnership": role})
    asked = {"displayName": "Promises", "list": {"template": "genericList"}}
    assert error(graph.post(f"{SITE}/lists", json=asked)) == (403, "accessDenied")
    row = graph.post(f"{SITE}/lists/Papers/items", json={"fields": {"Title": "x"}})
    assert row.status_code == (201 if role == "write" else 403)


@pytest.mark.parametrize(
    ("definition", "status"),
    [
        ({"name": "Extra", "text": {}}, 201),
        ({"name": "Extra"}, 400),
        ({"text": {}}, 400),
        ({"name": "Extra", "text": {}, "number": {}}, 400),
        ({"name": "Extra", "text": {}, "customFormatter": "{}"}, 400),
        ({"name": "Extra", "text": {}, "enforceUniqueValues": True}, 400),
        ({"name": "Title", "text": {}}, 409),
        ({"name": "state", "text": {}}, 409),
    ],
)
def test_a_column_is_added_or_refused(graph, promises, definition, status):
    assert graph.post(f"{promises}/columns", json=definition).status_code == status


def test_what_people_see_of_a_column_can_change(graph, promises):
    assert graph.patch(f"{promises}/columns/Title", json={"displayName": "Meeting"}).status_code == 200
    shown = {each["name"]: each["displayName"] for each in graph.get(f"{promises}/columns").json()["value"]}
    assert shown["Title"] == "Meeting"
    assert error(graph.patch(f"{promises}/columns/None", json={})) == (404, "itemNotFound")


def test_a_list_with_the_same_name_is_refused(graph, promises):
    asked = {"displayName": "promises", "list": {"template": "genericList"}}
    assert error(graph.post(f"{SITE}/lists", json=asked)) == (409, "nameAlreadyExists")


def test_a_row_is_made_changed_and_deleted(graph, promises, sample):
    made = add(graph, promises, Key="P04/abc", State="kept", Dates=3)
    assert set(sample("listitem_created.json")) <= set(made)
    assert graph.get(f"{promises}/items/{made['id']}").json()["fields"]["Dates"] == 3
    changed = graph.patch(f"{promises}/items/{made['id']}/fields", json={"State": "missed"})
    assert (changed.json()["State"], changed.json()["Key"]) == ("missed", "P04/abc")
    assert changed.json()["@odata.etag"] == made["eTag"].replace(",1", ",2")
    assert graph.delete(f"{promises}/items/{made['id']}").status_code == 204
    assert error(graph.get(f"{promises}/items/{made['id']}")) == (404, "itemNotFound")
    assert add(graph, promises, Key="next")["id"] == "2"  # no id is ever given twice


def test_a_stale_change_is_refused_and_changes_nothing(graph, promises):
    row = add(graph, promises, Key="a", State="kept")
    here, fresh = f"{promises}/items/{row['id']}/fields", {"If-Match": row["eTag"]}
    assert graph.patch(here, json={"Words": "by a person"}, headers=fresh).status_code == 200
    assert graph.patch(here, json={"State": "missed"}, headers=fresh).status_code == 412
    assert graph.delete(here.removesuffix("/fields"), headers=fresh).status_code == 412
    assert graph.get(here.removesuffix("/fields")).json()["fields"]["State"] == "kept"
    assert graph.patch(here, json={"State": "missed"}, headers={"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"Nothing": "x"},
        {"id": "7"},
        {"Modified": "2026-11-05"},
        {"Dates": "three"},
        {"Dates": True},
        {"Key": 7},
        {"Key": "x" * 256},
        {"Day": "soon"},
    ],
)
def test_what_does_not_fit_a_column_is_refused(graph, promises, fields):
    assert error(graph.post(f"{promises}/items", json={"fields": fields})) == (400, "invalidRequest")


def test_a_unique_value_is_taken_once(graph, promises):
    add(graph, promises, Key="a")
    assert graph.post(f"{promises}/items", json={"fields": {"Key": "a"}}).status_code == 409


def test_a_day_comes_back_as_a_moment_of_the_sites_zone(graph, promises):
    summer = add(graph, promises, Key="a", Day="2026-06-10")
    winter = add(graph, promises, Key="b", Day="2026-12-10T00:00:00Z")
    assert summer["fields"]["Day"] == "2026-06-09T23:00:00Z"
    assert winter["fields"]["Day"] == "2026-12-10T00:00:00Z"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("fields/Key eq 'a''b'", ["1"]),
        ("fields/State eq 'kept'", ["1", "2"]),
        ("fields/State eq 'kept' and fields/Key ne 'c and d'", ["1"]),
        ("startswith(fields/Key,'c')", ["2"]),
    ],
)
def test_a_filter_on_an_indexed_column_finds_its_rows(graph, promises, asked, found):
    add(graph, promises, Key="a'b", State="kept", Dates=3)
    add(graph, promises, Key="c and d", State="kept", Dates=4)
    answer = graph.get(f"{promises}/items", params={"$filter": asked})
    assert [row["id"] for row in answer.json()["value"]] == found


def test_an_unindexed_column_is_refused_unless_the_caller_was_warned(county, graph, promises, sample):
    add(graph, promises, Key="a", Words="one")
    add(graph, promises, Key="b", Words="two", Dates=4)
    asked = {"params": {"$filter": "fields/Dates ge 4"}}
    warned = {"Prefer": "HonorNonIndexedQueriesWarningMayFailRandomly"}
    assert graph.get(f"{promises}/items", **asked).status_code == 400
    assert [row["id"] for row in graph.get(f"{promises}/items", **asked, headers=warned).json()["value"]] == [
        "2"
    ]
    site = county.sites[0]
    many = tuple(Item(number, {"Dates": number}) for number in range(1, 5002))
    county.put_site(site.with_list(replace(site.lists[-1], items=many)))
    refused, theirs = (
        graph.get(f"{promises}/items", **asked, headers=warned),
        sample("listitems_unindexed_filter_error.json"),
    )
    assert refused.json()["error"]["code"] == theirs["error"]["code"]
    assert refused.json()["error"]["message"] == theirs["error"]["message"]
    assert set(refused.json()["error"]["innerError"]) == set(theirs["error"]["innerError"])


@pytest.mark.parametrize(
    "asked", ["Key eq 'a'", "fields/None eq 'a'", "fields/Key like 'a'", "fields/Key eq a"]
)
def test_a_filter_that_can_not_be_read_is_refused(graph, promises, asked):
    assert graph.get(f"{promises}/items", params={"$filter": asked}).status_code == 400


def rounds(graph, link):
    """All rows of a round and its delta link."""
    rows = []
    while True:
        answer = graph.get(link)
        assert answer.status_code == 200, answer.text
        rows += answer.json()["value"]
        if "@odata.deltaLink" in answer.json():
            return rows, answer.json()["@odata.deltaLink"]
        link = answer.json()["@odata.nextLink"]


def test_a_delta_tells_all_rows_then_what_changed_then_tombstones(graph, promises):
    for name in "abcde":
        add(graph, promises, Key=name)
    rows, link = rounds(graph, f"{promises}/items/delta?$top=2&$expand=fields")
    assert [row["fields"]["Key"] for row in rows] == list("abcde")
    assert rounds(graph, link)[0] == []
    graph.patch(f"{promises}/items/2/fields", json={"State": "kept"})
    graph.delete(f"{promises}/items/4")
    add(graph, promises, Key="f")
    changed, later = rounds(graph, link)
    assert [row["id"] for row in changed] == ["2", "6", "4"]
    assert changed[0]["fields"]["State"] == "kept"
    assert changed[-1]["deleted"] == {"state": "deleted"}
    assert rounds(graph, link)[0] == changed  # a link may be used again
    assert rounds(graph, later)[0] == []
    assert rounds(graph, f"{promises}/items/delta?token=latest")[0] == []


def test_a_forgotten_delta_link_says_where_to_start_again(county, graph, promises):
    add(graph, promises, Key="a")
    _, link = rounds(graph, f"{promises}/items/delta?$expand=fields")
    county.deltas.expire()
    gone = graph.get(link)
    assert error(gone) == (410, "resyncRequired")
    assert len(rounds(graph, gone.headers["Location"])[0]) == 1
    _, link = rounds(graph, f"{promises}/items/delta")
    assert graph.get(f"{SITE}/lists/Papers/items/delta?token={link.rsplit('=', 1)[1]}").status_code == 400
    late = county.clock() + county.deltas.lifetime + 1
    county.clock = lambda: late
    assert graph.get(link).status_code == 410


def test_twenty_thousand_rows_are_written_and_read_in_good_time(county):
    rows = SharePointList("Many", (Column("Title"),))
    for number in range(1, 20_001):
        rows = rows.with_item(Item(number, {"Title": str(number)}))
    assert rows.next_id() == 20_001
    assert rows.without_item(20_000).next_id() == 20_001
    assert rows.item(19_999).fields["Title"] == "19999"
