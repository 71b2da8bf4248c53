"""Are the tests of the rules worth anything? Break the rules and the day sums in many small ways, and see.

Run by `make prove`. mutmut makes the mutants and runs the tests of models/ on each, two at a time; a mutant
that no test notices has survived. Exits with 1 where fewer than 90% are noticed.

The work is done on a copy in a temporary folder, with two changes to it. mutmut leaves decorated functions
alone, so `@lru_cache` is taken off (the sums are the same, only slower): without that, the two most
important functions of models/days.py would not be tried. `@cached_property` stays, so the handful of
one-line look-ups that carry it are not tried.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

HOUSE = Path(__file__).parents[1]
MUTATED = ("models/rules/*.py", "models/days.py", "models/alerts.py")
TESTS = ("test_rules_*.py", "test_days*.py", "test_alerts*.py", "test_keys.py")
NEEDED = ("models", "reading", "agreements", "tests/conftest.py", "tests/models", "pyproject.toml")
AT_ONCE, TARGET, SEED = 2, 0.9, 20261121
NOTICED = {"killed", "timeout", "caught by type check", "suspicious", "segfault"}

SETTINGS = """
[tool.mutmut]
source_paths = ["models"]
only_mutate = {mutated}
also_copy = ["reading", "agreements"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-W", "default", "--hypothesis-seed={seed}"]
pytest_add_cli_args_test_selection = {tests}
use_git_change_detection = false
timeout_multiplier = 10.0
timeout_constant = 5.0
"""


def copy_into(folder: Path) -> None:
    """What mutmut needs of the house, with its settings and without remembered sums."""
    for name in NEEDED:
        source, target = HOUSE / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    days = folder / "models/days.py"
    days.write_text(re.sub(r"^@lru_cache\(.*\)\n", "", days.read_text(), flags=re.MULTILINE))
    tests = sorted(
        str(path.relative_to(folder)) for name in TESTS for path in (folder / "tests/models").glob(name)
    )
    settings = SETTINGS.format(mutated=json.dumps(MUTATED), tests=json.dumps(tests), seed=SEED)
    with (folder / "pyproject.toml").open("a") as file:
        file.write(settings)


def statuses(folder: Path) -> Iterator[tuple[str, str]]:
    """Every mutant, by name, and what became of it."""
    mutmut = Path(sys.executable).with_name("mutmut")
    told = subprocess.run(
        [mutmut, "results", "--all", "true"], cwd=folder, capture_output=True, text=True, check=True
    )
    for line in told.stdout.splitlines():
        name, _, status = line.strip().partition(": ")
        if "__mutmut_" in name:
            yield name, status


def told(folder: Path, found: dict[str, str]) -> None:
    """The count for each module, then what survived, as the change that nobody noticed."""
    mutmut = Path(sys.executable).with_name("mutmut")
    modules = sorted({name.split(".x")[0] for name in found})
    for module in modules:
        counts = Counter(
            "noticed" if one in NOTICED else one
            for name, one in found.items()
            if name.split(".x")[0] == module
        )
        print(f"  {module:<28} " + ", ".join(f"{number} {what}" for what, number in sorted(counts.items())))
    for name, status in sorted(found.items()):
        if status not in NOTICED:
            shown = subprocess.run(
                [mutmut, "show", name], cwd=folder, capture_output=True, text=True, check=False
            )
            lines = [line for line in shown.stdout.splitlines() if re.match(r"[+-](?![+-])", line)]
            print(f"{status}: {name}", *(f"    {line}" for line in lines), sep="\n")


def main() -> int:
    """Make the mutants, try them, say what became of them."""
    started = perf_counter()
    print(f"Hypothesis seed {SEED}, {AT_ONCE} at a time, of {', '.join(MUTATED)}")
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        copy_into(folder)
        mutmut = Path(sys.executable).with_name("mutmut")
        settings = os.environ | {"HYPOTHESIS_PROFILE": "quick", "PYTHONDONTWRITEBYTECODE": "1"}
        ran = subprocess.run(
            [mutmut, "run", "--max-children", str(AT_ONCE)],
            cwd=folder,
            env=settings,
            capture_output=True,
            text=True,
            check=False,
        )
        found = dict(statuses(folder)) if not ran.returncode else {}
        if not found:
            print(ran.stdout[-3000:], ran.stderr[-3000:], "mutmut could not run the tests", sep="\n")
            return 1
        told(folder, found)
    noticed = sum(status in NOTICED for status in found.values())
    share, took = noticed / len(found), perf_counter() - started
    print(
        f"{noticed} of {len(found)} mutants noticed: {share:.1%} (at least {TARGET:.0%}), in {took:.0f} seconds"
    )
    return 0 if share >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
