"""Which files the settings mean: each of AGREEMENT, TERMS and WORDING names a file, or a folder with it inside."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from functions.files import shipped
from functions.files.rulebooks import BookRead, read_book
from functions.settings import PREFIX, Settings
from models.spoken import listed
from reading.faults import Fault, Unreadable
from reading.texts import TextsRead, read_texts

ON_THE_SITE = "sharepoint:"
AGREEMENT_SUFFIXES = frozenset({".yaml", ".yml"})
TERMS_SUFFIXES = frozenset({".csv", ".ics"})
TERMS_BEGIN = "term-dates"
WORDING_FILE = "wording.yaml"
CLOSED_DAYS_FILE = "closed-days.csv"


Among = Callable[[Path], Sequence[Path]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files that the settings mean; None, or no file, where the shipped one serves."""

    agreement: Path | None
    terms: tuple[Path, ...]
    closed_days: Path | None
    wording: Path | None


def book_from(settings: Settings) -> BookRead:
    """The rulebook that the settings name; Unreadable where a file is not there, or the agreement can't be used."""
    files = files_of(settings)
    return read_book(files.agreement, files.terms, files.closed_days)


def texts_from(settings: Settings) -> TextsRead:
    """The texts that people are told, the council's own over the shipped ones; Unreadable as above."""
    return read_texts(files_of(settings).wording, shipped.WORDING)


def files_of(settings: Settings) -> Files:
    """The files that the settings mean; Unreadable with a fault for each setting that names none."""
    files, faults = files_that_stand(settings)
    if faults:
        raise Unreadable(faults)
    return files


def files_that_stand(settings: Settings) -> tuple[Files, tuple[Fault, ...]]:
    """The files that can be found, the shipped ones in place of the others, and every fault."""
    looked = _Looked()
    agreement = looked.for_one("AGREEMENT", settings.agreement, _agreements_in, "agreement (one .yaml file)")
    terms = looked.for_several("TERMS", settings.terms, _terms_in, f"file {TERMS_BEGIN}….csv or .ics")
    wording = looked.for_one("WORDING", settings.wording, _wordings_in, f"file {WORDING_FILE}")
    closed_days = next(_closed_days(settings.agreement, settings.terms), None)
    files = Files(agreement=agreement, terms=tuple(terms), closed_days=closed_days, wording=wording)
    return files, tuple(looked.faults)


class _Looked:
    """Looks for the files of one setting after the other, and keeps what is wrong with any of them."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def for_several(self, name: str, place: str, among: Among, what: str) -> Sequence[Path]:
        """The files of a setting; none where it is not set, or a fault was kept."""
        if not place:
            return ()
        if place.casefold().startswith(ON_THE_SITE):
            return self._fault(
                name,
                f"this can't read a place on the site ('{place}')",
                "Download the files, and name them here",
            )
        path = Path(place)
        if not path.is_dir():
            return (
                [path]
                if path.is_file()
                else self._fault(name, f"there is no file and no folder '{place}'", "Check the name")
            )
        return among(path) or self._fault(
            name, f"the folder '{place}' has no {what}", "Put it there, or name the file itself"
        )

    def for_one(self, name: str, place: str, among: Among, what: str) -> Path | None:
        """The one file of a setting; two are one too many."""
        found = self.for_several(name, place, among, what)
        if len(found) > 1:
            names = listed([path.name for path in found])
            self._fault(name, f"the folder '{place}' has more than one: {names}", "Name the file you mean")
        return found[0] if found else None

    def _fault(self, name: str, what: str, cure: str) -> Sequence[Path]:
        self.faults.append(Fault(f"{PREFIX}{name}", 0, what, cure))
        return ()


def _agreements_in(folder: Path) -> Sequence[Path]:
    return [path for path in _files_in(folder, AGREEMENT_SUFFIXES) if path.name.casefold() != WORDING_FILE]


def _wordings_in(folder: Path) -> Sequence[Path]:
    return [path for path in _files_in(folder, AGREEMENT_SUFFIXES) if path.name.casefold() == WORDING_FILE]


def _terms_in(folder: Path) -> Sequence[Path]:
    return [
        path for path in _files_in(folder, TERMS_SUFFIXES) if path.name.casefold().startswith(TERMS_BEGIN)
    ]


def _files_in(folder: Path, suffixes: frozenset[str]) -> Sequence[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.casefold() in suffixes)


def _closed_days(*places: str) -> Iterator[Path]:
    """The partnership's own closed days, where they lie beside its agreement or its terms."""
    for place in filter(None, places):
        file = Path(place) / CLOSED_DAYS_FILE
        if file.is_file():
            yield file
