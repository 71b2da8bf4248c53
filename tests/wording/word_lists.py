"""Words that no text of ours uses, each with what to say instead; and words that only look hard."""

import re
from collections.abc import Iterator

from tests.wording.reading_age import measured, syllables, without_names

LONG = 4  # syllables: a longer word is known to all our readers, or it is another word's turn

# To anybody. Endings are found too: fail, failed, failure.
BLAMING = {
    "fail": "we can't see",
    "breach": "does not fit the agreement",
    "violat": "does not fit the agreement",
    "non-compl": "does not fit the agreement",
    "overdue": "after the agreed day",
    "late by": "after the agreed day",
    "too late": "after the agreed day",
    "offend": "(leave it out)",
    "culprit": "(leave it out)",
    "negle": "we can't see",
    "careless": "(leave it out)",
    "ignored": "we can't see",
    "forgot": "we can't see",
    "blame": "(leave it out)",
    "excuse": "reason",
    "unacceptabl": "does not fit the agreement",
    "poor": "(say what we see)",
    "worst": "(leave it out)",
    "you should have": "(say what we see)",
    "should have been": "(say what we see)",
    "should have sent": "(say what we see)",
    "ought to": "please",
    "remind": "ask",
    "chase": "ask",
    "at fault": "(leave it out)",
    "your fault": "(leave it out)",
    "why did you": "if there was a reason, please add it",
    "why didn't you": "if there was a reason, please add it",
    "you must": "please",
    "you have not": "we can't see",
    "you haven't": "we can't see",
    "you did not": "we can't see",
    "you didn't": "we can't see",
    "you never": "we can't see",
}
# To the partners: nothing of ours gives or takes a right, and a promise is not a law.
RIGHTS = {
    "must": "please",
    "shall": "will",
    "entitle": "(leave it out)",
    "by law": "(leave it out)",
    "legal": "(leave it out)",
    "statut": "(leave it out)",
    "oblig": "promised",
    "duty": "promise",
    "duties": "promises",
    "your right": "(leave it out)",
    "a right to": "(leave it out)",
    "the right to": "(leave it out)",
    "not allowed": "does not fit the agreement",
}
JARGON = {
    "stakeholder": "partner",
    "co-produc": "(only in the agreement's own words)",
    "coproduc": "(only in the agreement's own words)",
    "escalat": "tell",
    "actioned": "done",
    "to action": "to do",
    "action point": "what to do",
    "please action": "please do",
    "complian": "keeping the promise",
    "comply": "fit",
    "sla": "promise",
    "kpi": "measure",
    "deliverable": "what was promised",
    "leverag": "use",
    "utilise": "use",
    "utilisation": "use",
    "commenc": "start",
    "prior to": "before",
    "in advance of": "before",
    "in order to": "to",
    "with regard to": "about",
    "regarding": "about",
    "facilitat": "help",
    "ensur": "make sure",
    "implement": "do",
    "initiat": "start",
    "notify": "tell",
    "notified": "told",
    "submit": "send",
    "assist": "help",
    "additional": "more",
    "obtain": "get",
    "terminat": "end",
    "approximately": "about",
    "sufficient": "enough",
    "subsequent": "later",
    "liais": "talk",
    "triangulat": "compare",
    "signpost": "show",
    "engagement": "meeting with parents",
    "governance": "how it is decided",
    "attendee": "people",
    "cohort": "group",
    "remit": "task",
    "going forward": "from now on",
    "touch base": "talk",
    "outcome": "what came of it",
    "via": "by",
    "rag-rated": "(say what we see)",
}
AMERICAN = {
    "organiz": "organis",
    "recogniz": "recognis",
    "apologiz": "apologis",
    "summariz": "summaris",
    "prioritiz": "prioritis",
    "color": "colour",
    "center": "centre",
    "favor": "favour",
    "behavior": "behaviour",
    "canceled": "cancelled",
    "canceling": "cancelling",
    "labeled": "labelled",
    "fulfill": "fulfil",
    "catalog": "list",
    "gotten": "got",
    "math": "sum",
}
STIFF = {
    "cannot": "can't",
    "can not": "can't",
    "could not have": "can't have",
    "whilst": "while",
    "do n't": "don't",
}
# Abbreviations that readers meet every day, or that are the name of a thing on their screen.
KNOWN_CAPITALS = frozenset({"SEND", "NHS", "INSET", "PDF", "MB", "CSV", "JSON", "OK"})
# Long words that a child of nine meets, or that have no shorter name here.
KNOWN_LONG = frozenset(
    {
        "priority",  # the agreement's own name for a kind of group
        "accessible",
        "administrator",
        "anybody",
        "constitution",
        "deliveries",
        "delivery",
        "differently",
        "everybody",
        "information",
        "invitation",
        "invitations",
        "ordinary",
        "organiser",
        "organisers",
    }
)


def doubts(text: str, *, to_partners: bool = True) -> Iterator[str]:
    """What is wrong with the words of a text, each with a better word. Nothing where all is plain and kind.

    `to_partners`: officers, reps and the manager, and not whoever sets the program up: to them a file
    "must" hold a column, and nobody's rights are touched.
    """
    said = without_names(text, capitals_are_names=False)
    for words in (BLAMING, JARGON, AMERICAN, STIFF, RIGHTS if to_partners else {}):
        for word, better in words.items():
            if _in(word, said):
                yield f"'{word}': say {better}"
    if "!" in said:
        yield "an exclamation mark: use a full stop"
    if to_partners:
        for word in re.findall(r"\b[A-Z]{2,}\b", without_names(text, capitals_are_names=False)):
            if word not in KNOWN_CAPITALS:
                yield f"'{word}' in capitals: write it out"
        for word in measured(text).words:
            if syllables(word) >= LONG and word.casefold() not in KNOWN_LONG:
                yield f"'{word}' is long: find a shorter word, or add it to those that all readers know"


def _in(word: str, said: str) -> bool:
    whole = word in (
        "sla",
        "kpi",
        "via",
        "must",
        "math",
        "remit",
        "poor",
        "duty",
        "chase",
        "shall",
        "outcome",
    )
    return bool(re.search(rf"\b{word}\b" if whole else rf"\b{word}", said.replace("’", "'").casefold()))
