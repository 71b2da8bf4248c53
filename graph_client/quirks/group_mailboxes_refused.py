"""A Microsoft 365 group looks like a mailbox, but an app is refused its calendar.

Evidence: `ErrorGroupIsUsedInNonGroupURI`, seen with 400, 403 and 404 (Softeria/ms-365-mcp-server issue 388;
facts: graph §1). Microsoft's own pages contradict each other on /groups/{id}/calendarView for apps, so the
cure is another mailbox, and not another path.
"""

CODE = "errorgroupisusedinnongroupuri"  # codes are compared without regard to capitals
CURE = (
    "this is the address of a Microsoft 365 group, whose calendar an app may not read: "
    "use a shared mailbox instead"
)
