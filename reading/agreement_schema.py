"""The shape of an agreement for editors: JSON Schema, so that they complete names and mark mistakes.

Made from the model, so that it can't say anything else than the program does; only the words that an
editor shows beside each name are written here.
"""

from typing import Any

from models.agreement import TEST_OF, Agreement

DRAFT = "https://json-schema.org/draft/2020-12/schema"

TOLD = {
    "Agreement": {
        "agreement": "What the partners call their agreement.",
        "id": "A short name in small letters and hyphens. Do not change it once the program runs.",
        "agreed_on": "The day it was agreed, without quotes: 2024-01-11.",
        "next_review": "The day on which the partners will look at the agreement again. What was found and said "
        "is kept until a year after it. Empty: a year after agreed_on, and then each year.",
        "question": "Asked when the file is first used, such as: Is this still your agreement?",
        "source": "Where the agreement was published.",
        "working_days": "Which days count.",
        "terms": "Whose school terms count.",
        "year_starts": "The month in which the year of your reports starts, such as april. Quarters count from it.",
        "telling": "Who hears what nobody has answered, when, and how often.",
        "meeting_types": "The kinds of meeting, in your own words.",
        "groups": "The groups that meet.",
        "promises": "The promises, in the order of the agreement.",
    },
    "CountingRule": {
        "bank_holidays": "Whose bank holidays are days off.",
        "saturdays": "Whether a Saturday is a working day.",
        "count": "counted: the day of sending counts, the day of the meeting does not. clear: neither does. "
        "unsettled: the partners have not said.",
    },
    "TermsRule": {
        "main": "The council whose school terms count.",
        "also_warn": "Other councils whose holidays are worth a word. They never make a promise missed.",
    },
    "TellingRule": {
        "manager": "The role of the partnership manager, as in the list Contacts.",
        "forum_chair": "The role of the forum's chair, as in the list Contacts.",
        "second_after": "How many working days we wait, and then ask once more. The deputy or the manager hears too.",
        "third_after": "Working days after that until the forum's chair and the manager hear.",
        "messages_a_week": "At most so many messages to an officer in any seven days. 2 is what we advise.",
        "urgent_a_week": "At most so many urgent mails to a forum rep in a week, beside the weekly one.",
        "managers_day": "The day of the manager's weekly list, such as Monday. Empty: when there is something new.",
    },
    "Group": {
        "name": "What people call the group.",
        "formerly": "The names it had before, the oldest first: so that what is known of it stays with it.",
        "type": "Its kind of meeting: one of meeting_types.",
        "calendar": "The mail address of the shared calendar that its meetings are in.",
        "match": "Words in the titles of its meetings, for groups that share a calendar.",
        "papers": "How its papers go out: the only place where we look for them.",
        "library": "The document library on the site, where its papers are put in one. Empty: Meeting papers.",
        "since": "Its first day, without quotes.",
        "until": "Its last day, without quotes.",
        "officer": "The role that looks after it. Never a name.",
        "deputy": "The role that steps in.",
    },
    "Promise": {
        "id": "A short name, such as P04.",
        "clause": "The clause of the agreement, in quotes.",
        "says": "The agreement's own words.",
        "strength": "firm (will), aim (should, whenever possible) or intent (a shared value).",
        "by": "Who made the promise.",
        "to": "Whom it was made to.",
        "watched": "not yet: listed, but the program can't check it so far.",
        "operator": "What kind of promise it is.",
        "applies_to": "The types of meeting that it covers.",
        "test": "What exactly is checked.",
        "on": "Off until both chairs turn it on.",
        "warn": "How many working days before the due day a silence is worth a word.",
        "holiday_pause": "Whether it rests in the school holidays.",
        "override": "Who may agree to something else, such as: both chairs, with a reason.",
        "valid_from": "The first day it holds, without quotes.",
        "valid_to": "The last day it holds, without quotes.",
        "owner": "The role that puts it right. Never a name.",
        "audience": "Who may see how it stands. Only [forum] keeps it out of the council's records.",
        "asks": "The one kind question that the owner hears.",
    },
    "NoticeTest": {
        "thing": "What must come in time.",
        "least": "How long before, at least.",
        "unit": "What is counted.",
    },
    "WindowTest": {
        "from": "The earliest start, in quotes.",
        "to": "The latest end, in quotes.",
    },
    "CalendarTest": {
        "inside": "The day must be in term.",
        "outside": "The day must not be in term.",
        "combine": "Which calendars must agree, where there are several.",
    },
    "ShareTest": {
        "of": "What sort of meeting is counted.",
        "more_than": "More than this share of them; 0.5 is half.",
        "months": "Over how many months.",
    },
    "PresentTest": {
        "item": "What must have it.",
        "field": "The column of the register that must be filled in.",
    },
}


def agreement_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an agreement, for the editor in which people write it."""
    schema = Agreement.model_json_schema()
    parts: dict[str, Any] = schema.pop("$defs")
    parts |= {test.__name__: test.model_json_schema() for test in TEST_OF.values()}
    whole = {name: part for name, part in schema.items() if name not in ("title", "description")}
    parts["Agreement"] = whole
    for name, told in TOLD.items():
        for field, description in told.items():
            parts[name]["properties"][field] |= {"description": description}
    parts["Promise"]["allOf"] = [_test_of(str(operator), test.__name__) for operator, test in TEST_OF.items()]
    del parts["Agreement"]
    return {
        "$schema": DRAFT,
        "title": "A partnership's agreement",
        "description": "What partners promised each other about meetings, as Protocol Watch reads it.",
        **whole,
        "$defs": parts,
    }


def _test_of(operator: str, test: str) -> dict[str, Any]:
    """A promise that is watched must have the test that its operator means."""
    watched = {"not": {"properties": {"watched": {"const": "not yet"}}, "required": ["watched"]}}
    named = {"properties": {"operator": {"const": operator}}, "required": ["operator"]}
    then = {"properties": {"test": {"$ref": f"#/$defs/{test}"}}, "required": ["test", "applies_to"]}
    return {"if": {"allOf": [named, watched]}, "then": then}
