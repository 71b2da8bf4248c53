"""A library's folders and files, and who may open them, as SharePoint shows them through Graph."""

from dataclasses import replace

import pytest

from emulator.drives import Drive, DriveItem, Grant

SITE = "/v1.0/sites/council.sharepoint.example:/sites/send-partnership:"
LIBRARY = Drive(
    "Meeting papers",
    "Papers",
    (
        DriveItem(1, "2026-11-27 SEND Partnership Board", folder=True),
        DriveItem(2, "Agenda #1.pdf", 1, size=2048, fields={"Group": "SEND Partnership Board", "Title": ""}),
        DriveItem(
            3,
            "Finance.xlsx",
            1,
            size=197,
            grants=(
                Grant("link", scope="anonymous"),
                Grant("link", ("write",), scope="users", name="June Holloway", address="chair@forum.example"),
                Grant("invitation", name="June Holloway", address="chair@forum.example"),
            ),
        ),
        DriveItem(4, "Readme.docx"),
    ),
    columns=("Title", "Group"),
    grants=(Grant("group", name="SEND Partnership Members", inherited=True),),
)


@pytest.fixture
def drive(county, graph):
    site = county.sites[0]
    county.put_site(replace(site, drives=(LIBRARY,)))
    (found,) = graph.get(f"{SITE}/drives").json()["value"]
    return f"/v1.0/drives/{found['id']}"


def change(county, what):
    site = county.sites[0]
    county.put_site(site.with_drive(what(site.drives[0])))


def by_name(graph, link):
    return {item["name"]: item for item in graph.get(link).json()["value"]}


def test_folders_and_files_look_like_the_samples(graph, drive, sample):
    theirs = sample("driveitem_root_folder.json")
    root = graph.get(f"{drive}/root").json()
    assert set(theirs) <= set(root)
    page, files = sample("driveitem_children_page.json"), by_name(graph, f"{drive}/root/children")
    first = graph.get(f"{drive}/root/children?$top=1").json()
    assert set(page) <= set(first)
    assert set(page["value"][0]) <= set(files["Readme.docx"])
    assert files["2026-11-27 SEND Partnership Board"]["folder"] == {"childCount": 2}
    assert len(graph.get(first["@odata.nextLink"]).json()["value"]) == 1


def test_files_come_with_the_columns_beside_them(graph, drive):
    folder = by_name(graph, f"{drive}/root/children")["2026-11-27 SEND Partnership Board"]["id"]
    inside = by_name(graph, f"{drive}/items/{folder}/children?$expand=listItem($expand=fields)")
    agenda = inside["Agenda #1.pdf"]
    assert agenda["file"]["mimeType"] == "application/pdf"
    assert agenda["listItem"]["fields"]["Group"] == "SEND Partnership Board"
    assert "Title" not in agenda["listItem"]["fields"]
    assert agenda["webUrl"].endswith("/Papers/2026-11-27%20SEND%20Partnership%20Board/Agenda%20%231.pdf")
    assert agenda["parentReference"]["id"] == folder
    narrow = f"{drive}/items/{agenda['id']}?$select=id,name,listItem&$expand=listItem($expand=fields($select=Group))"
    assert set(graph.get(narrow).json()) == {"@odata.context", "@odata.etag", "id", "name", "listItem"}
    assert graph.get(f"{drive}/root/children?$expand=listItem($expand=fields($select=No))").status_code == 400


def test_a_delta_tells_what_is_gone_by_a_facet(county, graph, drive, sample):
    first = graph.get(f"{drive}/root/delta").json()
    assert first["value"][0]["name"] == "root"
    assert len(first["value"]) == 5
    assert all("cTag" not in item for item in first["value"][1:])
    change(county, lambda library: library.without_item(1))
    change(county, lambda library: library.with_item(DriveItem(5, "New.pdf", size=1)))
    change(county, lambda library: library.with_item(replace(library.item(4), content_version=2, version=2)))
    later = graph.get(first["@odata.deltaLink"]).json()
    assert [("deleted" in item, item.get("name")) for item in later["value"]] == [
        (False, "Readme.docx"),
        (False, "New.pdf"),
        (True, None),
        (True, None),
        (True, None),
    ]
    # The sample is from a person's own OneDrive; in SharePoint the name of what is gone is left out
    theirs = sample("drive_delta_deleted.json")
    assert set(theirs["value"][0]) - {"name"} <= set(later["value"][2])
    assert graph.get(later["@odata.deltaLink"]).json()["value"] == []
    county.deltas.expire()
    gone = graph.get(later["@odata.deltaLink"])
    assert (gone.status_code, gone.json()["error"]["code"]) == (410, "resyncRequired")
    assert len(graph.get(gone.headers["Location"]).json()["value"]) == 3


def test_replaced_content_changes_the_ctag_and_a_column_only_the_etag(county, graph, drive):
    before = by_name(graph, f"{drive}/root/children")["Readme.docx"]
    change(
        county, lambda library: library.with_item(replace(library.item(4), fields={"Group": "x"}, version=2))
    )
    after = by_name(graph, f"{drive}/root/children")["Readme.docx"]
    assert before["cTag"] == after["cTag"]
    assert before["eTag"] != after["eTag"]


def test_the_ways_into_a_file_look_like_the_samples(graph, drive, sample):
    folder = by_name(graph, f"{drive}/root/children")["2026-11-27 SEND Partnership Board"]["id"]
    finance = by_name(graph, f"{drive}/items/{folder}/children")["Finance.xlsx"]
    assert finance["shared"] == {"scope": "users"}
    anybody, some, guest, members = graph.get(f"{drive}/items/{finance['id']}/permissions").json()["value"]
    assert anybody["link"]["scope"] == "anonymous"
    assert some["grantedToIdentitiesV2"][0]["user"]["email"] == "chair@forum.example"
    theirs = sample("driveitem_invite_reply.json")["value"][0]
    assert set(theirs) - {"@deprecated.GrantedTo", "hasPassword", "expirationDateTime"} <= set(guest)
    assert set(theirs["grantedToV2"]["siteUser"]) == set(guest["grantedToV2"]["siteUser"])
    link, _, _ = sample("permissions_list.json")["value"]
    assert set(link) <= set(anybody)
    assert set(sample("permissions_list.json")["value"][1]["inheritedFrom"]) == set(members["inheritedFrom"])


def test_a_library_of_a_site_not_granted_is_refused(county, graph, drive):
    county.change_app(site_roles={})
    assert graph.get(f"{drive}/root/children").status_code == 403
    assert graph.get("/v1.0/drives/b!none/root/children").status_code == 404
