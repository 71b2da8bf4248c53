"""A page is made of the parts that Graph takes, and people see it when it is published."""

import pytest

SITE = "/v1.0/sites/council.sharepoint.example:/sites/send-partnership:/pages"
LIST_PART = {
    "@odata.type": "#microsoft.graph.standardWebPart",
    "webPartType": "f92bf067-bc19-489e-a556-7fe95f508720",
}
IMAGE_PART = LIST_PART | {"webPartType": "d1d91016-032f-456d-98a4-721247c305e8", "data": {"title": "A strip"}}
TEXT_PART = {
    "@odata.type": "#microsoft.graph.textWebPart",
    "innerHtml": "<table><tr><td>kept</td></tr></table>",
}


@pytest.fixture(autouse=True)
def _writer(county):
    county.change_app(site_roles={"council.sharepoint.example/sites/send-partnership": "write"})


def wanted(*parts, **more):
    column = {"id": "1", "width": 12, "webparts": list(parts)}
    canvas = {"horizontalSections": [{"layout": "oneColumn", "id": "1", "columns": [column]}]}
    kind = "#microsoft.graph.sitePage"
    return {"@odata.type": kind, "name": "promises.aspx", "title": "Promises", "canvasLayout": canvas} | more


def test_a_page_is_made_changed_and_published(graph):
    made = graph.post(SITE, json=wanted(TEXT_PART, IMAGE_PART))
    assert made.status_code == 201, made.text
    url = f"{SITE}/{made.json()['id']}/microsoft.graph.sitePage"
    assert made.json()["publishingState"]["level"] == "checkout"
    assert graph.post(f"{url}/publish").status_code == 204
    assert graph.get(url).json()["publishingState"]["level"] == "published"
    whole = graph.get(f"{url}?$expand=canvasLayout").json()
    assert whole["canvasLayout"] == wanted(TEXT_PART, IMAGE_PART)["canvasLayout"]
    changed = graph.patch(
        url, json={"@odata.type": "#microsoft.graph.sitePage", "title": "Our promises"}
    ).json()
    assert (changed["title"], changed["name"]) == ("Our promises", "promises.aspx")
    assert changed["publishingState"]["level"] == "checkout"
    assert changed["eTag"] != made.json()["eTag"]
    assert [page["title"] for page in graph.get(SITE).json()["value"]] == ["Our promises"]
    assert graph.post(SITE, json=wanted()).status_code == 409
    assert graph.get(f"{SITE}/none").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        wanted(LIST_PART),
        wanted({"webPartType": "quick-chart"}),
        wanted({"innerHtml": 7}),
        wanted("text"),
        wanted(chart="bars"),
        wanted(title=""),
        wanted(name="promises"),
        wanted(**{"@odata.type": "#microsoft.graph.page"}),
        wanted(canvasLayout={"horizontalSections": [{"layout": "fourColumns", "columns": []}]}),
        wanted(canvasLayout={"views": []}),
        [],
    ],
)
def test_what_a_page_can_not_be_made_of_is_refused(graph, body):
    assert graph.post(SITE, json=body).status_code == 400


def test_pages_may_be_refused_where_lists_are_not(county, graph):
    county.change_app(may_make_pages=False)
    assert graph.post(SITE, json=wanted()).status_code == 403
    assert graph.get(SITE).status_code == 200
