"""How an alert ended, in one line: the same on a card and in the manager's list."""

from models.alerts import Alert
from models.texts import Texts
from wording import plain

ENDED = {  # by the state of the alert: the headline, and what a card says below it
    "put right": ("ended.put_right", "ended.put_right_says"),
    "called off": ("ended.called_off", "ended.called_off_says"),
    "explained": ("ended.explained", "ended.explained_says"),
    "agreed": ("ended.agreed", "ended.agreed_says"),
    "superseded": ("ended.superseded", "ended.superseded_says"),
    "taken back": ("ended.taken_back", "ended.taken_back_says"),
}


def ended_line(texts: Texts, alert: Alert, title: str) -> str:
    """How it ended: "Put right: SEND Partnership Board". KeyError while the alert stands."""
    name, _ = ENDED[alert.state]
    return texts.say(name, about=plain.clean(title, plain.LINE) or plain.NO_TITLE)


def ended_says(texts: Texts, alert: Alert) -> str:
    """What there is to do now: nothing. KeyError while the alert stands."""
    _, says = ENDED[alert.state]
    return texts.say(says)
