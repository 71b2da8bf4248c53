"""No address in any log: the HTTP library writes each URL it calls, and ours hold mailboxes and a secret.

Seen with httpx 0.28: logger "httpx", level INFO, "HTTP Request: POST https://…&sig=…". Azure Functions
collects that level. msal 1.39 writes a managed identity's answer at DEBUG where it is no JSON.
"""

import logging


def _drop(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def keep_addresses_out_of_logs() -> None:
    """Drop the lines that would name a URL. To call it twice does nothing more."""
    for name in ("httpx", "msal.managed_identity"):
        logging.getLogger(name).addFilter(_drop)
