"""Texts: every sentence that people are told, by name, in one language; and what each of them must hold.

The sentences themselves lie in agreements/wording.yaml, so that a council can change them. Here stands only
what the program relies on: the names there are, and the {placeholders} that it fills in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from models.page_texts import PAGE_TEXTS

HEADLINE, SENTENCE = 90, 300  # letters: more does not fit a card that is read in ten seconds
PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


class NotSayable(Exception):
    """A text that does not exist, or that was not given all it needs: a slip in the program, not in a file."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What one text must hold: `needs` has to be in it, `may` can be, and it has `longest` letters at most."""

    needs: frozenset[str]
    may: frozenset[str]
    longest: int

    @property
    def placeholders(self) -> frozenset[str]:
        """Every placeholder that the program fills in."""
        return self.needs | self.may


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language ("en", "cy"), by name. Whoever reads them from a file checks them first."""

    language: str
    templates: Mapping[str, str]

    def say(self, name: str, **values: str) -> str:
        """The text of that name with its placeholders filled in; NotSayable where it can't be.

        What a value holds is never looked at again: a title with {brackets} in it stays as it is.
        """
        if name not in self.templates:
            raise NotSayable(
                f"There is no text '{name}'. Add it to agreements/wording.yaml and models/texts.py."
            )

        def filled(found: re.Match[str]) -> str:
            if found[1] not in values:
                raise NotSayable(f"The text '{name}' was not given {found[0]}. Give it where it is said.")
            return values[found[1]]

        return PLACEHOLDER.sub(filled, self.templates[name])


def _kind(needs: str = "", *, may: str = "", longest: int = SENTENCE) -> Kind:
    return Kind(frozenset(needs.split()), frozenset(may.split()), longest)


def _headline(needs: str = "", *, may: str = "") -> Kind:
    return _kind(needs, may=may, longest=HEADLINE)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "card.headline": _headline("what about"),
        "card.more": _kind(longest=20),
        "card.again": _kind(),
        "card.counted": _kind("days"),
        "card.skipped": _kind("days"),
        "card.clause": _kind("clause says"),
        "card.wrong": _kind(),
        "card.reference": _kind("key"),
        "card.rest": _kind("number"),
        "alert.asks": _kind(),
        "alert.afterwards": _kind(),
        "alert.afterwards_papers": _kind(),
        "alert.afterwards_short_notice": _kind(),
        "alert.reason": _kind("reason"),
        "alert.asks_with_reason": _kind(),
        "alert.afterwards_with_reason": _kind(),
        "alert.series": _kind("number days"),
        "alert.series_hours": _kind("number days hours"),
        "alert.more_days": _kind("days number"),
        "alert.papers_due": _kind("due"),
        "ladder.answer": _kind(longest=40),
        "ladder.second": _kind("day"),
        "ladder.second_other": _kind("day"),
        "ladder.third": _kind(),
        "ladder.away": _kind(),
        "ladder.reason_headline": _headline("about"),
        "ladder.reason_asks": _kind(),
        "ladder.reason_answer": _kind(longest=40),
        "ladder.not_agreed_headline": _headline("about"),
        "ladder.not_agreed_says": _kind(),
        "ladder.check_headline": _headline("about"),
        "ladder.check_said": _kind(may="words"),
        "ladder.check_said_only": _kind(),
        "ladder.check_asks": _kind("days"),
        "ladder.check_again": _kind(),
        "ladder.check_answer": _kind(longest=40),
        "ladder.several": _headline("number"),
        "ladder.no_address": _kind("role"),
        "ladder.nobody": _kind("role"),
        "mail.again": _kind(),
        "mail.how_we_know": _headline(),
        "mail.why": _kind(),
        "mail.private": _kind(),
        "draft.headline": _headline("months"),
        "draft.says": _kind(),
        "draft.comments": _kind(),
        "draft.questions": _kind(),
        "draft.reply": _kind(),
        "draft.both": _kind(),
        "hours.starts_before": _headline("start", may="end"),
        "hours.starts_after": _headline("end", may="start"),
        "hours.runs_past": _headline("end", may="start"),
        "hours.outside": _headline("start end"),
        "terms.holidays": _headline(),
        "terms.bank_holiday": _headline(),
        "terms.day_off": _headline(),
        "terms.in_term": _headline(),
        "papers.at_risk": _headline(),
        "papers.missed": _headline(),
        "papers.late": _headline(),
        "papers.short_notice": _headline(),
        "kind.hours": _headline(),
        "kind.terms": _headline(),
        "kind.papers": _headline(),
        "kind.requests": _headline(),
        "kind.online": _headline(),
        "kind.venue": _headline(),
        "kind.filled_in": _headline(),
        "kind.other": _headline(),
        "kind.unplaced": _headline(),
        "ended.put_right": _headline("about"),
        "ended.put_right_says": _kind(),
        "ended.called_off": _headline("about"),
        "ended.called_off_says": _kind(),
        "ended.explained": _headline("about"),
        "ended.explained_says": _kind(),
        "ended.agreed": _headline("about"),
        "ended.agreed_says": _kind(),
        "ended.superseded": _headline("about"),
        "ended.superseded_says": _kind(),
        "ended.taken_back": _headline("about"),
        "ended.taken_back_says": _kind(),
        "held.headline": _headline("number"),
        "held.headline_one": _headline(),
        "held.says": _kind(),
        "held.line": _kind("kind groups", may="clause"),
        "held.group": _kind("group number"),
        "held.ask": _kind("command"),
        "held.wrong": _kind(),
        "manager.headline": _headline("number"),
        "manager.headline_one": _headline(),
        "manager.headline_none": _headline(),
        "manager.observing": _kind(),
        "manager.untold": _kind(),
        "manager.quiet": _kind("groups"),
        "manager.kind": _kind("kind number"),
        "manager.no_group": _kind(),
        "manager.item": _kind("when what"),
        "manager.titled": _kind("title when what"),
        "manager.series": _kind("number when"),
        "manager.which_group": _headline(),
        "manager.which_group_says": _kind(),
        "manager.meeting": _kind("when title"),
        "manager.questions": _headline(),
        "manager.ended": _headline(),
        "manager.asks": _headline(),
        "manager.ask": _kind(),
        "manager.release": _kind("command all"),
        "manager.release_all": _kind("all"),
        "manager.tell": _kind("all"),
        "site.private": _headline(),
        "site.private_says": _kind(),
        "site.unsure": _kind(),
        "site.title": _headline(),
        "site.intro": _kind(),
        "site.waits": _headline(),
        "site.waits_none": _kind(),
        "site.sort": _headline(),
        "site.many": _headline(),
        "site.now": _headline(),
        "site.now_none": _kind(),
        "site.promise": _headline(),
        "site.stands": _headline(),
        "site.quarter": _headline("quarter"),
        "site.went": _headline(),
        "site.kept": _headline(),
        "site.explained": _headline(),
        "site.agreed": _headline(),
        "site.missed": _headline(),
        "site.reason": _headline(),
        "site.unseen": _headline(),
        "site.out_of": _headline("number whole"),
        "site.quarter_says": _kind(),
        "site.seen": _headline(),
        "site.calendar": _headline(),
        "site.read": _headline(),
        "site.unread": _headline(),
        "site.school": _headline(),
        "site.covered": _headline(),
        "site.waiting": _kind("number unsure"),
        "site.asks": _headline(),
        "site.asks_says": _kind("number"),
        "site.lists": _headline(),
        "thanks.headline": _headline("month"),
        "thanks.all": _kind("month number what"),
        "thanks.promised": _kind("month number what"),
        "thanks.one": _kind("month what"),
        "thanks.held": _kind("month number"),
        "thanks.some": _kind("number what"),
        "thanks.hours": _kind(),
        "thanks.terms": _kind(),
        "thanks.venue": _kind(),
        "thanks.papers_all": _kind("number"),
        "thanks.papers_one": _kind(),
        "thanks.papers_some": _kind("number"),
        "thanks.says": _kind(),
        "rep.subject": _headline("day"),
        "rep.heading": _headline(),
        "rep.introduced": _kind(),
        "rep.changed": _headline(),
        "rep.moved": _kind("title was when"),
        "rep.cancelled": _kind("title when"),
        "rep.new": _kind("title when"),
        "rep.opens": _kind("title when"),
        "rep.late": _kind("title when"),
        "rep.more": _kind("number"),
        "rep.no_meeting": _kind(),
        "rep.meeting": _kind("title day"),
        "rep.hours": _kind("start end"),
        "rep.online": _kind(longest=30),
        "rep.at": _kind("hours place"),
        "rep.papers_sent": _kind("day"),
        "rep.papers_due": _kind("day"),
        "rep.papers_coming": _kind("day"),
        "rep.papers_not_seen": _kind(),
        "rep.papers_none": _kind(),
        "rep.papers_not_promised": _kind(),
        "rep.papers_unknown": _kind(),
        "rep.were_due": _kind("day"),
        "rep.coming": _kind("day"),
        "rep.reason": _kind("reason"),
        "rep.cant_open": _kind(longest=40),
        "rep.call": _kind(longest=40),
        "rep.entry": _kind("title day"),
        "rep.entry_gone": _kind("day title"),
        "rep.yours": _headline(),
        "rep.my_meetings": _kind(longest=40),
        "rep.choices": _kind(longest=40),
        "rep.pause": _kind(longest=40),
        "rep.stop": _kind(longest=40),
        "rep.as_we_see": _kind(),
        "rep.answers_officer": _kind(),
        "rep.answers_manager": _kind(),
        "rep.why": _kind("groups"),
        "rep.how_to_stop": _kind(),
        "rep.how_to_stop_by_answer": _kind(),
        "rep.moved_subject": _headline("title"),
        "rep.cancelled_subject": _headline("title"),
        "rep.late_subject": _headline("title"),
        "rep.opens_subject": _headline("title"),
        "rep.new_subject": _headline("title"),
        "rep.several": _headline("number"),
        "ask.about": _kind("title when"),
        "ask.cant_open_subject": _headline("title"),
        "ask.cant_open": _kind("about"),
        "ask.cant_open_asks": _kind(),
        "ask.call_subject": _headline("title"),
        "ask.call": _kind("about"),
        "ask.call_asks": _kind(),
        "ask.several": _kind("number"),
        "ask.next": _kind(),
        "ask.told_on": _kind("when"),
        "ask.nobody_told": _kind(),
        "ask.manager_asks": _kind(),
        "ask.again": _kind(),
        "introduce.subject": _headline(),
        "introduce.says": _kind("groups"),
        "introduce.what_weekly": _kind(),
        "introduce.what_at_once": _kind(),
        "introduce.what_never": _kind(),
        "introduce.asks": _kind(),
        "introduce.press": _kind(longest=40),
        "introduce.nothing_before": _kind(),
        "feed.name": _kind(),
        "feed.due": _kind("title"),
        **{f"page.{name}": _kind(needs) for name, needs in PAGE_TEXTS.items()},
    }
)
