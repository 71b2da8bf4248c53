"""What somebody sees of a mail or a page: links by the words on them, and forms with their buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from demonstration.script import Click

HEADINGS = ("h1", "h2")


@dataclass(slots=True)
class Form:
    """A form as it stands there: what it holds already, and the words on its button."""

    held: dict[str, str] = field(default_factory=dict)
    button: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link: the words on it, where it goes, and the heading that it stands under."""

    words: str
    address: str
    under: str


class Screen(HTMLParser):
    """One mail or page, read as a browser does."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.forms: list[Form] = []
        self.headings: list[str] = []
        self._words: list[str] | None = None
        self._href = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a link, a form, a button or a heading, or keep what a form holds."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self._href, self._words = given["href"], []
        elif tag == "form":
            self.forms.append(Form())
        elif tag == "button" or tag in HEADINGS:
            self._words = []
        elif tag == "input" and self.forms and given.get("type") == "hidden":
            self.forms[-1].held[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        """The words on a link, a button or a heading."""
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End a link, a button or a heading."""
        if self._words is None or tag not in ("a", "button", *HEADINGS):
            return
        words = " ".join("".join(self._words).split())
        if tag == "a":
            self.links.append(Link(words, self._href, self.headings[-1] if self.headings else ""))
        elif tag == "button":
            self.forms[-1].button = words
        else:
            self.headings.append(words)
        self._words = None

    @property
    def title(self) -> str:
        """The page's first heading."""
        return self.headings[0] if self.headings else ""

    def has(self, click: Click) -> bool:
        """Whether there is such a link."""
        return any(_is_it(one, click) for one in self.links)

    def link(self, click: Click) -> str:
        """Where the link goes; LookupError where there is none, as nobody could press it."""
        for one in self.links:
            if _is_it(one, click):
                return one.address
        raise LookupError(_not_there(click.words, [one.words for one in self.links]))

    def form(self, button: str) -> Mapping[str, str]:
        """What the first form holds whose button begins so; LookupError where there is none."""
        for form in self.forms:
            if form.button.startswith(button):
                return form.held
        raise LookupError(_not_there(button, [form.button for form in self.forms]))


def _is_it(link: Link, click: Click) -> bool:
    return link.words.startswith(click.words) and click.under in link.under


def _not_there(words: str, seen: Sequence[str]) -> str:
    return f"There is nothing to press that begins with {words!r}: {', '.join(seen) or 'nothing at all'}."
