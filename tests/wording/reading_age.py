"""How hard a text is to read, as a school grade: Flesch and Kincaid's formula, with a small syllable rule.

Why this formula: it weighs long sentences and long words, and these are what our readers stumble over. The
other one we could reckon without a dictionary (the automated readability index) weighs letters, and calls
"through" harder than "venue". A US grade is about a child's age less five: grade 4 is a reader of nine.

What nobody can say in simpler words is left out first: names, days, times, numbers, the agreement's own words
in quotation marks, commands, addresses, and the {placeholders} that are filled with one of these. Each of
them, or a list of them, still counts as one word of its sentence, but lends it no syllables.

A grade needs words to stand on: of "Reason given" the formula makes grade 9. So a text of fewer than
`ENOUGH` words has no grade of its own (whoever judges it looks at its words alone), and no grade is below 0.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 8  # words; below it, one long word more or less is three grades
FILLED_IN = "§"  # stands for what is left out

_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_LEFT_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        r"“[^”]*”|\"[^\"]*\"|(?<!\w)'[^'\n]*'(?!\w)|(?<!\w)‘[^’\n]*’(?!\w)",  # quoted: said by others, or to type
        r"\{[^{}]*\}",  # filled in by the program
        r"\bprotocol-watch(?: [a-z]+\b(?=[ .:;,]| --|$))?(?: --[a-z-]+)*",  # a command
        r"(?<!\w)--[a-z-]+(?: [a-z]+\b(?=\.|$))?|\b[A-Z]+(?:_[A-Z]+)+\b",  # an option, a setting
        r"\S+@\S+\w|\b\w+://\S*\w|\b[\w-]+\.(?:yaml|csv|ics|txt|sqlite)\b",  # an address, a file
        rf"(?i:\b{_DAY}\b )?\d{{1,2}} (?i:{_MONTH})\b(?: \d{{4}})?",  # a day
        rf"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{_MONTH.title()}(?= \d))\b",
        r"\b\d{1,2}(?:[:.]\d\d)? ?[ap]m\b|\bnoon\b|\bmidnight\b",  # a time
        r"\b(?:Microsoft(?: 365| Graph| Teams)?|Protocol Watch|SharePoint|Exchange|Teams|Azure|Entra|Excel)\b",
        r"\b\w+_\w+\b",  # a column
        r"\b[A-Z][a-z]+\.[A-Z][\w.]*|\bP\d\d\b",  # a right in Microsoft 365, a promise
        r"(?<![\w])[\d][\d,.:]*\d|\d+",  # a number
    )
)
# Two or more words with capitals are a name wherever they stand; one is, unless it begins a sentence.
_NAME = re.compile(r"\b[A-Z][\w'’&-]*(?:(?: (?:and|of|for))? [A-Z][\w'’&-]*)+")
_ONE_NAME = re.compile(r"(?<=[a-z,] )(?!I\b)[A-Z][\w’'-]*")
_LIST = re.compile(rf"{FILLED_IN}(?:(?:,? and|,? or|,|/| to| -)? ?(?:{FILLED_IN}|\({FILLED_IN}\)))+")
# Flesch's own rule: a thought ends at a full stop, a question mark, a colon or a semicolon.
_ENDS = re.compile(r"[.?!;:…](?=\s|$|[\"'”’)])|\n")
_WORD = re.compile(rf"[A-Za-z]+(?:['’-][A-Za-z]+)*|{FILLED_IN}")

_MORE = re.compile(  # vowels side by side that are two sounds: ra-di-o, cli-ent, go-ing, ar-e-a, cre-ate
    r"[^tscgx]i[ao]|(?<!fr)(?<![tcs])ie(?=[nt])|^scie|ciet|[aeou]ing$|[^qg]ua(?![iy])|eo(?!ple|u)|ea$|"
    r"crea|idea(?=l)|^rea(?=[cl]t)|hea(?=tr)|eu(?=m)|yi|ryo(?=n)|iu|oe(?=[mt])"
)
_FEWER = re.compile(  # an e inside a word that nobody hears: use-ful, agree-ment, some-body, ev-ery
    r"(?<=[^aeiouy])e(?=ful|less|ly$|ment|hold|where)|"  # codespell:ignore ment
    r"(?<=som)e(?=[tbhw])|(?<=ev)e(?=ry|ning)"  # codespell:ignore som
)
_LAST = re.compile(  # the last e nobody hears: time, held dates, looked, but not table, settled, places
    r"(?<![aeiouy])(?<![^aeiouy]l)e$|(?<![aeioutdy])(?<![^aeiouyl]l)ed$|"
    r"(?<![aeiouysxzcg])(?<![^aeiouy]l)(?<![cs]h)es$"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A text in numbers: the words of each sentence, and of the words that count their syllables."""

    sentences: tuple[int, ...]
    words: tuple[str, ...]

    @property
    def long_enough(self) -> bool:
        """Whether a grade says anything."""
        return len(self.words) >= ENOUGH

    @property
    def grade(self) -> float:
        """The school grade, 0 at least; of short texts see the note above."""
        if not self.words:
            return 0.0
        sentence = sum(self.sentences) / len(self.sentences)
        word = sum(map(syllables, self.words)) / len(self.words)
        return max(0.0, 0.39 * sentence + 11.8 * word - 15.59)


def measured(text: str, names: Sequence[str] = ()) -> Measured:
    """A text without what is left out. `names` are more names: those that have no capitals, say."""
    parts = [_WORD.findall(part) for part in _ENDS.split(without_names(text, names))]
    sentences = tuple(len(words) for words in parts if any(word != FILLED_IN for word in words))
    return Measured(sentences, tuple(word for words in parts for word in words if word != FILLED_IN))


def without_names(text: str, names: Sequence[str] = (), *, capitals_are_names: bool = True) -> str:
    """The text with a mark in the place of everything that is left out.

    Where capitals are not taken for names, only what is known as a name is left out.
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, FILLED_IN)
    for pattern in _LEFT_OUT:
        text = pattern.sub(FILLED_IN, text)
    if capitals_are_names:
        text = _ONE_NAME.sub(FILLED_IN, _NAME.sub(FILLED_IN, text))
    return _LIST.sub(FILLED_IN, text)


def syllables(word: str) -> int:
    """The syllables of an English word, one at least: groups of vowels, less the silent ones. Right for most."""
    number = 0
    for part in re.split(r"['’-]", word.casefold()):
        number += (
            _syllables(part) if len(part) > 2 else part not in ("", "t", "s", "m", "d", "re", "ve", "ll")
        )
    if re.search(r"[dsz]n['’]t$", word.casefold()):  # is-n't, did-n't; but can't, won't
        number += 1
    return max(1, number)


def _syllables(part: str) -> int:
    number = len(re.findall(r"[aeiouy]+", part)) + len(_MORE.findall(part)) - len(_FEWER.findall(part))
    if number > 1 and _LAST.search(part):
        number -= 1
    return max(1, number)
