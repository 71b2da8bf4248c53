"""Finds, in a script for an administrator, where a right of Exchange would be assigned in Entra.

Rights are a union: one such assignment opens every mailbox of the tenant, whatever the Exchange scope says
(facts: graph §5).
"""

import re
from collections.abc import Iterable

ROLE_IDS = {
    "Calendars.Read": "798ee544-9d2d-430c-a058-570e29e34338",
    "Calendars.ReadWrite": "ef54d2bf-783f-4e0f-bca1-3210c0444d99",
    "Mail.Read": "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
    "Mail.ReadWrite": "e2a3a72e-5f79-4c64-b1b1-878b674786c9",
    "Mail.Send": "b633e1c5-b582-4048-a93e-9f11b44c7e96",
}
ASSIGNS = re.compile(
    r"AppRoleAssign|appRoleAssignedTo|appRoles/|requiredResourceAccess|ad app permission|ad app create"
    r"|admin-consent|adminconsent|oauth2PermissionGrants|AzADAppPermission|entra approleassignment",
    re.IGNORECASE,
)
COMMENTS = re.compile(r"<#.*?#>|/\*.*?\*/|^\s*(?:#|//).*?$", re.DOTALL | re.MULTILINE)
READS_OUR_LIST = re.compile(r"graph-permissions\.json")
PICKS_ENTRA = re.compile(r"granted_by")


def assigned_in_entra(script: str, exchange_rights: Iterable[str]) -> list[str]:
    """The rights of Exchange that this script would, or might, assign in Entra."""
    code = COMMENTS.sub("", script)
    if not ASSIGNS.search(code):
        return []
    found = [right for right in exchange_rights if _named(code, right)]
    if READS_OUR_LIST.search(code) and not PICKS_ENTRA.search(code):
        found.append("all of graph-permissions.json, whoever is to grant them")
    return found


def _named(code: str, right: str) -> bool:
    """Exchange's own role is called "Application Calendars.Read", and may be named."""
    wider = r"(?:Write|Basic)?(?:\.All|\.Shared)?"
    name = rf"(?<!Application )(?<![\w.]){re.escape(right)}{wider}(?![\w.])"
    ids = [id for known, id in ROLE_IDS.items() if known.startswith(right)]
    return bool(re.search("|".join([name, *ids]), code, re.IGNORECASE))
