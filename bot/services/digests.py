"""One message a month instead of single reminders (少发点), for those who asked for that."""

from datetime import datetime

from bot.permissions import Actor, Permission, Subject, require
from bot.texts import Text
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork


async def gather(work: UnitOfWork, actor: Actor, until: datetime) -> dict[MemberId, list[Text]]:
    """What waits since before a moment for each member's digest, each once and the oldest first; taken out of the outbox."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    letters = [letter for letter in await work.outbox.kept_back("digest") if letter.created_at < until]
    gathered: dict[MemberId, dict[Text, None]] = {}
    for letter in letters:
        fresh = letter.good_until is None or letter.good_until > work.now
        if fresh and letter.member_id is not None and letter.content:
            text = Text(letter.content["zh"], letter.content["en"])
            gathered.setdefault(letter.member_id, {})[text] = None
    if letters:
        await work.outbox.drop(letters)
    present = {member.id for member in await work.members.present()} if letters else set()
    return {member: list(texts) for member, texts in gathered.items() if member in present}
