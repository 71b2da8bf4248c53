"""The request for a role on one site, as a file that an administrator can read, check and send."""

from urllib.parse import urlsplit

from wording.provision_text import GRANT
from wording.provisioned import Provisioned

NAME = "Protocol Watch"


def grant_request(done: Provisioned, graph_url: str) -> dict[str, object]:
    """What to send to Microsoft Graph and where to, and the line of PowerShell that does the same.

    `manage` while lists are still to be made; `write`, which is what we keep, once they are there.
    """
    waits = done.needs_grant or (done.dry and any(one.changed for one in done.lists))
    role = "manage" if waits else "write"
    return {
        "why": f"Protocol Watch asks for the role '{role}' on this one site, and on no other",
        "method": "POST",
        "address": f"{graph_url}/sites/{_in_graph(done.site)}/permissions",
        "body": {
            "roles": [role],
            "grantedToIdentities": [{"application": {"id": done.app, "displayName": NAME}}],
        },
        "powershell": GRANT.format(site=done.site, app=done.app, role=role),
    }


def _in_graph(site: str) -> str:
    """How Graph names a site by its address; an id stays as it is."""
    parts = urlsplit(site if "//" in site else f"https://{site}")
    if site.count(",") == 2:
        return site
    path = parts.path.rstrip("/")
    return f"{parts.hostname}:{path}:" if path else f"{parts.hostname}"
