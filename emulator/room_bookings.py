"""What Exchange does to an invitation that books a room, unless an administrator says otherwise.

Set-CalendarProcessing: DeleteSubject, AddOrganizerToSubject, DeleteComments, DeleteAttachments and
RemovePrivateProperty are all true as delivered.
"""

from dataclasses import replace

from emulator.mailboxes import Event, Mailbox


def as_booked(event: Event, mailbox: Mailbox) -> Event:
    """The event as it stands in this mailbox: a room's has the organiser's name for a subject, and no text."""
    own = event.organizer.address.lower() == mailbox.address.lower()
    if mailbox.kind != "room" or mailbox.keeps_subjects or own:
        return event
    name = event.organizer.name or event.organizer.address
    return replace(event, subject=name, notes="", sensitivity="normal", has_attachments=False, attachments=())
