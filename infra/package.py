"""Packs what runs in Azure into one zip: our rooms, and every library whole. `make package` calls it.

The libraries are fetched ready-built for Azure's own machines (Linux, x86-64, CPython 3.13), by the hashes in
requirements.txt, so it does not matter on what machine this runs. The same code and the same libraries give
the same zip, byte for byte.
"""

# ruff: noqa: INP001, S603 (a script of its own; it starts the pip of this same Python)
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HOUSE = Path(__file__).parents[1]
ROOMS = ("agreements", "functions", "graph_client", "ledger", "models", "reading", "wording")
ALONE = ("function_app.py", "host.json", "requirements.txt")
COUNCILS_OWN = "partnership"  # its agreement, dates and words, where it keeps them beside the program
LIBRARIES = Path(".python_packages/lib/site-packages")  # where Azure's worker looks first
PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")
LEFT_OUT = frozenset({"__pycache__", ".DS_Store"})
LARGEST = 90_000_000  # bytes
WHEN = (1980, 1, 1, 0, 0, 0)  # a zip has no time before; a real one would make every zip another


class NotPacked(Exception):
    """Why there is no zip, in a sentence with its cure."""


def main(arguments: Sequence[str]) -> int:
    """Write the zip that is named, or dist/protocol-watch.zip; 2 where it can't be made."""
    target = Path(arguments[0]) if arguments else HOUSE / "dist" / "protocol-watch.zip"
    try:
        with tempfile.TemporaryDirectory() as folder:
            fetch_libraries(HOUSE / "requirements.txt", Path(folder))
            pack(HOUSE, Path(folder), target)
    except NotPacked as why:
        sys.stderr.write(f"{why}\n")
        return 2
    size = target.stat().st_size
    if size > LARGEST:
        sys.stderr.write(
            f"{target} has {_megabytes(size)}, and Azure should get at most {_megabytes(LARGEST)}.\n"
        )
        return 2
    sys.stdout.write(f"{target}: {_megabytes(size)}, for Linux on x86-64 with Python 3.13.\n")
    return 0


def fetch_libraries(requirements: Path, target: Path) -> None:
    """Install every library, whole, as Azure's machines need it; NotPacked where one is not to be had."""
    platforms = [word for name in PLATFORMS for word in ("--platform", name)]
    said = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--no-deps", "--no-compile", "--only-binary=:all:"),
            *("--implementation", "cp", "--python-version", "3.13", *platforms),
            *("--target", str(target), "--requirement", str(requirements)),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    if said.returncode:
        last = (said.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise NotPacked(
            f"{requirements.name}: the libraries could not be fetched ({last}). Try again, or run 'make lock'."
        )


def pack(house: Path, libraries: Path, target: Path) -> None:
    """Put our rooms and the fetched libraries into one zip; NotPacked where a file of ours is not there."""
    missing = [name for name in (*ALONE, *ROOMS) if not (house / name).exists()]
    if missing:
        raise NotPacked(
            f"{house} lacks {', '.join(missing)}: make the package from a whole copy of the project."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    contents = sorted([*ours(house), *_theirs(libraries)])
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=6) as zipped:
        for name, path in contents:
            entry = ZipInfo(name, WHEN)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, whatever this machine is
            entry.compress_type = ZIP_DEFLATED
            zipped.writestr(entry, _content(path))


def ours(house: Path) -> Iterator[tuple[str, Path]]:
    """Every file of ours that runs in Azure, by its name in the zip. No emulator, no tests, no demonstration."""
    for name in ALONE:
        yield name, house / name
    for room in (*ROOMS, COUNCILS_OWN):
        for path in _files_in(house / room):
            yield path.relative_to(house).as_posix(), path


def _theirs(libraries: Path) -> Iterator[tuple[str, Path]]:
    """Every file of the libraries but the commands that came with them: those name this machine's Python."""
    for path in _files_in(libraries):
        inside = path.relative_to(libraries)
        if inside.parts[0] != "bin":
            yield (LIBRARIES / inside).as_posix(), path


def _files_in(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in folder.rglob("*"):
            if path.is_file() and not LEFT_OUT & set(path.parts):
                yield path


def _content(path: Path) -> bytes:
    """The file's bytes; a library's list of its own files without the commands that were left out."""
    if path.name != "RECORD" or not path.parent.name.endswith(".dist-info"):
        return path.read_bytes()
    lines = path.read_bytes().splitlines(keepends=True)
    return b"".join(sorted(line for line in lines if not line.startswith((b"../../bin/", b"bin/"))))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
