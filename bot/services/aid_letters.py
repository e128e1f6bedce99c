"""Private letters that carry an appeal's words or a name: they are stopped with it, whatever they still wait for.

Each has a slot of its own under its appeal and its reader's part in it, and keeps it wherever the letter goes (`storage.outbox.ONCE`).
"""

from bot.messages import Outgoing, Priority
from bot.rules.appeals import State
from bot.services import asking, posting
from bot.services.aid_words import state_name, tag
from bot.services.asking import Ask
from bot.texts import Text
from storage.appeals import Appeal
from storage.keys import MemberId
from storage.outbox import ONCE
from storage.unit_of_work import UnitOfWork

OFFICER, ASKER, HELPER = "officer", "asker", "helper"
"""Whom a letter is for."""
ABOUT = ("aid_verify", "aid_reason", "aid_health", "aid_wording", "aid_own_words", "aid_truth", "aid_draft", "aid_ending")
"""Questions about an appeal that have no answer any more once it is over."""
OVER = Text("求助 {tag}：{state}。", "Appeal {tag}: {state}.")


def _slot(appeal: Appeal, part: str = "") -> str:
    return f"{ONCE}aid:{appeal.id}:{part}" if part else f"{ONCE}aid:{appeal.id}"


async def send(work: UnitOfWork, appeal: Appeal, reader: MemberId, outgoing: Outgoing, *, part: str, priority: Priority) -> None:
    """Write to a reader about an appeal."""
    await posting.to_member(work, reader, outgoing, priority=priority, slot=f"{_slot(appeal, part)}:{work.new_id()}")


async def ask(work: UnitOfWork, appeal: Appeal, reader: MemberId, asked: Ask, *, part: str) -> None:
    """Ask a reader about an appeal; where nothing else is asked of them, words answer, too."""
    await send(work, appeal, reader, await asking.prepare(work, reader, asked), part=part, priority=Priority.NOTICE)
    await work.questions.arm(asked.kind, since=work.now)


async def stop(work: UnitOfWork, appeal: Appeal, part: str = "", reader: MemberId | None = None) -> None:
    """Take out what has not arrived; of one part or one reader, if given."""
    await work.outbox.drop_unsent(_slot(appeal, part), reader)


async def recall(work: UnitOfWork, appeal: Appeal) -> None:
    """An appeal is over: nothing about it arrives any more, and the officers' letters say only how it ended, unless it was posted."""
    await stop(work, appeal)
    if appeal.state in {State.WITHDRAWN, State.DECLINED}:
        over = posting.pack(Outgoing(OVER(tag=tag(appeal.number), state=state_name(appeal))))
        for letter in await work.outbox.in_slots(_slot(appeal, OFFICER)):
            await work.outbox.replace(letter, {**over, "only_edit": True}, work.now)
    for each in await work.questions.unanswered(ABOUT):
        if each.data.get("appeal") == appeal.id or each.data.get("number") == appeal.number:
            work.questions.spend(each)
