"""The house keeps its shape: imports run one way, our names are ours alone, no room reads the clock."""

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

MIDDLE = {"graph_client", "ledger", "reading", "wording"}
MAY_IMPORT = {
    "models": set(),
    "graph_client": {"models"},
    "ledger": {"models"},
    "reading": {"models"},
    "wording": {"models"},
    "functions": {"models"} | MIDDLE,
    "function_app": {"functions"},
    "terminal": {"models", "wording"},
    "demonstration": {"functions", "models", "emulator"} | MIDDLE,
    "administration": {"functions", "models", "terminal"} | MIDDLE,
    "personal_data": {"functions", "models", "terminal"} | MIDDLE,
    "planning": {"functions", "models", "terminal"} | MIDDLE,
    "reporting": {"functions", "models", "terminal"} | MIDDLE,
    "command_line": {
        "administration",
        "demonstration",
        "functions",
        "models",
        "personal_data",
        "planning",
        "reporting",
        "terminal",
    }
    | MIDDLE,
    "emulator": set(),
}
ROOMS = [*MAY_IMPORT, "agreements"]
MAY_READ_CLOCK_AND_ENVIRONMENT = {
    "functions",
    "function_app",
    "command_line",
    "administration",
    "personal_data",
    "demonstration",
    "reporting",
    "terminal",
}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
STDLIB_AND_PYDANTIC = set(sys.stdlib_module_names) | {"pydantic"}


def _modules(house: Path) -> list[tuple[str, Path]]:
    found = []
    for room in MAY_IMPORT:
        inside = sorted((house / room).rglob("*.py")) if (house / room).is_dir() else [house / f"{room}.py"]
        found += [(room, path) for path in inside if path.exists()]
    return found


def _imports(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_imports_run_one_way(house: Path) -> None:
    wrong = []
    for room, path in _modules(house):
        ours = _imports(ast.parse(path.read_text())) & set(ROOMS)
        wrong += [f"{path.relative_to(house)} imports {name}" for name in ours - MAY_IMPORT[room] - {room}]
    assert not wrong


def test_models_need_only_pydantic_and_the_standard_library(house: Path) -> None:
    for room, path in _modules(house):
        if room == "models":
            assert _imports(ast.parse(path.read_text())) <= STDLIB_AND_PYDANTIC | {"models"}, path


def test_only_doors_and_functions_read_the_clock_or_the_environment(house: Path) -> None:
    wrong = []
    for room, path in _modules(house):
        if room in MAY_READ_CLOCK_AND_ENVIRONMENT or room == "emulator":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute):
                base = node.value.id if isinstance(node.value, ast.Name) else ""
                if (base, node.attr) in CLOCKS or node.attr in {"environ", "getenv"}:
                    wrong.append(f"{path.relative_to(house)}:{node.lineno} reads {base}.{node.attr}")
    assert not wrong


def test_no_installed_package_claims_one_of_our_names() -> None:
    """On Azure our folder comes last on sys.path: such a package would silently replace ours."""
    claimed = packages_distributions()
    others = {name: set(claimed.get(name, [])) - {"protocol-watch"} for name in ROOMS}
    assert not {name: owners for name, owners in others.items() if owners}


@pytest.mark.parametrize("name", ["utils", "common", "core", "helpers", "services"])
def test_no_room_for_odds_and_ends(house: Path, name: str) -> None:
    assert not [path for _, path in _modules(house) if name in (path.stem, *path.relative_to(house).parts)]


def test_emulator_knows_nothing_of_ours(house: Path) -> None:
    for room, path in _modules(house):
        if room == "emulator":
            assert not _imports(ast.parse(path.read_text())) & (set(ROOMS) - {"emulator"}), path


def test_requirements_name_no_address(house: Path) -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (house / name).read_text().splitlines()
        assert not [line for line in lines if "://" in line or line.startswith("-")]
