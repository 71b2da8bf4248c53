"""Draws a card as safe HTML, for people who have no Teams at hand: in the demo's story and in a preview.

It knows the few parts that our own cards are made of. Anything else is named where it stands, so that
nobody takes a drawing for the whole card when a part of it is missing.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from wording.plain import clean

Part = Mapping[str, Any]

_HARMLESS = re.compile(r"\\([\\`*_\[\]<>#|~])")  # as `wording.cards.inert` writes the marks of markdown
_LINES = re.compile(r"\r\n|\r|\n")
TOGGLE = "Action.ToggleVisibility"
OPENS = "Action.OpenUrl"


def card_html(card: Part, *, heading: str = "p") -> Markup:
    """The card as one `<div class="card">`; hidden parts open from their button as `<details>`.

    `heading` is the element for the card's first line, where that is bold: a page with headings of its own
    says which level the card has in it.
    """
    elements, buttons = _parts(card.get("body")), _parts(card.get("actions"))
    opened_by = _opened_by(buttons)
    drawn: list[Markup] = []
    for place, element in enumerate(elements):
        tag = heading if not place and _is_bold(element) else "p"
        drawn.append(_element(element, opened_by, tag))
    hidden = {str(element.get("id", "")) for element in elements}
    drawn += [_button_alone(each, hidden) for each in buttons]
    return Markup('<div class="card">{}</div>').format(Markup("").join(drawn))


def as_shown(words: str) -> str:
    """What Teams shows for a text of a card: its lines, cleaned, without the marks that keep markdown away."""
    lines = (clean(_HARMLESS.sub(r"\1", line)) for line in _LINES.split(words))
    return "\n".join(line for line in lines if line)


def _element(element: Part, opened_by: Mapping[str, str], tag: str = "p") -> Markup:
    match element.get("type"):
        case "TextBlock":
            return _text(element, tag)
        case "Container":
            return _container(element, opened_by)
        case "ActionSet":
            return Markup("").join(_button_alone(each, set()) for each in _parts(element.get("actions")))
        case unknown:
            return _note(unknown)


def _container(element: Part, opened_by: Mapping[str, str]) -> Markup:
    inside = Markup("").join(_element(each, opened_by) for each in _parts(element.get("items")))
    if element.get("isVisible", True):
        return inside
    button = opened_by.get(str(element.get("id", "")))
    if button is None:
        return Markup('<p class="card-note">{}</p>').format(
            "A part of this card is hidden, and no button shows it."
        )
    return Markup("<details><summary>{}</summary>{}</details>").format(button, inside)


def _text(element: Part, tag: str) -> Markup:
    lines = Markup("<br>").join(as_shown(str(element.get("text", ""))).split("\n"))
    looks = " ".join(_looks(element))
    mark = Markup(' class="{}"').format(looks) if looks else ""
    # the tag is ours, never the card's; the text has been escaped
    return Markup('<{tag}{mark} dir="auto">{lines}</{tag}>').format(tag=Markup(tag), mark=mark, lines=lines)  # noqa: S704


def _looks(element: Part) -> Iterator[str]:
    if _is_bold(element):
        yield "card-bold"
    if element.get("size") in ("Medium", "Large", "ExtraLarge"):
        yield "card-large"
    if element.get("isSubtle") or element.get("size") == "Small":
        yield "card-soft"


def _is_bold(element: Part) -> bool:
    return element.get("type") == "TextBlock" and element.get("weight") == "Bolder"


def _opened_by(buttons: list[Part]) -> dict[str, str]:
    """The name on the button that shows each hidden part, by the part's id."""
    return {
        str(target.get("elementId", "") if isinstance(target, Mapping) else target): _name(button)
        for button in buttons
        if button.get("type") == TOGGLE
        for target in button.get("targetElements") or ()
    }


def _button_alone(button: Part, hidden: set[str]) -> Markup:
    """Nothing where the button opens something that was drawn; one that opens a page is only drawn."""
    if button.get("type") == OPENS:
        return Markup('<p class="card-press"><span>{}</span></p>').format(_name(button))
    if button.get("type") != TOGGLE:
        return _note(f"{button.get('type')} “{_name(button)}”")
    if hidden.isdisjoint(_opened_by([button])):
        return _note(f"{TOGGLE} “{_name(button)}”, which shows nothing")
    return Markup("")


def _note(what: object) -> Markup:
    words = clean(f"This card has a part that can't be drawn here: {what or 'it does not say what'}.", 200)
    return Markup('<p class="card-note">{}</p>').format(words)


def _name(button: Part) -> str:
    return as_shown(str(button.get("title") or "")) or "More"


def _parts(value: object) -> list[Part]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
