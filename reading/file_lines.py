"""A file as lines of bytes, whatever program wrote it, without ever holding a whole huge file in memory."""

import codecs
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

LONGEST_LINE = 1_000_000  # bytes; what a line holds beyond that is passed over
HEAD = 65_536

WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def opened(path: Path) -> BinaryIO:
    """The file, open for reading; "Unicode text" (UTF-16) and old Mac line ends are put right first."""
    handle = path.open("rb")
    head = handle.read(HEAD)
    handle.seek(0)
    if head.startswith(WIDE_MARKS):
        with handle:
            return BytesIO(handle.read().decode("utf-16", "replace").encode())
    if b"\r" in head and b"\n" not in head:
        with handle:
            return BytesIO(handle.read().replace(b"\r", b"\n"))
    return handle


def physical_lines(handle: BinaryIO) -> Iterator[bytes]:
    """The lines as they stand, without their ends; a line of many megabytes comes cut to `LONGEST_LINE`."""
    first = True
    while raw := handle.readline(LONGEST_LINE):
        if not raw.endswith(b"\n"):
            _pass_over_the_rest(handle, raw)
        yield raw.removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n") if first else raw.rstrip(b"\r\n")
        first = False


def unfolded(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines of an .ics file with their continuations put back, each with the number of its first line.

    Done on bytes: some programs fold in the middle of a letter.
    """
    begun, parts, size = 0, list[bytes](), 0
    for number, line in enumerate(lines, 1):
        if line[:1] in (b" ", b"\t") and parts:
            if size < LONGEST_LINE:
                parts.append(line[1:])
                size += len(line) - 1
            continue
        if parts:
            yield begun, b"".join(parts)
        begun, parts, size = number, [line], len(line)
    if parts:
        yield begun, b"".join(parts)


def text(raw: bytes) -> str:
    """Bytes as text: UTF-8, and where that can't be, Windows' Western European letters."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _pass_over_the_rest(handle: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = handle.readline(LONGEST_LINE)
