"""Sites and lists answer as SharePoint does through Graph."""

import pytest

SITE = "/v1.0/sites/council.sharepoint.example:/sites/send-partnership"


@pytest.fixture
def site_id(graph):
    return graph.get(SITE).json()["id"]


def rows(graph, site_id, **query):
    return graph.get(
        f"/v1.0/sites/{site_id}/lists/Papers/items", params={f"${k}": v for k, v in query.items()}
    )


def test_a_site_is_found_by_its_address_and_by_its_id(graph, site_id):
    assert site_id.count(",") == 2
    assert graph.get(f"/v1.0/sites/{site_id}").json()["displayName"] == "SEND Partnership"
    assert (
        graph.get(f"{SITE}:/lists").json()["value"]
        == graph.get(f"/v1.0/sites/{site_id}/lists").json()["value"]
    )


def test_a_list_is_found_by_its_name_and_by_its_id(graph, site_id):
    papers, *_ = graph.get(f"/v1.0/sites/{site_id}/lists").json()["value"]
    assert papers["displayName"] == "Papers"
    by_id = graph.get(f"/v1.0/sites/{site_id}/lists/{papers['id']}/items").json()["value"]
    assert by_id == rows(graph, site_id).json()["value"]


def test_fields_come_only_when_asked_for(graph, site_id):
    assert "fields" not in rows(graph, site_id).json()["value"][0]
    fields = rows(graph, site_id, expand="fields").json()["value"][0]["fields"]
    assert fields["Group"] == "SEND Partnership Board"
    assert fields["NoPapers"] is False


def test_a_column_with_nothing_in_it_is_left_out(graph, site_id):
    items = rows(graph, site_id, expand="fields($select=MeetingDate,SentOn,MeetingKey)").json()["value"]
    november = next(item["fields"] for item in items if item["fields"]["MeetingDate"] == "2026-11-27")
    assert set(november) == {"@odata.etag", "MeetingDate"}


def test_etags_are_a_guid_and_a_version(graph, site_id):
    item = rows(graph, site_id, expand="fields").json()["value"][0]
    assert item["@odata.etag"] == item["eTag"] == item["fields"]["@odata.etag"]
    assert item["eTag"].endswith(',1"')


def test_rows_come_in_pages(graph, site_id):
    answer, found = rows(graph, site_id, top="3", expand="fields($select=Title)"), []
    while True:
        found += [item["id"] for item in answer.json()["value"]]
        if "@odata.nextLink" not in answer.json():
            break
        answer = graph.get(answer.json()["@odata.nextLink"])
    assert found == [str(number) for number in range(1, 8)]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"expand": "fields($select=Heading)"}, 400),
        ({"expand": "driveItem"}, 400),
        ({"select": "colour"}, 400),
        ({"filter": "fields/Title eq 'x'"}, 400),
        ({"top": "5001"}, 400),
        ({"top": "5000"}, 200),
        ({"select": "id,fields", "expand": "fields(select=Title)"}, 200),
    ],
)
def test_what_a_list_takes_and_refuses(graph, site_id, query, status):
    assert rows(graph, site_id, **query).status_code == status


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("sites/council.sharepoint.example:/sites/nowhere", 404, "itemNotFound"),
        ("sites/council.sharepoint.example:/sites/finance", 403, "accessDenied"),
        ("sites/council.sharepoint.example:/sites/finance:/lists", 403, "accessDenied"),
        (
            "sites/council.sharepoint.example:/sites/send-partnership:/lists/Nothing/items",
            404,
            "itemNotFound",
        ),
    ],
)
def test_what_is_not_there_or_not_granted(graph, path, status, code):
    answer = graph.get(f"/v1.0/{path}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
