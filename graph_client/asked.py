"""What we asked Microsoft 365 for, in words for people, and who can help when we may not have it.

Every error of this room names one of these, so that the reader knows which mailbox or list is meant.
"""

from dataclasses import dataclass

MAY_TAKE_TIME = "a new right can take two hours to work"  # Exchange's cache (facts: graph §5)


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing in the tenant, as a person would name it, and what to do where we have no right to it."""

    what: str
    cure: str

    def __str__(self) -> str:
        return self.what


def calendar_of(mailbox: str) -> Asked:
    """The calendar of one mailbox."""
    return Asked(
        f"the calendar of {mailbox}",
        "ask your Microsoft 365 administrator to put this mailbox into the group that Protocol Watch may "
        f"read (Exchange RBAC for Applications, role 'Application Calendars.Read'); {MAY_TAKE_TIME}",
    )


def site_at(site: str) -> Asked:
    """The partnership's SharePoint site."""
    return Asked(
        f"the SharePoint site {site}",
        "ask your Microsoft 365 administrator to grant Protocol Watch this site (Sites.Selected)",
    )


def list_called(name: str, site: str) -> Asked:
    """One list on the site."""
    return Asked(f"the list '{name}'", site_at(site).cure)


def library_called(name: str, site: str) -> Asked:
    """One document library on the site."""
    return Asked(f"the library '{name}'", site_at(site).cure)


def file_called(name: str, library: str, site: str) -> Asked:
    """One file of a library."""
    return Asked(f"the file '{name}' in the library '{library}'", site_at(site).cure)


def access_to_a_file(name: str, site: str) -> Asked:
    """Who may open one file of a library."""
    return Asked(f"who may open a file in the library '{name}'", site_at(site).cure)


def attachments_in(mailbox: str) -> Asked:
    """The names of the files that came with one invitation."""
    return Asked(f"the files of a meeting in {mailbox}", calendar_of(mailbox).cure)


def mail_of(mailbox: str) -> Asked:
    """Who wrote to whom, with one mailbox in copy."""
    return Asked(
        f"the mail of {mailbox}",
        "ask your Microsoft 365 administrator to let Protocol Watch read the mail of this one mailbox "
        f"(Exchange RBAC for Applications, role 'Application Mail.Read'); {MAY_TAKE_TIME}",
    )


def rooms() -> Asked:
    """The rooms that can be booked."""
    return Asked(
        "the list of rooms",
        "ask your Microsoft 365 administrator for Place.Read.All, or go without: venues can be ticked by hand",
    )


def sign_in() -> Asked:
    """Our own sign-in, before anything else."""
    return Asked(
        "a sign-in for Protocol Watch",
        "ask your Microsoft 365 administrator to check the app registration, its certificate and its consent",
    )
