"""未送达, as the secretary meets it."""

from bot.messages import Outgoing, Priority
from bot.services import deliveries, posting
from bot.services import undelivered as letters
from bot.texts import Text
from storage.keys import AccountKey, ChatKey
from storage.unit_of_work import UnitOfWork
from tests.claiming import claim
from tests.dialogue import Dialogue

WORDS = Text("这是一句私话。", "A private word.")


async def _unreachable(chat: Dialogue, person: str) -> None:
    async def lose(work: UnitOfWork) -> None:
        await work.accounts.unbind_all(chat.members[person])

    await chat.in_branch(lose)
    await chat.in_branch(posting.to_member, chat.members[person], Outgoing(WORDS), priority=Priority.NOTICE)


async def test_whom_nothing_reached_is_listed_with_the_reason_but_not_the_words(chat: Dialogue) -> None:
    await _unreachable(chat, "周海")
    (told,) = chat.to("王秀英", await chat.private("王秀英", "未送达"))
    assert "周海：1 条，还没在私聊里打过招呼" in told
    assert WORDS.zh not in told


async def test_when_all_arrived_that_is_said(chat: Dialogue) -> None:
    for words in ("未送达", "哪些没送到"):
        assert chat.to("王秀英", await chat.private("王秀英", words)) == ["都送到了，没有落下的。"]


async def test_talk_about_a_parcel_in_the_group_is_left_alone(chat: Dialogue) -> None:
    assert chat.to("王秀英", await chat.group("王秀英", "没送到")) == []


async def test_a_member_may_not_ask(chat: Dialogue) -> None:
    await _unreachable(chat, "周海")
    assert "周海" not in "".join(chat.to("李小山", await chat.private("李小山", "未送达")))


async def test_on_a_platform_abroad_only_those_who_agreed_are_named(chat: Dialogue) -> None:
    await _unreachable(chat, "周海")
    await _unreachable(chat, "吴芳")

    async def lines(work: UnitOfWork) -> list[str]:
        from bot.services.people import actor_of

        work.consents.put(chat.members["吴芳"], "abroad", given=True)
        secretary = await work.members.get(chat.members["王秀英"])
        assert secretary
        return [line.zh for line in await letters.undelivered(work, actor_of(secretary), "telegram")]

    assert await chat.in_branch(lines) == ["吴芳：1 条，还没在私聊里打过招呼", "另有 1 人，请在网页看。"]


async def test_a_group_that_is_gone_is_called_the_group(chat: Dialogue) -> None:
    async def fail(work: UnitOfWork) -> None:
        key = AccountKey("nowhere", "x", "1")
        await posting.to_chat(work, (await work.chats.of_branch())[0].key._replace(platform=key.platform), Outgoing(WORDS))
        (letter,) = [each for each in await claim(work, 5, {("nowhere", "web")}) if each.chat]
        await deliveries.give_up(work, letter, "gone")

    await chat.in_branch(fail)
    seen = await chat.pass_time(minutes=1)
    assert "有消息没送到，发“未送达”看是哪些。" in chat.to("王秀英", seen)
    assert "支部群：1 条，平台没有收下" in chat.to("王秀英", await chat.private("王秀英", "未送达"))[0]


async def test_of_several_groups_it_is_said_which(chat: Dialogue) -> None:
    keys = [ChatKey("qq", "main", "g1"), ChatKey("onebot", "main", "g2")]

    async def fail(work: UnitOfWork) -> None:
        for key, title in zip(keys, ("红旗村支部群", "外出党员群"), strict=True):
            work.chats.bind(key, title)
        await posting.to_chat(work, keys[1], Outgoing(WORDS))
        (letter,) = [each for each in await claim(work, 5, {("onebot", "main")}) if each.chat]
        await deliveries.give_up(work, letter, "gone")

    await chat.in_branch(fail)
    assert "QQ群 外出党员群：1 条，平台没有收下" in chat.to("王秀英", await chat.private("王秀英", "未送达"))[0]
