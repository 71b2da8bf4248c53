"""The zip, unpacked where there is nothing else: Microsoft's worker lists it, and it does its work."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from functions.settings import PREFIX
from models.days import LONDON
from tests.door.served_county import Served, served_county
from tests.package.conftest import laid_out, unpacked

HERE = Path(__file__).parent
WORKER_PROCESS = HERE.parent / "cloud" / "worker_process.py"
NOW = datetime(2026, 11, 5, 9, 15, tzinfo=LONDON)  # Thursday
EXPECTED = {"notifications", "lifecycle", "touched_groups", "deliveries", "sweep", "daily", "health"}


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "county").mkdir()
    with served_county(tmp_path / "county") as served:
        yield served


def run_bare(app: Path, folder: Path, county: Served) -> dict[str, dict[str, object]]:
    """The listing and the story, by a Python with no libraries of its own and an empty environment."""
    worker_library = folder / "worker"
    worker_library.mkdir()
    laid_out(["azure-functions-runtime", "azurefunctions-extensions-base"], worker_library)
    told = {f"{PREFIX}{name}": text for name, text in county.settings.items()}
    arguments = [str(app), str(worker_library), str(WORKER_PROCESS), NOW.isoformat(), county.ca_file]
    trust = {"SSL_CERT_FILE": county.ca_file, "REQUESTS_CA_BUNDLE": county.ca_file}
    said = subprocess.run(
        [os.path.realpath(sys.executable), "-S", "-B", "-W", "ignore", str(HERE / "bare.py"), *arguments],
        cwd=app,
        env={**told, **trust},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert said.returncode == 0, said.stderr[-4000:]
    return dict(json.loads(said.stdout.splitlines()[-1]))


def check(said: dict[str, dict[str, object]], app: Path, county: Served) -> None:
    """All functions are there, all that ran came out of the zip, and people were told."""
    assert set(said["functions"]) >= EXPECTED
    from_elsewhere = {
        name: file
        for name, file in said["files"].items()
        if name
        in {
            "functions",
            "graph_client",
            "ledger",
            "models",
            "reading",
            "wording",
            "msgraph",
            "pydantic",
            "msal",
        }
        and not str(file).startswith(str(app))
    }
    assert not from_elsewhere
    assert said["story"]["calendars"] == ["read"]
    assert said["story"]["findings"]
    assert ["manager", "paid"] in list(said["story"]["deliveries"])  # type: ignore[call-overload]
    assert county.cards("partnership-manager")


def test_the_zip_runs_where_there_is_nothing_else(app: Path, county: Served, tmp_path: Path) -> None:
    check(run_bare(app, tmp_path, county), app, county)


@pytest.mark.skipif(
    os.environ.get("HYPOTHESIS_PROFILE") != "prove", reason="fetches every library: only in make prove"
)
def test_so_does_the_zip_with_the_libraries_as_they_are_fetched(
    package: ModuleType, libraries: Path, county: Served, tmp_path: Path
) -> None:
    """`libraries` is asked for only because it skips on a machine that is not like Azure's."""
    fetched = tmp_path / "fetched"
    package.fetch_libraries(package.HOUSE / "requirements.txt", fetched)
    app = unpacked(package, fetched, tmp_path)
    check(run_bare(app, tmp_path, county), app, county)
