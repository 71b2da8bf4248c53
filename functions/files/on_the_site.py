"""Files that the partners keep in a library of their site: brought here, to be read like any other file.

AGREEMENT, TERMS and WORDING may each say `sharepoint:library/folder`, or a file in it. Only the files that a
setting means are fetched. What can't be had is a fault of its setting, and the last good one serves.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from functions.files.book_of_settings import (
    AGREEMENT_SUFFIXES,
    CLOSED_DAYS_FILE,
    ON_THE_SITE,
    TERMS_BEGIN,
    TERMS_SUFFIXES,
    WORDING_FILE,
)
from functions.settings import PREFIX, Settings
from graph_client.errors import PASSING, GraphError, NotThere, PersonMustAct, TryAgainLater
from graph_client.file_content import read_content
from graph_client.library_files import File, read_folder
from models import spoken
from reading.faults import Fault, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_client.tenant import Tenant

NAMES = ("AGREEMENT", "TERMS", "WORDING")
MOST_FILES = 30  # of one setting: every authority in a region, twice over


@dataclass(frozen=True, slots=True)
class AtHand:
    """The settings with files that lie here, what could not be had, and what each place here is called by people."""

    settings: Settings
    faults: tuple[Fault, ...] = ()
    called: Mapping[str, str] | None = None

    def as_called(self, fault: Fault) -> Fault:
        """The fault of a file that was brought, told by its place on the site."""
        return replace(fault, file=self.in_words(fault.file), what=self.in_words(fault.what))

    def in_words(self, text: str) -> str:
        """A text in which every place here is called as people call it."""
        for here, place in (self.called or {}).items():
            text = text.replace(here, place)
        return text

    @contextmanager
    def told(self) -> "Iterator[None]":
        """Whatever is Unreadable in this block is told by its place on the site."""
        try:
            yield
        except Unreadable as unreadable:
            raise Unreadable(map(self.as_called, unreadable.faults)) from None


def is_on_the_site(place: str) -> bool:
    """Whether a setting names a place in a library."""
    return place.casefold().startswith(ON_THE_SITE)


def any_on_the_site(settings: Settings) -> bool:
    """Whether any of the files lie on the site."""
    return any(is_on_the_site(_place(settings, name)) for name in NAMES)


async def brought(settings: Settings, tenant: "Tenant | None", folder: Path) -> AtHand:
    """Every file that lies on the site, put into `folder`; a setting whose files can't be had is left empty."""
    places, faults, called = dict[str, str](), list[Fault](), dict[str, str]()
    for name in NAMES:
        place = _place(settings, name)
        if not is_on_the_site(place):
            continue
        here = folder / name
        here.mkdir(parents=True)
        try:
            found = await _bring(settings, tenant, name, place, here)
        except GraphError as error:
            faults.append(_fault_of(name, place, error))
        except Unreadable as unreadable:
            faults += unreadable.faults
        else:
            called[str(here if found == here else found.parent)] = place if found == here else _above(place)
            places[name.lower()] = str(found)
            continue
        places[name.lower()] = ""
    return AtHand(settings.model_copy(update=places), tuple(faults), called)


async def _bring(settings: Settings, tenant: "Tenant | None", name: str, place: str, here: Path) -> Path:
    """The folder or the file, now here."""
    if tenant is None or not settings.site:
        raise _unreadable(name, f"'{place}' is on the site, which is not set", f"Set {PREFIX}SITE")
    library, *way = [part for part in place[len(ON_THE_SITE) :].split("/") if part.strip()] or [""]
    if not library:
        raise _unreadable(name, "it names no library", f"Write '{ON_THE_SITE}library/folder'")
    files = (await read_folder(tenant, settings.site, library)).files
    for number, part in enumerate(way):
        one = next((file for file in files if file.name.casefold() == part.strip().casefold()), None)
        last = number == len(way) - 1
        if one is None or not (one.is_folder or last):
            raise _unreadable(name, f"there is no file and no folder '{place}'", "Check the name on the site")
        if not one.is_folder:
            return await _fetched(tenant, settings.site, library, one, here)
        files = (await read_folder(tenant, settings.site, library, folder=one.id)).files
    wanted = [file for file in files if not file.is_folder and _means(name, file.name)]
    if len(wanted) > MOST_FILES:
        more = spoken.count(len(wanted), "file")
        raise _unreadable(name, f"'{place}' has {more}", f"Keep at most {MOST_FILES} there")
    for file in wanted:
        await _fetched(tenant, settings.site, library, file, here)
    return here


async def _fetched(tenant: "Tenant", site: str, library: str, file: File, here: Path) -> Path:
    path = here / (Path(file.name.replace("\\", "_")).name or "file")
    path.write_bytes(await read_content(tenant, site, library, file))
    return path


def _means(name: str, file: str) -> bool:
    """Whether a setting that names a folder means this file in it."""
    called = file.casefold()
    suffix = Path(called).suffix
    if name == "WORDING":
        return called == WORDING_FILE
    if called == CLOSED_DAYS_FILE:
        return True
    if name == "TERMS":
        return called.startswith(TERMS_BEGIN) and suffix in TERMS_SUFFIXES
    return suffix in AGREEMENT_SUFFIXES and called != WORDING_FILE


def _fault_of(name: str, place: str, error: GraphError) -> Fault:
    match error:
        case TryAgainLater():
            what, cure = f"{PASSING} {error.asked} just now ({error.said})", "It is tried again by itself"
        case NotThere():
            what, cure = (
                f"there is no '{place}' on the site",
                "Check the name, and if it was renamed or deleted",
            )
        case PersonMustAct():
            what = f"Microsoft 365 does not let us have {error.asked} ({error.said})"
            cure = error.cure[:1].upper() + error.cure[1:]
        case _:
            what, cure = str(error).removesuffix("."), "Please report this"
    return Fault(f"{PREFIX}{name}", 0, what, cure)


def _place(settings: Settings, name: str) -> str:
    place: str = getattr(settings, name.lower())
    return place


def _above(place: str) -> str:
    return place.rpartition("/")[0]


def _unreadable(name: str, what: str, cure: str) -> Unreadable:
    return Unreadable([Fault(f"{PREFIX}{name}", 0, what, cure)])


def without_passing(faults: Iterable[Fault]) -> Sequence[Fault]:
    """The faults that a person need hear of: what trying again will cure is left out."""
    return [fault for fault in faults if not fault.what.startswith(PASSING)]
