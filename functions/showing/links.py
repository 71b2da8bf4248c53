"""Where a row leads: another row of the site, found by what stands in an indexed column. No id is needed."""

import re
from urllib.parse import quote

from models.keys import slug
from models.register import PAPERS, REGISTER
from models.showing import LONGEST

# What is asked about a row names it so, wherever it is asked: "Row 7 of the list 'Venues' has …"
_ROW = re.compile(r"\b[Rr]ows? (?:\d+ and )?(\d+) of the (?:list '([^']+)'|Papers list)")
_LIST = re.compile(r"\bthe list '([^']+)'", re.IGNORECASE)
_GONE = "is not on the site"


def row_link(site: str, list_name: str, column: str, value: str) -> str:
    """The address that shows a list with just the rows that have this value; empty where there is none.

    `site` is the address that people know; SharePoint's own id of a site leads nowhere.
    """
    if not value or not site.startswith("http"):
        return ""
    query = f"FilterField1={quote(column, safe='')}&FilterValue1={quote(value, safe='')}&FilterType1=Text"
    return _that_fits(f"{list_link(site, list_name)}?{query}")


def list_link(site: str, list_name: str) -> str:
    """The address of a list; empty where the site has none that people know."""
    return f"{site.rstrip('/')}/Lists/{quote(list_name)}/AllItems.aspx" if site.startswith("http") else ""


def link_of_subject(site: str, subject: str, *, papers: bool) -> str:
    """Where a finding's subject can be looked at: the row of the register, or the meeting's row in Papers."""
    for one in REGISTER:
        name, number = slug(one.name), subject.removeprefix(f"{slug(one.name)}-")
        if subject.startswith(f"{name}-") and number.isdecimal() and site.startswith("http"):
            return numbered_row(site, one.name, number)
    return row_link(site, PAPERS, "MeetingKey", subject) if papers and "/" not in subject else ""


def link_of_question(site: str, question: str, *, papers: str = PAPERS) -> str:
    """Where a thing that we ask about can be put right: the row that the sentence names, or else its list.

    `papers` is what the list of papers is called here. Empty where the sentence names none, or a list that is gone.
    """
    if row := _ROW.search(question):
        return numbered_row(site, row[2] or papers, row[1])
    named = _LIST.search(question)
    return _that_fits(list_link(site, named[1])) if named and _GONE not in question else ""


def numbered_row(site: str, list_name: str, number: str) -> str:
    """The address of a row by its number; empty where the site has none that people know."""
    if not site.startswith("http"):
        return ""
    return _that_fits(f"{site.rstrip('/')}/Lists/{quote(list_name)}/DispForm.aspx?ID={number}")


def _that_fits(link: str) -> str:
    return link if len(link) <= LONGEST else ""
