"""Cards that words may answer for a while."""

from datetime import timedelta

from bot.services import asking
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def test_a_card_that_was_armed_is_a_card_again_when_something_else_is_asked(chat: Dialogue) -> None:
    async def ask(work: UnitOfWork) -> tuple[str, list[tuple[str, bool]]]:
        member, choices = chat.members["周海"], (Choice(Text("好", "yes")),)
        await asking.opened(work, member, Ask("aid_agree", Text("?", "?"), choices, timedelta(days=1), card=True))
        await work.questions.arm("aid_agree", since=work.now)
        armed = await work.questions.latest(member)
        await asking.opened(work, member, Ask("aid_draft", Text("?", "?"), choices))
        return armed.kind if armed else "", [(each.kind, each.card) for each in await work.questions.of(member)]

    kind, standing = await chat.in_branch(ask)
    assert kind == "aid_agree"
    assert sorted(standing) == [("aid_agree", True), ("aid_draft", False)]
