"""The register: the SharePoint lists that people fill in, declared once for all who make, read or show them.

Each list holds the least that its promises need; a `present` promise of an agreement may name any column.
"""

from models import columns
from models.agreement import Route
from models.columns import RegisterList

GROUPS = "Groups"
FORUM_REPS = "Forum reps"
CONTACTS = "Contacts"
TERM_DATES = "Term dates"
CLOSED_DAYS = "Closed days"
VENUES = "Venues"
PAPERS = "Papers"
FORWARD_PLAN = "Forward plan"
REQUESTS = "Co-production requests"
CONSULTATIONS = "Consultations and surveys"
REVIEWS = "Reviews and reports"

_GROUPS = RegisterList(
    GROUPS,
    "The groups that meet, whose calendar they are in, and how their papers go out.",
    (
        columns.title("Group", "What people call the group."),
        columns.words("MeetingType", "Type of meeting", "As the agreement calls it.", required=True),
        columns.words("Calendar", "Calendar", "The shared mailbox. Never a person's own."),
        columns.words("MatchWords", "Words in the title", "Words that stand in the titles of its meetings."),
        columns.choice("PapersRoute", "How papers go out", "Where we look for its papers.", *Route),
        columns.role("Officer", "Officer", "The role that looks after the group, such as Board Manager."),
        columns.role("Deputy", "Deputy", "The role that steps in when the officer is away."),
        columns.day("MeetsFrom", "Meets from", "Its first day. Leave empty if it has always met."),
        columns.day("MeetsUntil", "Meets until", "Its last day. Leave empty if it goes on."),
    ),
)

_FORUM_REPS = RegisterList(
    FORUM_REPS,
    "Which forum role sits on which group, and where its mail goes. Few people may open this list.",
    (
        columns.title("Role", "The role, such as Forum rep for the Inclusion group. Not a name."),
        columns.group("The group this role sits on."),
        columns.words("Address", "Mail address", "Where the weekly mail goes.", required=True),
        columns.yes_no("NoMail", "Stop the weekly mail", "Yes stops the mail."),
    ),
)

_CONTACTS = RegisterList(
    CONTACTS,
    "The roles that are told or asked, and the address each can be reached at.",
    (
        columns.title("Role", "The role, such as SEND Partnership Board Manager."),
        columns.choice("Partner", "Partner", "Who it works for.", "council", "NHS", "forum", required=True),
        columns.words("Address", "Mail address", "A work address.", required=True),
        columns.role("StandIn", "Stand-in", "The role to ask when this one is away."),
        columns.yes_no("Away", "Away now", "Yes sends its mail to the stand-in."),
    ),
)

_TERM_DATES = RegisterList(
    TERM_DATES,
    "When schools are open: one row for each unbroken stretch of term, or each day off inside it.",
    (
        columns.words("Title", "Authority", "The council whose dates these are.", required=True),
        columns.words("School", "School", "Only for a school that differs from its council."),
        columns.words("SchoolYear", "School year", "Such as 2026/27.", required=True, indexed=True),
        columns.words("Term", "Term", "What people call it, such as Autumn 1.", required=True),
        columns.choice(
            "DayKind", "What it is", "Term or not.", "term", "holiday", "INSET day", required=True
        ),
        columns.day("FirstDay", "First day", "The first day.", required=True, indexed=True),
        columns.day("LastDay", "Last day", "The last day. It counts too.", required=True),
        columns.link("Source", "Source", "Where the dates were published."),
        columns.role("CheckedBy", "Checked by", "The role that checked them."),
        columns.plain_date("CheckedOn", "Checked on", "When they were checked."),
        columns.day("CoveredUntil", "Covered until", "The last day that the source tells of."),
    ),
)

_CLOSED_DAYS = RegisterList(
    CLOSED_DAYS,
    "Days on which the partners do not work, besides weekends and bank holidays.",
    (
        columns.title("Reason", "Why it is closed. People will see this."),
        columns.day("Day", "Day", "The day.", required=True, indexed=True),
    ),
)

_VENUES = RegisterList(
    VENUES,
    "Places where meetings are held, and whether everybody can get in and take part.",
    (
        columns.title("Venue", "The name, as it stands in invitations."),
        columns.words("Place", "Street and town", "Where it is."),
        columns.answer(
            "Accessible", "Accessible", "Can all get in and take part? Leave it empty until checked."
        ),
        columns.answer("StepFree", "Step-free", "No steps from the street to the room."),
        columns.answer("Toilet", "Accessible toilet", "A toilet that a wheelchair user can use."),
        columns.answer("HearingLoop", "Hearing loop", "A hearing loop in the room."),
        columns.answer("Parking", "Blue badge parking", "Parking close to the door."),
        columns.plain_date("CheckedOn", "Checked on", "When somebody last looked."),
    ),
)

