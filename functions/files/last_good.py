"""The last good files: where the newest agreement, dates or wording can't be used, the ones from before serve.

A file counts as good once it was read whole, with nothing wrong in it. Its text is then kept in the ledger,
so that a slip in an upload stops nobody's promises from being watched. The manager is told which file, which
line, and the cure; until it is mended, nothing changes for anybody else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from functions.files import shipped
from functions.files.book_of_settings import Files, files_that_stand
from functions.files.new_versions import LAST_GOOD, changes_kept
from functions.files.on_the_site import brought, without_passing
from functions.files.rulebooks import BookRead, read_book
from functions.settings import PREFIX, Settings
from functions.telling.needs import CHANGES, FILES
from functions.telling.release import WHOLE
from ledger.entries import Json
from ledger.port import Ledger
from models.days import LONDON
from reading.agreements import read_agreement
from reading.closed_days import read_closed_days
from reading.faults import Fault, Unreadable
from reading.terms import read_terms
from reading.text_files import text_of
from reading.texts import TextsRead, read_texts

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

TOLD = 5  # faults of one part: nobody mends more in one sitting
SEVERAL = frozenset({"school dates", "closed days"})

Paths = Sequence[Path]
Read = Callable[[Paths], Sequence[Fault]]
"""Reads the files of a part, and gives the faults in them; Unreadable where they can't be used."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """The rulebook and the texts that serve, and every fault in the newest files."""

    read: BookRead
    texts: TextsRead
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the four: what people call it, its newest files, what is wrong with finding them, how it is read."""

    name: str
    newest: Paths
    not_found: Sequence[Fault]
    read: Read


@dataclass(frozen=True, slots=True)
class _Served:
    """The files of a part that serve, the faults in its newest ones, and since when older ones have served."""

    paths: Paths
    faults: Sequence[Fault] = ()
    kept_at: datetime | None = None


async def set_up(settings: Settings, ledger: Ledger, now: datetime, tenant: "Tenant | None" = None) -> SetUp:
    """What the settings name, or the last good of it; Unreadable where a part can't be used and never could.

    What was read whole is kept, and what the manager must know is remembered for the next list. Files on the site
    are read through `tenant`.
    """
    kept = await ledger.remembered(WHOLE)
    keep: dict[str, Json] = {}
    with TemporaryDirectory() as folder:
        here = await brought(settings, tenant, Path(folder) / "from the site")
        with here.told():
            files, faults_of_names = files_that_stand(here.settings)
            not_found = (*here.faults, *map(here.as_called, faults_of_names))
            parts = [_served(part, kept, Path(folder), keep, now) for part in _parts(files, not_found)]
            agreement, terms, closed, wording = (one.paths for one in parts)
            read = read_book(_one(agreement), tuple(terms), _one(closed))
            read = _named_as_people_do(read, agreement, folder)
            texts = read_texts(_one(wording), shipped.WORDING)
        parts = [replace(one, faults=tuple(map(here.as_called, one.faults))) for one in parts]
        keep[CHANGES] = changes_kept(kept, keep, now)
    names = [part.name for part in _parts(files, not_found)]
    asked = [said for name, one in zip(names, parts, strict=True) for said in _questions(name, one)]
    keep[FILES] = {"questions": asked, "unplaced": []}
    for name, value in keep.items():
        if not _same(kept.get(name, {"questions": [], "unplaced": []}), value):
            await ledger.remember(WHOLE, name, value)
    faults = [fault for one in parts for fault in one.faults]
    return SetUp(read, texts, tuple(dict.fromkeys([*faults, *read.faults, *texts.faults])))


def _parts(files: Files, not_found: Sequence[Fault]) -> Iterator[_Part]:
    def lost(*settings: str) -> list[Fault]:
        return [fault for fault in not_found if fault.file in {f"{PREFIX}{name}" for name in settings}]

    def of(path: Path | None) -> Paths:
        return () if path is None else (path,)

    yield _Part("agreement", of(files.agreement), lost("AGREEMENT"), _read_agreement)
    yield _Part("school dates", files.terms, lost("TERMS"), _read_terms)
    beside = [] if files.closed_days else lost("AGREEMENT", "TERMS")  # it lies in the folder of one of them
    yield _Part("closed days", of(files.closed_days), beside, lambda paths: read_closed_days(paths[0])[1])
    wording = lost("WORDING")
    yield _Part("wording", of(files.wording), wording, lambda paths: _read_wording(paths[0]))


def _served(
    part: _Part, kept: Mapping[str, Json], folder: Path, keep: dict[str, Json], now: datetime
) -> _Served:
    """The newest files where they can be used; else those that were good last. What is good is kept."""
    name = f"{LAST_GOOD} {part.name}"
    try:
        if part.not_found:
            raise Unreadable(part.not_found)
        faults = part.read(part.newest) if part.newest else ()
    except Unreadable as unreadable:
        return _in_its_place(part, kept.get(name), folder, unreadable)
    if part.newest and not faults:
        texts = [[path.name, text_of(path)] for path in part.newest]
        if kept.get(name, {}).get("files") != texts:
            keep[name] = {"files": texts, "at": now.isoformat()}
    return _Served(part.newest, faults)


def _in_its_place(part: _Part, good: Json | None, folder: Path, unreadable: Unreadable) -> _Served:
    """What serves where the newest files of a part can't be used; Unreadable where nothing can."""
    lost_its_folder = part.name == "closed days" and not part.newest  # which is told of the others in it
    faults = () if lost_its_folder else without_passing(unreadable.faults)
    if good is not None:
        at = datetime.fromisoformat(good["at"])
        return _Served(_laid_out(good, folder / part.name), faults, at)
    if lost_its_folder:
        return _Served(())
    if part.read is _read_terms and not part.not_found:  # the calendars of the other files still serve
        return _Served(part.newest, faults)
    raise unreadable


