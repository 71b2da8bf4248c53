"""What is known to stop people from opening papers: the kind of file, its size, and who may open it.

"They opened" can only be said by a rep. We say what we know, and never the name of a file: it may name a child.
"""

from collections.abc import Iterable, Mapping

OPENS_ON_A_PHONE = frozenset(
    {"pdf", "docx", "xlsx", "pptx", "doc", "xls", "ppt", "odt", "ods", "odp", "txt", "rtf", "csv"}
    | {"html", "htm", "jpg", "jpeg", "png", "gif"}
)
LARGEST = 25 * 1024 * 1024  # bytes: what most mail systems still take

PROGRAM = "One of the files needs a program that many phones don't have."
SIZE = "One of the files is over 25 MB, which many phones and mail systems don't take."
ACCOUNT = "Only people with an account in the council can open them."
CURES: Mapping[str, str] = {
    PROGRAM: "Please ask for that file again as a PDF or a Word file.",
    SIZE: "Please ask for it again in smaller parts.",
    ACCOUNT: "Please check that the forum's reps can open them, or that they get them by mail.",
}


def barrier_of(files: Iterable[tuple[str, int]], *, only_accounts: bool = False) -> str:
    """What stops people from opening these files, given by name and size in bytes; empty where nothing is known."""
    known = tuple(files)
    stops = {
        PROGRAM: any(_ending(name) not in OPENS_ON_A_PHONE for name, _ in known),
        SIZE: any(size > LARGEST for _, size in known),
        ACCOUNT: only_accounts,
    }
    return " ".join(sentence for sentence, stopped in stops.items() if stopped)


def cure_of(barrier: str) -> str:
    """What the manager can ask for, for each thing in a barrier."""
    return " ".join(cure for sentence, cure in CURES.items() if sentence in barrier)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].strip().casefold() if "." in name else ""
