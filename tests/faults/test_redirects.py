"""A redirect within Graph's own address is followed, and to another address never: our token goes nowhere else."""

import httpx
import pytest

from graph_client.calendar_windows import read_window
from graph_client.errors import GraphError
from tests.faults.partnership import FIRST, LAST, TROUBLED, URL, opened, tenant_of_twenty
from tests.faults.sentences import assert_one_sentence
from tests.faults.wires import SmallPages


class Redirecting(SmallPages):
    """A tenant that sends each first call elsewhere, and each call to the address it named is answered."""

    def __init__(self, status: int, start: str) -> None:
        super().__init__(tenant_of_twenty())
        self._status, self._start = status, start
        self._left = 1

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self._left:
            return await super().handle_async_request(request)
        self._left -= 1
        self.asked.append(request)
        place = f"{self._start}{request.url.raw_path.decode()}"
        return httpx.Response(self._status, headers={"Location": place})


@pytest.mark.parametrize("start", [URL, ""], ids=["whole address", "path alone"])
@pytest.mark.parametrize("status", [302, 307, 308])
async def test_a_redirect_within_graph_is_followed(status: int, start: str) -> None:
    async with opened(SmallPages(tenant_of_twenty())) as client:
        calm = await read_window(client.tenant, TROUBLED, FIRST, LAST)
    wire = Redirecting(status, start)
    async with opened(wire) as client:
        assert await read_window(client.tenant, TROUBLED, FIRST, LAST) == calm
    assert {asked.headers["authorization"] for asked in wire.asked} == {
        "Bearer first-bearer-that-nobody-may-see"
    }


@pytest.mark.parametrize(
    "start", ["https://elsewhere.example", "http://graph.council.example", "//elsewhere.example"]
)
async def test_a_redirect_to_another_address_is_told_and_not_followed(start: str) -> None:
    wire = Redirecting(307, start)
    async with opened(wire) as client:
        with pytest.raises(GraphError) as raised:
            await read_window(client.tenant, TROUBLED, FIRST, LAST)
    assert_one_sentence(str(raised.value), TROUBLED)
    assert len(wire.asked) == 1


async def test_redirects_without_end_end_in_one_sentence() -> None:
    wire = Redirecting(307, URL)
    wire._left = 1_000
    async with opened(wire) as client:
        with pytest.raises(GraphError) as raised:
            await read_window(client.tenant, TROUBLED, FIRST, LAST)
    assert_one_sentence(str(raised.value), TROUBLED)
    assert len(wire.asked) < 20
