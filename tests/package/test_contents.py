"""What goes into the zip: all that runs, nothing that is only for us, and the same bytes each time."""

import ast
import os
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.package.conftest import pinned

NOT_OURS_TO_DEPLOY = {
    "emulator",
    "tests",
    "demonstration",
    "benchmarks",
    "docs",
    "command_line.py",
    "terminal.py",
}


def names_of(package: ModuleType, house: Path) -> set[str]:
    return {name for name, _ in package.ours(house)}


def test_nothing_that_only_tests_or_demos_need_is_packed(package: ModuleType, house: Path) -> None:
    tops = {name.split("/")[0] for name in names_of(package, house)}
    assert not tops & NOT_OURS_TO_DEPLOY
    assert tops - {"partnership"} == {*package.ROOMS, *package.ALONE}
    assert not [name for name in names_of(package, house) if "__pycache__" in name or name.endswith(".pyc")]


def test_whatever_a_packed_module_imports_is_packed_too(package: ModuleType, house: Path) -> None:
    """Also what is imported late: an import that fails in Azure would fail on a working day."""
    rooms = {path.stem for path in house.iterdir() if path.is_dir() or path.suffix == ".py"}
    lacking = set()
    for name, path in package.ours(house):
        if name.endswith(".py"):
            lacking |= {
                (name, one) for one in imported(path) & rooms if one not in {*package.ROOMS, "function_app"}
            }
    assert not lacking


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name.split(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_every_kind_of_file_that_a_room_has_is_packed(package: ModuleType, house: Path) -> None:
    packed = names_of(package, house)
    assert {
        "agreements/lancashire-2024.yaml",
        "agreements/term-dates.csv",
        "agreements/wording.yaml",
    } <= packed
    kinds = {Path(name).suffix for name in packed if name.startswith("wording/templates/")}
    assert kinds == {path.suffix for path in (house / "wording" / "templates").iterdir() if path.is_file()}


def test_what_the_council_keeps_under_partnership_goes_with_it(package: ModuleType, tmp_path: Path) -> None:
    house = a_small_house(package, tmp_path)
    (house / "partnership").mkdir()
    (house / "partnership" / "agreement.yaml").write_text("agreement: ours\n")
    assert "partnership/agreement.yaml" in names_of(package, house)


def test_the_same_files_give_the_same_zip_whenever_they_were_saved(
    package: ModuleType, tmp_path: Path
) -> None:
    house, libraries = a_small_house(package, tmp_path), tmp_path / "libraries"
    (libraries / "lib-1.0.dist-info").mkdir(parents=True)
    (libraries / "lib-1.0.dist-info" / "RECORD").write_text("lib.py,sha256=x,1\n../../bin/lib,sha256=y,9\n")
    (libraries / "lib.py").write_text("x\n")
    (libraries / "bin").mkdir()
    (libraries / "bin" / "lib").write_text(f"#!{sys.executable}\n")
    package.pack(house, libraries, tmp_path / "one.zip")
    os.utime(libraries / "lib.py", (1, 1))
    (libraries / "bin" / "lib").write_text("#!/another/python\n")
    package.pack(house, libraries, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with ZipFile(tmp_path / "one.zip") as zipped:
        names = zipped.namelist()
        record = zipped.read(".python_packages/lib/site-packages/lib-1.0.dist-info/RECORD")
    assert names == sorted(names)
    assert ".python_packages/lib/site-packages/lib.py" in names
    assert not [name for name in names if "/bin/" in name]
    assert record == b"lib.py,sha256=x,1\n"


def test_a_copy_that_is_not_whole_is_refused_in_a_sentence(package: ModuleType, tmp_path: Path) -> None:
    house = a_small_house(package, tmp_path)
    (house / "host.json").unlink()
    with pytest.raises(package.NotPacked, match=r"lacks host\.json: make the package from a whole copy"):
        package.pack(house, tmp_path / "libraries", tmp_path / "one.zip")


def test_libraries_that_can_not_be_had_are_told_in_a_sentence(package: ModuleType, tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("this is no requirement\n")
    with pytest.raises(package.NotPacked, match=r"^requirements\.txt: the libraries could not be fetched \("):
        package.fetch_libraries(requirements, tmp_path / "libraries")


def a_small_house(package: ModuleType, folder: Path) -> Path:
    house = folder / "house"
    for room in package.ROOMS:
        (house / room).mkdir(parents=True)
        (house / room / "__init__.py").write_text("")
    for name in package.ALONE:
        (house / name).write_text("")
    (house / "functions" / "__pycache__").mkdir()
    (house / "functions" / "__pycache__" / "a.pyc").write_text("")
    return house


def test_every_library_that_we_ask_for_is_pinned_within_what_we_ask_for(house: Path) -> None:
    project = tomllib.loads((house / "pyproject.toml").read_text("utf-8"))["project"]
    for file, wanted in {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": [
            *project["dependencies"],
            *(one for extra in ("dev", "emulator") for one in project["optional-dependencies"][extra]),
        ],
    }.items():
        pins = {canonicalize_name(name): version for name, version in pinned(file).items()}
        asked = [Requirement(one) for one in wanted]
        lacking = [f"{one}" for one in asked if canonicalize_name(one.name) not in pins]
        outside = [
            f"{one}: pinned at {pins[canonicalize_name(one.name)]}"
            for one in asked
            if canonicalize_name(one.name) in pins
            and not one.specifier.contains(pins[canonicalize_name(one.name)])
        ]
        assert not lacking + outside, f"{file} is out of step with pyproject.toml: run 'make lock'"


def test_what_is_tested_is_what_is_deployed() -> None:
    tested = pinned("requirements-dev.txt")
    assert {name: tested.get(name) for name in pinned("requirements.txt")} == pinned("requirements.txt")


def test_no_library_that_is_deployed_claims_one_of_our_names(package: ModuleType, libraries: Path) -> None:
    """In Azure the libraries come first and our folder last: such a library would replace ours in silence."""
    assert not {*package.ROOMS, "function_app", "partnership"} & {path.stem for path in libraries.iterdir()}
