"""Sending one letter to one person, once, and saying what became of it.

Exchange has no key by which it would know a second try. So what may have gone is never simply sent again: the
ledger decides who is asked what.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from functions.watch import Watch
from graph_client.errors import GraphError, TryAgainLater
from graph_client.mail_sent import Attached, Mail, MailNotMade
from graph_client.writes_refused import WriteUnsure
from wording.mails.letter import Letter, letter_html, letter_text

LATER = timedelta(minutes=5)


class Became(StrEnum):
    """What became of a letter."""

    SENT = "sent"  # Exchange took it
    UNSURE = "unsure"  # it may have gone
    LATER = "later"  # it surely did not go, and trying again may help
    NEEDS_PERSON = "needs a person"  # it surely did not go, and a person must mend something first


@dataclass(frozen=True, slots=True)
class Mailed:
    """What became of it, why, and how long to wait before another try."""

    became: Became
    why: str = ""
    after: timedelta = LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """What goes with a letter: where answers go, a link that ends these mails, a calendar part, files."""

    reply_to: str = ""
    unsubscribe: str = ""
    calendar: str = ""
    attached: tuple[Attached, ...] = ()


async def mail_out(watch: Watch, letter: Letter, to: str, enclosed: Enclosed | None = None) -> Mailed:
    """Hand a letter to Exchange for one address. No error leaves here; `why` holds no address and nothing of it."""
    if watch.send_mail is None:
        return Mailed(Became.NEEDS_PERSON, "PROTOCOL_WATCH_SENDER is not set")
    more = enclosed or Enclosed()
    mail = Mail(
        to=to,
        subject=letter.title,
        text=letter_text(letter),
        html=letter_html(letter, watch.texts.language),
        calendar=more.calendar,
        reply_to=more.reply_to,
        unsubscribe=more.unsubscribe,
        attached=more.attached,
    )
    try:
        await watch.send_mail(mail)
    except MailNotMade as fault:
        return Mailed(Became.NEEDS_PERSON, str(fault))
    except WriteUnsure as unsure:
        return Mailed(Became.UNSURE, str(unsure))
    except TryAgainLater as later:
        return Mailed(Became.LATER, str(later), max(timedelta(seconds=later.after or 0), LATER))
    except GraphError as refused:
        return Mailed(Became.NEEDS_PERSON, str(refused), timedelta(hours=1))
    return Mailed(Became.SENT)
