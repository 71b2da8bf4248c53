"""The text of a file that a person gave us, whatever program saved it; or one sentence why not."""

import codecs
from pathlib import Path

from reading.faults import Fault, Unreadable

LARGEST = 5_000_000  # bytes; twenty years of dates for every authority in the country need a tenth of it
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # .xlsx and .xls
SAVE_AS_CSV = "In Excel choose File, Save As, 'CSV UTF-8', and give that file"


def text_of(path: Path) -> str:
    """The whole text of a file, without a byte order mark and with plain line ends."""
    text = _decoded(path, _bytes_of(path))
    if "\0" in text:
        raise unreadable(path, "this is not a text file", "Give a CSV or calendar (.ics) file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unreadable(path: Path, what: str, cure: str, line: int = 0) -> Unreadable:
    """The error for a file that can't be used as a whole, ready to be raised."""
    return Unreadable([Fault(str(path), line, what, cure)])


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise unreadable(path, "there is no such file", "Check the name and the folder") from None
    except IsADirectoryError:
        raise unreadable(path, "this is a folder", "Give the file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name can't be used"
        raise unreadable(
            path, f"the file can't be opened ({reason})", "Check the name and your rights"
        ) from None
    if len(content) > LARGEST:
        raise unreadable(path, "the file is larger than 5 MB", "Give a file with dates only")
    if content.startswith((ZIP, OLE)):
        raise unreadable(path, "this is a spreadsheet or zip file, not text", SAVE_AS_CSV)
    if not content.strip():
        raise unreadable(path, "the file is empty", "Save it again, or ask for a new copy")
    return content


def _decoded(path: Path, content: bytes) -> str:
    encodings = ["utf-8-sig", "cp1252"]  # cp1252: what Excel's plain "CSV" writes in this country
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]  # Excel's "Unicode Text"
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable(path, "the letters in this file can't be read", "Save it again as 'CSV UTF-8'")
