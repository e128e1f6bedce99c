"""docs/retention.md: of every table that says something about a person, how long its rows are kept; a test walks all tables."""

BEGIN, END = "<!-- retention -->", "<!-- /retention -->"

MEMBER = "as long as they are a member; 30 days after they left it is erased with them"
BOOKS = "stays: accounting records; numbers, no names"

KEPT: dict[str, str] = {
    "account": MEMBER,
    "agreement": "three years after it ended; names no member",
    "aid_alarm": "30 days",
    "aid_mute": MEMBER,
    "aid_offer": "words: 30 days after the appeal was closed; the rest " + MEMBER,
    "appeal": "words: 30 days after it was closed, of drafts 30 days; the rest " + MEMBER,
    "bulletin": "its words go when it ends; the rest " + MEMBER,
    "care_contact": "until the end of the next year; the day and the kind, never what was said",
    "care_prompt": "30 days",
    "care_wish": MEMBER,
    "check_in": "90 days; then only the last date",
    "consent": MEMBER + ", also a no, so that nobody asks again",
    "daily_question": MEMBER + "; or until they end it",
    "deed": "10 minutes",
    "departure": "a year after the return, a draft 7 days",
    "discussion_voice": "until the discussion ends",
    "dues_assessment": MEMBER,
    "dues_claim": MEMBER,
    "dues_closing": BOOKS,
    "dues_elsewhere": MEMBER,
    "dues_reduction": "the reason until it is decided, 180 days at the most; the rest " + MEMBER,
    "dues_reminding": MEMBER,
    "fund_case": BOOKS,
    "import_batch": "7 days; names no member but who imported",
    "import_preview": "an hour; sealed",
    "inbox": "30 days; no words",
    "invite": "30 days after it ended; its hash only",
    "ledger_entry": BOOKS,
    "ledger_line": BOOKS,
    "lesson_seen": MEMBER + "; or until they delete it",
    "liaison": "three years after it ended",
    "link": "until it ends; its hash only",
    "mutual": "with the agreement; names no member",
    "news_digest": "what the branch posted; who wrote a note is not kept in it",
    "news_note": "until the digest is posted",
    "notice": "what the branch announced stays; its author's number is emptied when they are erased",
    "notice_read": MEMBER,
    "outbox": "words until it arrived, 7 days at the most; where it stands 37 days",
    "pairing": "a year after it ended",
    "pairing_visit": "words: a year; the rest with the pairing",
    "payout": "words: 180 days; the rest stays as a voucher of the fund: numbers, no names",
    "payout_approval": "words: 180 days; the rest as the payout",
    "place": "the present one only; or until they delete it",
    "pledge": "words: 180 days; the rest stays as a voucher of the fund: a number, no name",
    "policy": "stays: what the branch decided; by a number",
    "question": "until it is answered or ends",
    "reflection": "a year; or until they delete it",
    "register": MEMBER + "; what is not about membership until they delete it",
    "register_change": "three years",
    "review_card": MEMBER + "; or until they delete it",
    "role": MEMBER,
    "seek_campaign": "stays; names nobody but, by a number, who began it",
    "seek_passing": "40 days",
    "seek_task": "a year after they were found; a no " + MEMBER,
    "sharing": "three years (PIPL art. 56); what kinds, never the words",
    "sharing_consent": "three years where it was asked or withdrawn; a yes or no " + MEMBER,
    "skill": MEMBER + "; or until they delete it",
    "study_time": "until the end of the next year",
    "tombstone": "three years: a number, so that a restore erases again",
    "trail_entry": "three years (PIPL art. 56): numbers and kinds",
    "transcript": "7 days (the browser chat's own record)",
    "unit_member": MEMBER,
    "unit_office": MEMBER,
    "visitor": "30 days",
}
"""By table; whoever adds a table about a person says here how long, and `bot.services.retention` does it."""


def table() -> str:
    """The table, sorted by name."""
    rows = ["| table | kept |", "| --- | --- |"]
    return "\n".join([*rows, *(f"| `{name}` | {KEPT[name]} |" for name in sorted(KEPT))])
