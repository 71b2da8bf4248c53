"""Microsoft's number of a call that was refused: taken where it has that shape, and nothing else is."""

from typing import Any

import pytest

from graph_client.asked import calendar_of
from graph_client.refusals import Refusal, error_for
from graph_client.request_ids import request_in

NUMBER = "3f0c6d1e-5a7b-4c2d-9e8f-10a2b3c4d5e6"


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"request-id": NUMBER}, None, NUMBER),
        ({"request-id": NUMBER.upper()}, None, NUMBER),
        ({}, {"error": {"innerError": {"request-id": NUMBER}}}, NUMBER),
        ({}, {"error": {"innererror": {"request-id": NUMBER}}}, NUMBER),
        (
            {"request-id": "jo.marsh@council.example"},
            {"error": {"innerError": {"request-id": NUMBER}}},
            NUMBER,
        ),
        ({"request-id": "jo.marsh@council.example"}, {"error": {"innerError": "no"}}, ""),
        ({}, {"error": {"innerError": {"request-id": ["a"]}}}, ""),
        ({}, ["a web page"], ""),
        ({}, None, ""),
    ],
)
def test_the_number_is_found_where_microsoft_puts_it(
    headers: dict[str, str], body: Any, expected: str
) -> None:
    assert request_in(headers, body) == expected


def test_an_error_keeps_the_number_when_it_is_said_of_another_thing() -> None:
    error = error_for(Refusal(403, request=NUMBER), calendar_of("a@council.example"))
    assert error.request == error.about(calendar_of("b@council.example")).request == NUMBER
    assert NUMBER not in str(error)
