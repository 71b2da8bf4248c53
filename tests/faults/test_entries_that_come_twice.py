"""A page may come again, and an entry with it: rows, files and mails are still there once, as meetings are."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from graph_client.library_files import read_folder
from graph_client.list_columns import read_columns
from graph_client.list_rows import read_rows
from graph_client.mail_in_copy import read_mail_in_copy
from graph_client.papers_list import read_papers
from graph_client.tenant import Tenant
from tests.faults.faults import ALWAYS
from tests.faults.partnership import NOW, opened, tenant_of_twenty
from tests.faults.wires import Changed, Json, Troubled
from tests.stories.stage import MAILBOX, SITE

READS: dict[str, tuple[str, Callable[[Tenant], Awaitable[object]]]] = {
    "papers": ("/items", lambda tenant: read_papers(tenant, SITE, "Papers")),
    "rows": ("/items", lambda tenant: read_rows(tenant, SITE, "Papers", ("Title", "Group"))),
    "columns": ("/columns", lambda tenant: read_columns(tenant, SITE, "Papers")),
    "files": ("/children", lambda tenant: read_folder(tenant, SITE, "Meeting papers")),
    "mails": ("/messages", lambda tenant: read_mail_in_copy(tenant, MAILBOX, NOW - timedelta(days=90))),
}


def twice(body: Json) -> Json:
    """The page with everything on it two times over."""
    return body | {"value": [*body["value"], *body["value"]]}


@pytest.mark.parametrize("name", READS)
async def test_what_comes_twice_is_there_once(name: str) -> None:
    where, read = READS[name]
    seen = []
    for change in (dict, twice):
        wire = Troubled(tenant_of_twenty(), where, Changed(change), times=ALWAYS)
        async with opened(wire) as client:
            seen.append(await read(client.tenant))
        assert wire.struck
    calm, repeated = seen
    assert repeated == calm
