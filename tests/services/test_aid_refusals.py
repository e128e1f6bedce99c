"""What the services of mutual help refuse, whoever calls them: others' appeals and offers, late answers, jobs that ask for help."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.errors import UserError
from bot.permissions import Actor, ActorKind, Permission
from bot.services import aid_cases, aid_drafts, aid_endings, aid_offers, aid_wording
from bot.services.aid_words import NONE
from bot.services.people import actor_of
from storage.unit_of_work import UnitOfWork
from tests.appeals import ASKER, posted
from tests.dialogue import Dialogue

Deed = Callable[[UnitOfWork, Actor, Any, Any], Awaitable[object]]
OTHERS: list[Deed] = [
    lambda work, actor, appeal, _: aid_drafts.answered(work, actor, {"appeal": appeal, "step": "kind", "values": ["skip"]}, 0, ""),
    lambda work, actor, appeal, _: aid_drafts.decided(work, actor, {"appeal": appeal}, 0),
    lambda work, actor, appeal, _: aid_wording.consented(work, actor, {"appeal": appeal}, given=True),
    lambda work, actor, appeal, _: aid_wording.decided(work, actor, {"appeal": appeal, "text": "x"}, 0),
    lambda work, actor, appeal, _: aid_endings.decided(work, actor, {"appeal": appeal}, 0),
    lambda work, actor, _, offer: aid_offers.choose(work, actor, {"offer": offer}, wanted=True),
    lambda work, actor, _, offer: aid_offers.agree(work, actor, {"offer": offer}, agreed=True),
    lambda work, actor, _, offer: aid_offers.say_what(work, actor, {"offer": offer}, "x"),
    lambda work, actor, _, offer: aid_offers.ask_contact(work, actor, {"offer": offer}),
    lambda work, actor, _, offer: aid_offers.pass_on(work, actor, {"offer": offer}, "x"),
    lambda work, actor, _, offer: aid_offers.done(work, actor, {"offer": offer}, helped=True),
    lambda work, actor, _, offer: aid_offers.undo(work, actor, {"offer": offer}),
    lambda work, actor, _, __: aid_offers.undo(work, actor, {"offer": 1}),
    lambda work, actor, _, __: aid_endings.undo_close(work, actor, {"appeal": 1}),
]


async def refused(chat: Dialogue, who: str, deed: Deed) -> UserError:
    """What somebody is told who tries a deed on the appeal A1 and the offer to it."""

    async def trying(work: UnitOfWork) -> None:
        member = await work.members.get(chat.members[who])
        appeal = await work.appeals.numbered(1)
        assert member is not None
        assert appeal is not None
        await deed(work, actor_of(member), appeal.id, (await work.aid_offers.to(appeal.id))[0].id)

    with pytest.raises(UserError) as error:
        await chat.in_branch(trying)
    return error.value


@pytest.mark.parametrize("deed", OTHERS)
async def test_what_is_somebody_elses_is_not_there(chat: Dialogue, deed: Deed) -> None:
    await posted(chat)
    await chat.private("周海", "我能帮 A1 我有空")
    assert (await refused(chat, "吴芳", deed)).text == NONE


@pytest.mark.parametrize("deed", OTHERS[5:7])
async def test_once_it_is_over_nobody_is_put_in_touch(chat: Dialogue, deed: Deed) -> None:
    await posted(chat)
    await chat.private("周海", "我能帮 A1 我有空")
    await chat.private(ASKER, "解决了")
    for who in (ASKER, "周海"):
        assert (await refused(chat, who, deed)).text


async def test_words_for_an_offer_may_be_too_long_or_too_late(chat: Dialogue) -> None:
    await posted(chat)
    await chat.press("周海", "我能帮")
    assert chat.to("周海", await chat.private("周海", "很" * 300)) == [aid_offers.TOO_LONG.zh]
    await chat.press(ASKER, "不用了")
    assert chat.to("周海", await chat.private("周海", "我有空")) == [aid_offers.THANKS.zh]


async def test_helped_twice_is_helped_once(chat: Dialogue) -> None:
    await posted(chat)
    await chat.private("周海", "我能帮 A1 我有空")
    await chat.press(ASKER, "愿意联系")
    await chat.press("周海", "愿意")

    async def twice(work: UnitOfWork) -> list[object]:
        member = await work.members.get(chat.members["周海"])
        appeal = await work.appeals.numbered(1)
        assert member is not None
        assert appeal is not None
        data = {"offer": (await work.aid_offers.to(appeal.id))[0].id}
        return [await aid_offers.done(work, actor_of(member), data, helped=True) for _ in range(2)]

    assert await chat.in_branch(twice) == [aid_offers.HELPED] * 2


async def test_a_job_asks_for_no_help_and_offers_none(chat: Dialogue) -> None:
    job = Actor(ActorKind.JOB, chat.branch, None, frozenset())

    async def asking(work: UnitOfWork) -> None:
        aid_cases.speaker(work, job, Permission.ASK_AID)

    with pytest.raises(LookupError):
        await chat.in_branch(asking)


async def test_a_province_is_no_city_and_a_city_in_a_sentence_is_found(chat: Dialogue) -> None:
    for each in ("求助", "其他"):
        await chat.private(ASKER, each)
    assert "没认出“广东”" in chat.to(ASKER, await chat.private(ASKER, "广东"))[0]
    assert "要大家帮什么" in chat.to(ASKER, await chat.private(ASKER, "就在武汉那边"))[0]


async def test_both_words_together_may_not_pass_a_thousand_characters(chat: Dialogue) -> None:
    await chat.private(ASKER, "求助 " + "难" * 600)
    for each in ("放弃", "求助"):
        await chat.private(ASKER, each)
    await chat.private(ASKER, "难" * 600)
    assert "哪座城市" in chat.to(ASKER, await chat.private(ASKER, "求助"))[0]
    assert chat.to(ASKER, await chat.private(ASKER, "求助 " + "别的事" * 200)) == [aid_drafts.TOO_LONG.zh]


async def test_a_draft_given_up_at_the_last_question_is_gone(chat: Dialogue) -> None:
    await chat.private(ASKER, "求助 家里被洪水淹了")
    for _ in range(3):
        seen = await chat.private(ASKER, "跳过")
    assert chat.to(ASKER, await chat.press(ASKER, "放弃", seen[-1])) == ["好，这份求助不写了，写过的也删了。"]
    await chat.private("周海", "求助")
    assert chat.to("周海", await chat.private("周海", "放弃")) == ["好，这份求助不写了，写过的也删了。"]
