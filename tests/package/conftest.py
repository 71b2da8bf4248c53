"""The script that packs, and the libraries of this environment laid out as they lie in Azure."""

import importlib.util
import re
import shutil
import sys
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

from tests.once import once

HOUSE = Path(__file__).parents[2]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("package_script", HOUSE / "infra" / "package.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="session")
def package() -> ModuleType:
    return _script()


def pinned(file: str) -> dict[str, str]:
    """Every library of a requirements file and its version."""
    return dict(PINNED.findall((HOUSE / file).read_text("utf-8")))


def laid_out(names: Iterable[str], target: Path) -> Path:
    """The installed libraries of these names in one folder: what pip would put there, without a network."""
    for name in names:
        found = distribution(name)
        for file in found.files or ():
            if "__pycache__" not in file.parts and not str(file).startswith(".."):
                _linked(Path(str(found.locate_file(file))), target / str(file))
    return target


def _linked(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        to.hardlink_to(file)
    except OSError:  # another disk
        shutil.copyfile(file, to)


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What requirements.txt names, as it is installed here. It skips where this machine is not like Azure's."""
    if sys.platform != "linux" or sys.version_info[:2] != (3, 13):
        pytest.skip("what is installed here would not run in Azure: it needs Linux and Python 3.13")
    return laid_out(pinned("requirements.txt"), tmp_path_factory.mktemp("libraries"))


def unpacked(package: ModuleType, libraries: Path, folder: Path) -> Path:
    """The zip made from these libraries, checked for its size, and opened in a folder of its own."""
    target = folder / "protocol-watch.zip"
    package.pack(package.HOUSE, libraries, target)
    assert target.stat().st_size <= 90_000_000
    with ZipFile(target) as zipped:
        zipped.extractall(folder / "app")
    return folder / "app"


@pytest.fixture(scope="session")
def app(package: ModuleType, libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip, opened once for all that only run it."""

    def make(folder: Path) -> None:
        unpacked(package, libraries, folder)

    return once(tmp_path_factory, "unpacked", make) / "app"
