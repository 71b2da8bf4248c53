"""What `provision` says: a line for each list, and the exact command where an administrator must act first."""

from collections.abc import Iterator

from models import spoken
from models.diaries import Looks
from wording.plain import LINE, clean
from wording.provisioned import ListDone, Provisioned, Rotated, Subscribed

GRANT = "./infra/scripts/Grant-Site.ps1 -Site {site} -AppId {app} -Role {role}"

ROTATED = """\
New secret words lie in {client_state} and {signing_key}. Only you can read these files.

Do this in order:
1. Put both into the vault, then delete the files:
   az keyvault secret set --vault-name <vault> --name client-state --file {client_state}
   az keyvault secret set --vault-name <vault> --name signing-key --file {signing_key}
2. Restart the app, so that it knows them:
   az functionapp restart --name <app> --resource-group <group>
3. Set PROTOCOL_WATCH_CLIENT_STATE to the new word here too, then:
   protocol-watch provision --resubscribe

Microsoft 365 can't change the word of a subscription, so step 3 makes each one anew. The old word is not
honoured: between steps 2 and 3 we don't believe what Microsoft 365 tells us. Nothing is lost by that, because
the timer reads every calendar.

{links}

The addresses of the workflows can't be changed from here. In Teams, make the workflow anew, put its address
into the vault (teams-workflow-url or manager-workflow-url), restart the app, then delete the old workflow.
"""

LINKS_GO_ON = """\
The file of the signing key also holds the keys of before, behind the new one. So links in mails that were sent go
on working. To end those links, leave only the first word in it, before step 1."""
LINKS_STOP = """\
Links that were signed with the old key stop working at step 2. To keep them, set PROTOCOL_WATCH_SIGNING_KEY here
to the old key, put these files away, and type the command again."""


def provision_text(done: Provisioned) -> str:
    """Everything for a person at the terminal."""
    return "\n".join(_lines(done))


def provision_json(done: Provisioned) -> dict[str, object]:
    """The same for programs."""
    return {
        "dry_run": done.dry,
        "in_order": done.in_order,
        "lists": [
            {
                "name": one.name,
                "made": one.made,
                "added": list(one.added),
                "looks": list(one.looks),
                "refused": one.refused,
            }
            for one in done.lists
        ],
        "ask_an_administrator": list(_grant_lines(done)),
        "subscriptions": {
            "wanted": done.subscribed.wanted,
            "made": done.subscribed.made,
            "renewed": done.subscribed.renewed,
            "removed": done.subscribed.removed,
            "failed": done.subscribed.failed,
            "why_not": done.subscribed.why_not,
        },
        "calendars": [
            {"mailbox": one.mailbox, "looks": one.looks.value, "because": one.because} for one in done.diaries
        ],
        "own_diary_reason": done.reason,
        "stopped": done.stopped,
    }


def rotated_text(new: Rotated) -> str:
    """Where the new words lie, where they go, and in which order."""
    links = LINKS_GO_ON if new.former else LINKS_STOP
    return ROTATED.format(
        client_state=clean(new.client_state), signing_key=clean(new.signing_key), links=links
    )


def _lines(done: Provisioned) -> Iterator[str]:
    if done.dry:
        yield "This only says what would be done. Nothing is changed."
    yield from _diary_lines(done)
    if done.stopped:
        yield "Nothing was made."
        return
    if not done.site:
        yield "No site is set, so no list is made: set PROTOCOL_WATCH_SITE to the partnership's site."
    for one in done.lists:
        yield from _list_lines(one, dry=done.dry)
    if done.dry and any(one.changed for one in done.lists):
        yield "To make lists we need the role 'manage' on the site. If it is lacking, 'provision' says how to ask."
    yield from _grant_lines(done)
    yield _subscribed(done.subscribed, dry=done.dry)
    if done.site and done.in_order and not done.dry and any(one.changed for one in done.lists):
        yield "Protocol Watch needs 'manage' no more. Ask your administrator to give it back:"
        yield f"  {GRANT.format(site=done.site, app=done.app, role='write')}"


def _list_lines(one: ListDone, *, dry: bool) -> Iterator[str]:
    name = f"List '{one.name}'"
    if one.refused:
        yield clean(one.refused)
    elif one.made:
        yield f"{name}: {'would be made' if dry else 'made'}."
    elif one.added:
        columns = spoken.listed([f"'{column}'" for column in one.added])
        yield f"{name}: {'would get' if dry else 'got'} {columns}."
    else:
        yield f"{name}: there, nothing to do."
    yield from (f"  {clean(look)} We leave it as it is." for look in one.looks)


def _grant_lines(done: Provisioned) -> Iterator[str]:
    if done.needs_grant:
        yield ""
        yield "Send this to a SharePoint administrator:"
        yield f"  Please let Protocol Watch make its lists on {done.site}, and on no other site:"
        yield f"  {GRANT.format(site=done.site, app=done.app, role='manage')}"
        yield "  It may take some minutes to work. Then type 'protocol-watch provision' again."
        yield ""


def _diary_lines(done: Provisioned) -> Iterator[str]:
    for one in done.diaries:
        which = f"The calendar of {clean(one.mailbox, LINE)}"
        if one.looks is Looks.OWN and not done.reason:
            yield (
                f"{which} looks like a person's own diary: {one.because}. Use a shared mailbox. If it must be this "
                "one, an administrator says why: protocol-watch provision --own-diary 'the reason'."
            )
        elif one.looks is Looks.OWN:
            yield f"{which} looks like a person's own diary. It is read, for this reason: {clean(done.reason)}."
        else:
            yield (
                f"We can't tell whether the calendar of {clean(one.mailbox, LINE)} is a shared one ({one.because}). "
                "If it is a person's own diary, use a shared mailbox, or say why not with --own-diary."
            )


def _subscribed(done: Subscribed, *, dry: bool) -> str:
    if done.why_not:
        return clean(done.why_not)
    if not (done.made or done.renewed or done.removed or done.failed):
        return f"Subscriptions: {done.wanted} there, nothing to do."
    parts = [
        spoken.count(number, "subscription") + f" {verb}"
        for number, verb in (
            (done.made, "to make" if dry else "made"),
            (done.renewed, "to renew" if dry else "renewed"),
            (done.removed, "to remove" if dry else "removed"),
            (
                done.failed,
                "could not be made: see whether the app runs and is reached at PROTOCOL_WATCH_PUBLIC_URL",
            ),
        )
        if number
    ]
    return f"Subscriptions: {'; '.join(parts)}."
