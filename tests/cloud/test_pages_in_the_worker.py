"""Pages through Microsoft's own worker: forms, headers, 304, no cookies, and the message that wakes a review."""

from pathlib import Path
from urllib.parse import urlencode

from functions.waking.touched import Why, touched_in
from ledger import open_ledger
from models.links import Purpose
from tests.cloud.worker import answer_of, http, worker
from tests.functions import pages_stage as stage
from tests.functions.pages_stage import EVERY_PAGE, REP, Desk, at_a_desk, environment, token

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BAD_LINKS_LOAD_NONE = {"msgraph", "kiota_http", "azure.data"}


async def test_links_are_opened_pressed_and_fetched_as_azure_hands_them_on(
    house: Path, tmp_path: Path
) -> None:
    async with open_ledger(environment(tmp_path)["PROTOCOL_WATCH_LEDGER"]) as ledger:
        made: Desk = at_a_desk(ledger, tmp_path)
        await made.begin()
        async with worker(house, environment(tmp_path), now=stage.NOW) as listed:

            async def page(link: str, method: str = "GET", **fields: str):
                body = urlencode(fields).encode()
                asked = http(
                    method, f"p/{link}", headers=FORM if fields else {}, body=body, params={"token": link}
                )
                return await listed.call("page", asked)

            bad = await page("made-up")
            loaded = await listed.loaded()
            shown = await page(EVERY_PAGE["alert"])
            pressed = await page(EVERY_PAGE["alert"], "POST", do="reason", text="Ill & “away”", turn="0")
            feed = token(Purpose.FEED, REP)
            name = {"token": f"{feed}.ics"}
            whole = answer_of(
                (await listed.call("feed", http("GET", f"feed/{feed}.ics", params=name)))["value"]
            )
            known = {"If-None-Match": whole.headers["etag"]}
            again = answer_of(
                (await listed.call("feed", http("GET", f"feed/{feed}.ics", headers=known, params=name)))[
                    "value"
                ]
            )
        [said] = await made.said()
    assert answer_of(bad["value"]).status == 404
    assert not [each for each in loaded["modules"] if each.partition(".")[0] in BAD_LINKS_LOAD_NONE]
    assert answer_of(shown["value"]).status == 200
    assert not any(one["value"]["http"].get("cookies") for one in (bad, shown, pressed))
    assert "touched" not in {name for name, data in shown["outputs"].items() if data}
    [(_, message)] = pressed["outputs"]["touched"].items()
    assert touched_in(message).why is Why.SAID
    assert answer_of(pressed["value"]).headers["content-type"].startswith("text/html")
    assert said.text == "Ill & “away”"
    assert (whole.status, again.status, again.body) == (200, 304, b"")
    assert whole.headers["content-type"].startswith("text/calendar")
