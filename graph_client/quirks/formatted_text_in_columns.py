"""A column of several lines may hold a web page's markup, and is not empty when nothing can be seen in it.

Whoever adds such a column by hand gets formatted text unless they choose plain text; what people typed then
comes as `<div class="ExternalClass…">…</div>`, and so does nothing at all, or a space of no width. Columns
that we make ourselves are plain text. No published evidence of the exact markup: not confirmed on a tenant.
"""

import re
from html.parser import HTMLParser

_MARKUP = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|i|img|li|ol|p|span|strong|table|tbody|td|th|tr|u|ul)\b[^<>]*>", re.I
)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_in(text: str) -> str:
    """What a person sees of a text: without markup, and with single spaces."""
    if _MARKUP.search(text):
        reader = _Words()
        reader.feed(_MARKUP.sub(lambda tag: f" {tag[0]}", text))  # two paragraphs are two words
        reader.close()
        text = "".join(reader.found)
    return " ".join(_UNSEEN.sub("", text).split())
