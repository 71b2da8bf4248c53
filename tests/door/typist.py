"""Types commands quickly: a Python that has loaded the program once, and has a child of its own type each command.

A line of JSON comes in with the words, folder, environment and files; the child's exit code goes out. Each child
is a process of its own that runs the terminal's door from its first line, as `python command_line.py` would.
"""

import gc
import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]
ROOMS = ("models", "reading", "wording", "graph_client", "ledger", "functions", "emulator", "demonstration")


def load() -> None:
    """All that a command may load, so that no child has to; what only the cloud or Azure needs is left out."""
    importlib.import_module("command_line")
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not found.name.startswith(("functions.triggers", "functions.cloud", "ledger.azure")):
                importlib.import_module(found.name)
    for name in ("docx", "openpyxl", "msal", "uvicorn"):
        importlib.import_module(name)
    gc.freeze()


def become(asked: dict[str, object]) -> None:
    """Be the process that the command runs in, and end with it."""
    os.chdir(str(asked["folder"]))
    os.environ.clear()
    os.environ.update(asked["environment"])  # type: ignore[call-overload]
    for number, name, how in ((0, "in", os.O_RDONLY), (1, "out", os.O_WRONLY), (2, "err", os.O_WRONLY)):
        os.dup2(os.open(str(asked[name]), how), number)
    sys.argv = [str(HOUSE / "command_line.py"), *asked["words"]]  # type: ignore[misc]
    import command_line

    command_line.main()


def main() -> None:
    """Type whatever is asked, until nobody asks any more."""
    orders, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    load()
    for line in orders:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                become(json.loads(line))
                code = 0
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        _, status = os.waitpid(child, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answers.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))
    main()