_PAPERS = RegisterList(
    PAPERS,
    "When the papers of each meeting went out: the row that a person ticks.",
    (
        columns.title("Meeting", "The meeting, such as SEND Partnership Board."),
        columns.group("The group that meets."),
        columns.day("MeetingDate", "Meeting date", "The day of the meeting.", required=True, indexed=True),
        columns.words("MeetingKey", "Meeting key", "The program fills this in.", indexed=True),
        columns.day("SentOn", "They went out on", "The day when all the papers had gone to the forum."),
        columns.day("ComingOn", "They will come on", "The day you expect, if they are late."),
        columns.words("Reason", "Why they are late", "One short sentence. The forum sees it."),
        columns.yes_no("NoPapers", "No papers this time", "Yes if this meeting has no papers."),
        columns.link("Link", "Where they are", "A link to the papers, if there is one."),
    ),
)

_FORWARD_PLAN = RegisterList(
    FORWARD_PLAN,
    "Work that is coming, so that the forum can plan.",
    (
        columns.title("Piece of work", "A few plain words. No names of families."),
        columns.role("Lead", "Who leads it", "The role that leads the work."),
        columns.choice(
            "Status", "Where it is", "How far.", "coming", "under way", "done", "stopped", required=True
        ),
        columns.day("StartsOn", "Starts on", "When the work with parents starts.", indexed=True),
        columns.day("EndsOn", "Ends on", "When it ends."),
        columns.day("ReviewedOn", "Looked at on", "When the chair and the manager last did."),
        columns.day("AtExecutiveOn", "At the Executive on", "The last meeting that had it."),
    ),
)

_REQUESTS = RegisterList(
    REQUESTS,
    "What services ask of the forum: one row for each request form.",
    (
        columns.title("Request", "A few plain words. No names of families."),
        columns.words("Service", "Service", "The service that asks.", required=True),
        columns.role("Lead", "Who leads it", "The role to talk to."),
        columns.choice(
            "WorkKind",
            "What it is",
            "What parents would take part in.",
            "engagement event",
            "formal consultation",
            "survey",
            "other",
            required=True,
        ),
        columns.words("Objectives", "What we hope to learn", "What you want parents to help with."),
        columns.words("Limits", "What can't change", "Money, law or time. None is an answer too."),
        columns.day("ReceivedOn", "Reached the forum on", "When the chair and manager had it.", indexed=True),
        columns.day("StartsOn", "Starts on", "When parents are first asked.", indexed=True),
        columns.yes_no("SentToBoth", "Sent to both", "The chair and the Board Manager both have it."),
        columns.day("DiscussedOn", "Talked about on", "When the chair and the manager talked with the lead."),
        columns.choice(
            "Status", "Where it is", "How far.", "new", "talked about", "agreed", "stopped", "done"
        ),
    ),
)

_CONSULTATIONS = RegisterList(
    CONSULTATIONS,
    "What is open to parents, when, and what they heard back.",
    (
        columns.title("What it is about", "A few plain words."),
        columns.choice(
            "WorkKind",
            "What it is",
            "A formal consultation has rules that a survey does not.",
            "formal consultation",
            "information event",
            "survey",
            required=True,
        ),
        columns.yes_no("ForumInvolved", "With the forum", "The forum was asked to help."),
        columns.day("ForumAskedOn", "Forum asked on", "When the forum was first asked."),
        columns.day("OpensOn", "Opens on", "The first day.", required=True, indexed=True),
        columns.day("ClosesOn", "Closes on", "The last day.", required=True, indexed=True),
        columns.day("LearningSharedOn", "Learning shared on", "When the forum heard what was learned."),
        columns.day("TellParentsBy", "Tell parents by", "The day both partners set."),
        columns.day("ToldParentsOn", "Told parents on", "When parents heard what changed, or why not."),
        columns.link("Link", "Where it is", "A link to it."),
    ),
)

_REVIEWS = RegisterList(
    REVIEWS,
    "What the partners look at again from time to time, and when they last did.",
    (
        columns.title("What", "A few plain words, such as Protocol review."),
        columns.choice(
            "Subject",
            "Subject",
            "What was looked at.",
            "protocol",
            "meeting structure",
            "shared measures",
            "joint plan",
            "staff training",
            "offer of support",
            "report to the Board",
            required=True,
        ),
        columns.group("The group that did it, if one did.", required=False),
        columns.day("DoneOn", "Done on", "When it was done.", indexed=True),
        columns.day("NextBy", "Next by", "When it is due again, if both partners set a day."),
        columns.link("Link", "Where it is", "A link to the outcome."),
    ),
)

REGISTER = (
    _GROUPS,
    _FORUM_REPS,
    _CONTACTS,
    _TERM_DATES,
    _CLOSED_DAYS,
    _VENUES,
    _PAPERS,
    _FORWARD_PLAN,
    _REQUESTS,
    _CONSULTATIONS,
    _REVIEWS,
)

LIST_OF_ITEM = {"venue": VENUES, "request": REQUESTS, "consultation": CONSULTATIONS}


def register_list(name: str) -> RegisterList:
    """The list of that name; KeyError where the register has none."""
    for register_list in REGISTER:
        if register_list.name == name:
            return register_list
    raise KeyError(name)


def list_of(item: str) -> RegisterList:
    """The list in which a `present` promise looks for a venue, a request or a consultation."""
    return register_list(LIST_OF_ITEM[item])
