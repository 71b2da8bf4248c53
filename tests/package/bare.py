"""Run by a bare Python: what came out of the zip, and nothing else but the worker's own folder.

Listed as Azure's worker lists it, then one story: a whole look at the tenant that the environment names.
Started with the unpacked folder, the folder of the worker library, tests/cloud/worker_process.py, and a time.
"""

import asyncio
import importlib.util
import json
import os
import sys
from datetime import datetime
from pathlib import Path


async def listed(process, app):
    import azure_functions_runtime as worker

    await worker.worker_init_request(
        process.asked("worker_init_request", capabilities={}, function_app_directory=app)
    )
    said = await worker.functions_metadata_request(process.asked("functions_metadata_request"))
    assert said.result.status == 1, said.result.exception
    return sorted(one.name for one in said.function_metadata_results)


async def story(now, ca_file):
    from functions.once import once
    from functions.settings import settings

    result = await once(settings(os.environ), now, by="unpacked", ca_file=ca_file)
    return {
        "calendars": [one.why_not or "read" for one in result.swept.calendars],
        "findings": sum(one.found for one in result.swept.findings),
        "deliveries": sorted({(one.channel, one.state.value) for one in result.deliveries}),
    }


def main(app, worker_library, process_file, now, ca_file):
    sys.path.remove(str(Path(__file__).parent))
    sys.path[:0] = [f"{app}/.python_packages/lib/site-packages", worker_library]
    sys.path.append(app)  # last, as in Azure
    os.chdir(app)
    spec = importlib.util.spec_from_file_location("process", process_file)
    process = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(process)
    functions = asyncio.run(listed(process, app))
    told = asyncio.run(story(datetime.fromisoformat(now), ca_file))
    files = {
        name.split(".")[0]: each.__file__
        for name, each in list(sys.modules.items())
        if getattr(each, "__file__", "")
    }
    sys.stdout.write(json.dumps({"functions": functions, "story": told, "files": files}))


if __name__ == "__main__":
    main(*sys.argv[1:])
