"""The register's people in the invented county: who holds which role, and who sits where for the forum.

Made of the same files as the county's other lists. Some officers have an address there, so that they get mail; the
others are told in their own chat.
"""

from emulator.seed import INVENTED_COUNTY
from emulator.seed_sites import with_register
from emulator.sites import Item, SharePointList, Site

CONTACTS, REPS = "Contacts", "Forum reps"
BOARD_REP = "Forum rep, Board and Executive"
SEATS = ("SEND Partnership Board", "SEND Executive Group")


def with_people(site: Site) -> Site:
    """The site with the two lists of people filled in, and one more rep, on two groups."""
    whole = with_register(site, INVENTED_COUNTY / "register.yaml")
    people = [one for one in whole.lists if one.name in (CONTACTS, REPS)]
    for one in people:
        site = site.with_list(_and_the_boards_rep(one) if one.name == REPS else one)
    return site


def _and_the_boards_rep(reps: SharePointList) -> SharePointList:
    for group in SEATS:
        row = {"Title": BOARD_REP, "Group": group, "Address": "rep.board@forum.example", "NoMail": False}
        reps = reps.with_item(Item(reps.next_id(), row))
    return reps
