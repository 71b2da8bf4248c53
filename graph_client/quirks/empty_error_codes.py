"""An error's code may be empty, nested, or missing, and the body may be a web page.

Evidence: graph_samples/batch_response_mixed_2025.json, item 2 (code ""); throttled_429_body.json (a
second code inside innerError); gateways answer 502 with HTML. Facts: graph §7 and appendix A.
"""

import json
import re

_CODE = re.compile(r"[A-Za-z0-9_.\-]{1,80}")


def code_in(body: bytes) -> str:
    """The error code in a body; empty where there is none that can be shown to people."""
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    return code_of(answer)


def code_of(answer: object) -> str:
    """The same, of an answer that is parsed already, as the parts of a batch are."""
    error = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(error, dict):
        return ""
    inner = error.get("innerError") or error.get("innererror")
    nested = inner.get("code") if isinstance(inner, dict) else ""
    return _shown(error.get("code")) or _shown(nested)


def _shown(code: object) -> str:
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""
