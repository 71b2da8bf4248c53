"""Finds a mailbox, refuses the kinds that Graph can't reach, and asks whether the app was let into it."""

from emulator.answers import Call, GraphError
from emulator.mailboxes import Mailbox
from emulator.world import World

GROUP = "Group Shard is used in non-Groups URI."
NOT_IN_THE_CLOUD = "The mailbox is either inactive, soft-deleted, or is hosted on-premise."


def readable_mailbox(world: World, call: Call, user: str) -> Mailbox:
    """The mailbox, if it exists and its calendar may be read."""
    return mailbox_for(world, call, user, "Calendars.Read")


def mailbox_for(world: World, call: Call, user: str, right: str) -> Mailbox:
    """The mailbox, if it exists and the app has this right in it."""
    mailbox = world.mailbox(user)
    if mailbox is None or mailbox.kind == "soft-deleted":
        raise GraphError(404, "ErrorInvalidUser", f"The requested user '{user}' is invalid.")
    if mailbox.kind == "group":
        # Its calendar can't be had under /users (graph.md §1); the status differs from place to place
        raise GraphError(400, "ErrorGroupIsUsedInNonGroupURI", GROUP)
    if mailbox.kind == "on-premises":
        raise GraphError(404, "MailboxNotEnabledForRESTAPI", NOT_IN_THE_CLOUD)
    if not call.app.may(right, mailbox.address):
        raise GraphError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    return mailbox
