"""What waits for somebody without a signal waits thirty days."""

from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from tests.dialogue import Dialogue


async def test_each_gets_their_own_after_thirty_days_and_the_others_nothing(chat: Dialogue) -> None:
    for person, days in (("周海", 0), ("吴芳", 3)):
        await chat.days_pass(days)
        await chat.private(person, "出海")
        words = Text(f"给{person}的", f"for {person}")
        await chat.in_branch(posting.to_member, chat.members[person], Outgoing(words), priority=Priority.REMINDER)
    seen = await chat.days_pass(28)
    assert ["给周海的" in each for each in chat.to("周海", seen)] == [True]
    assert chat.to("吴芳", seen) == []
    assert ["给吴芳的" in each for each in chat.to("吴芳", await chat.days_pass(3))] == [True]
    assert chat.to("李小山", seen) == []


async def test_lessons_that_were_missed_are_counted(study: Dialogue) -> None:
    await study.private("周海", "出海")
    assert "条，想看发“补课”" in study.to("周海", await study.days_pass(31))[0]
