"""A small SharePoint that keeps pages: it cleans the words of text parts, and refuses what it can't carry."""

import copy
import re

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from emulator.recording import Recorded
from tests.graph_client.conftest import GRAPH

PAGES = "/v1.0/sites/{site}/pages"
ONE = f"{PAGES}/{{id}}/microsoft.graph.sitePage"
SECTIONS = f"{ONE}/canvasLayout/horizontalSections"
LIST_PART = "f92bf067-bc19-489e-a556-7fe95f508720"  # people may put a list on a page; Graph takes none
TAKEN = {"d1d91016-032f-456d-98a4-721247c305e8", "c70391ea-0b10-4ee9-b2b4-006d3fcad0cd"}


class SmallPages(httpx.ASGITransport):
    def __init__(self, record_to=None):
        self.pages, self.published, self.asked, self.waits = {}, [], [], []
        self.refusing = self.losing = None
        routes = [
            Route(PAGES, self.all, methods=["GET", "POST"]),
            Route(ONE, self.one),
            Route(SECTIONS, self.add_section, methods=["POST"]),
            Route(f"{SECTIONS}/{{section}}", self.change_section, methods=["PATCH"]),
            Route(f"{ONE}/publish", self.publish, methods=["POST"]),
        ]
        super().__init__(app=Recorded(Starlette(routes=routes), record_to, None))

    async def handle_async_request(self, request):
        self.asked.append(request)
        if self.refusing and request.method != "GET":
            return httpx.Response(self.refusing, json={"error": {"code": "accessDenied", "message": "a"}})
        answer = await super().handle_async_request(request)
        if self.losing and request.url.path.endswith(self.losing) and request.method != "GET":
            self.losing = None
            raise httpx.ReadError("reset")
        return answer

    async def wait(self, seconds):
        self.waits.append(seconds)

    async def all(self, request: Request) -> Response:
        if request.method == "GET":
            return self._listed(request)
        asked = await request.json()
        assert asked["@odata.type"] == "#microsoft.graph.sitePage"
        if any(page["name"] == asked["name"] for page in self.pages.values()):
            return JSONResponse({"error": {"code": "nameAlreadyExists", "message": "a"}}, 409)
        id = f"page-{len(self.pages) + 1}"
        sections = asked["canvasLayout"]["horizontalSections"]
        self.pages[id] = asked | {
            "id": id,
            "canvasLayout": {"horizontalSections": [_kept(s) for s in sections]},
        }
        return JSONResponse({k: v for k, v in self.pages[id].items() if k != "canvasLayout"}, 201)

    def _listed(self, request: Request) -> Response:
        at = int(request.query_params.get("$skiptoken", "0"))
        names = [{"id": page["id"], "name": page["name"]} for page in self.pages.values()]
        answer = {"value": names[at : at + 1]}
        if at + 1 < len(names):
            answer["@odata.nextLink"] = f"{GRAPH}/sites/h,a,b/pages?$skiptoken={at + 1}"
        return JSONResponse(answer)

    async def one(self, request: Request) -> Response:
        assert request.query_params["$expand"] == "canvasLayout"
        return JSONResponse(self.pages[request.path_params["id"]])

    def sections(self, id="page-1"):
        return self.pages[id]["canvasLayout"]["horizontalSections"]

    async def add_section(self, request: Request) -> Response:
        asked, sections = _kept(await request.json()), self.sections(request.path_params["id"])
        assert asked["id"] not in {each["id"] for each in sections}
        sections.append(asked)
        return JSONResponse(asked, 201)

    async def change_section(self, request: Request) -> Response:
        asked, sections = _kept(await request.json()), self.sections(request.path_params["id"])
        at = [each["id"] for each in sections].index(request.path_params["section"])
        sections[at] |= asked
        return JSONResponse(sections[at])

    async def publish(self, request: Request) -> Response:
        assert await request.body() == b""
        self.published.append(request.path_params["id"])
        return Response(status_code=204)


def _kept(section):
    """What SharePoint makes of a section: text is cleaned of comments and attributes, and gets its own."""
    section = copy.deepcopy(section)
    for column in section["columns"]:
        for part in column["webparts"]:
            if part["@odata.type"].endswith("textWebPart"):
                bare = re.sub(
                    r"<(\w+)[^>]*>", r'<\1 class="x">', re.sub(r"<!--.*?-->", "", part["innerHtml"])
                )
                part["innerHtml"] = bare.replace(" writes", "&#160;writes")
            else:
                assert part["webPartType"] in TAKEN
    return section