def _laid_out(value: Json, folder: Path) -> Paths:
    """The kept texts as files again, for as long as they are read."""
    paths = []
    for number, (name, text) in enumerate(value["files"]):
        path = folder / str(number) / Path(name).name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def _read_agreement(paths: Paths) -> Sequence[Fault]:
    read_agreement(paths[0])
    return ()


def _read_terms(paths: Paths) -> Sequence[Fault]:
    return [fault for path in paths for fault in read_terms(path, {})[1]]


def _read_wording(path: Path) -> Sequence[Fault]:
    return read_texts(path, shipped.WORDING).faults


def _questions(name: str, served: _Served) -> list[str]:
    """What the manager is told of a part: what serves in its place, and each fault with its line and cure."""
    faults = [str(replace(fault, file=Path(fault.file).name)) for fault in served.faults]
    more = [f"There are {len(faults) - TOLD} more faults in the {name}."] if len(faults) > TOLD else []
    told = [*faults[:TOLD], *more]
    if not told or served.kept_at is None:
        return told
    since = served.kept_at.astimezone(LONDON)
    before = "Those that we have had" if name in SEVERAL else "The one that we have had"
    serves = f"{before} since {since.day} {since:%B %Y} will do until then"
    return [f"The {name} can't be used before this is mended. {serves}. {told[0]}", *told[1:]]


def _named_as_people_do(read: BookRead, agreement: Paths, folder: str) -> BookRead:
    """What is odd in an agreement that was laid out again is told by the file's own name."""
    laid_out = [f"{path.parent}/" for path in agreement if path.is_relative_to(folder)]
    doubts = read.doubts
    for place in laid_out:
        doubts = tuple(doubt.replace(place, "") for doubt in doubts)
    return replace(read, doubts=doubts)


def _one(paths: Paths) -> Path | None:
    return paths[0] if paths else None


def _same(before: Json, after: Json) -> bool:
    return dict(before) == dict(after)
