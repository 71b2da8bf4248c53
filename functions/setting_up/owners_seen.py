"""Which roles were seen to call the meetings of groups that are only proposed as yet. No name and no address.

Only the list of contacts says whose address is which role's. Who is not in it is counted, and a person is asked.
"""

from collections.abc import Iterable, Mapping

from functions.people_read import read_people
from graph_client.calendar_windows import WindowRead
from graph_client.tenant import Tenant
from models.callers import Callers, callers_of
from models.people import People
from models.proposals import Proposed


async def owners_seen(
    tenant: Tenant, site: str, proposed: Proposed, windows: Iterable[WindowRead]
) -> Mapping[str, Callers]:
    """Who calls each proposed group, by its name. Without a site, or where its list can't be had, nobody is known."""
    people = (await read_people(tenant, site)).people if site and proposed.proposals else People()
    meetings = [meeting for window in windows for meeting in window.meetings]
    return {
        one.group.name: callers_of(one.keys, meetings, one.group.calendar, people)
        for one in proposed.proposals
    }
