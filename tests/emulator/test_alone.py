"""The emulator imports nothing of ours."""

from pathlib import Path


def test_nothing_here_is_this_checkouts_own():
    """The emulator stands alone: a mistake of ours can't be agreed with by our own code."""
    ours = (
        "models",
        "reading",
        "wording",
        "ledger",
        "graph_client",
        "functions",
        "command_line",
        "function_app",
    )
    for path in (Path(__file__).parents[2] / "emulator").glob("*.py"):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith(("import ", "from ")):
                assert line.split()[1].split(".")[0] not in ours, f"{path.name}: {line}"
