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


@pytest.fixture
def sections(graph):
    made = graph.post(SITE, json=wanted(TEXT_PART))
    return f"{SITE}/{made.json()['id']}/microsoft.graph.sitePage/canvasLayout/horizontalSections"


def test_one_section_is_written_and_the_others_stay(graph, sections):
    page = sections.partition("/canvasLayout")[0]
    graph.post(f"{page}/publish")
    column = {"id": "1", "width": 12, "webparts": [IMAGE_PART]}
    made = graph.post(sections, json={"columns": [column]})
    assert (made.status_code, made.json()["id"]) == (201, "2")
    changed = graph.patch(f"{sections}/2", json={"id": "2", "emphasis": "soft"})
    assert (changed.status_code, changed.json()["emphasis"]) == (200, "soft")
    assert graph.get(page).json()["publishingState"]["level"] == "checkout"
    first, second = graph.get(f"{sections}?$expand=columns($expand=webparts)").json()["value"]
    assert first == wanted(TEXT_PART)["canvasLayout"]["horizontalSections"][0]
    assert second["columns"] == [column]
    assert "columns" not in graph.get(f"{sections}/2").json()
    assert graph.get(f"{sections}/2?$expand=columns").json()["columns"] == [{"id": "1", "width": 12}]


@pytest.mark.parametrize(
    "body",
    [
        {"id": "1"},
        {"chart": "bars"},
        {"layout": "fourColumns"},
        {"columns": [{"webparts": [LIST_PART]}]},
        {"@odata.type": "#microsoft.graph.verticalSection"},
        [],
    ],
)
def test_what_a_section_can_not_be_made_of_is_refused(graph, sections, body):
    assert graph.post(sections, json=body).status_code == 400


def test_a_section_that_is_not_there_or_may_not_be_written(county, graph, sections):
    assert graph.get(f"{sections}/9").status_code == graph.patch(f"{sections}/9", json={}).status_code == 404
    assert graph.patch(f"{sections}/1", json={"id": "2"}).status_code == 400
    assert graph.get(f"{sections}?$expand=webparts").status_code == 400
    county.change_app(may_make_pages=False)
    assert graph.patch(f"{sections}/1", json={}).status_code == 403
    assert graph.get(f"{sections}/1").status_code == 200
