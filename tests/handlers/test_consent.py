"""同意, as people meet it: what may be kept and sent, given and withdrawn by one sentence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.messages import Outgoing, Priority
from bot.services import deployment, posting
from bot.services.abroad import AGREED, DECLINED
from bot.services.consents import ASK_ABROAD
from bot.services.location_consent import ALLOWED, DELETED, LEFT, NONE_KEPT, STOPPED, STOPPED_ASK
from bot.services.location_consent import DECLINED as LOCATION_DECLINED
from bot.services.my_consents import WHICH
from bot.services.place_questions import ASK_CONSENT
from bot.services.places import NONE_YET, REFUSED
from bot.texts import Text
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import STRANGER, Dialogue, Seen

HARBIN, GUANGZHOU = 230100, 440100
ME = "李小山"


async def read(chat: Dialogue, function: Callable[[UnitOfWork], Any]) -> Any:
    async def reading(work: UnitOfWork) -> Any:
        return await function(work)

    return await chat.in_branch(reading)


async def code(chat: Dialogue, person: str = ME) -> int | None:
    found = await read(chat, lambda work: work.places.get(chat.members[person]))
    return found.code if found else None


async def answer_kept(chat: Dialogue, purpose: str = "location") -> bool | None:
    found = await read(chat, lambda work: work.consents.get(chat.members[ME], purpose))
    return found.given if found else None


async def known_by_questions(chat: Dialogue) -> list[Any]:
    kinds = ["consent_location", "place_choice", "place_city"]
    return [each.data for each in await read(chat, lambda work: work.questions.unanswered(kinds))]


def only(chat: Dialogue, seen: list[Seen]) -> str:
    assert len(seen) == 1, seen
    assert chat.in_group(seen) == []
    return chat.to(ME, seen)[0]


# Location


@pytest.mark.parametrize("group", [False, True])
async def test_before_the_consent_nothing_is_kept_and_the_question_comes_in_private(chat: Dialogue, *, group: bool) -> None:
    asked = await (chat.group(ME, "我在哈尔滨") if group else chat.private(ME, "我在哈尔滨"))
    assert only(chat, asked) == ASK_CONSENT.zh
    assert asked[0].buttons == ("同意", "不同意")
    assert await code(chat) is None
    assert await read(chat, lambda work: work.deeds.of_kind("place")) == []


@pytest.mark.parametrize("yes", ["同意", "好", "1", "可以", "yes", "同意记位置"])
async def test_with_a_yes_what_was_said_is_kept(chat: Dialogue, yes: str) -> None:
    await chat.private(ME, "我在哈尔滨")
    assert "记为黑龙江省哈尔滨市" in only(chat, await chat.private(ME, yes))
    assert await code(chat) == HARBIN
    assert await answer_kept(chat) is True
    assert await known_by_questions(chat) == []


@pytest.mark.parametrize("no", ["不同意", "不要", "2", "no"])
async def test_with_a_no_nothing_is_kept_and_it_is_not_asked_again(chat: Dialogue, no: str) -> None:
    await chat.private(ME, "我在哈尔滨")
    assert only(chat, await chat.private(ME, no)) == LOCATION_DECLINED.zh
    assert await code(chat) is None
    assert await known_by_questions(chat) == []
    assert await chat.group(ME, "我在哈尔滨") == []
    assert only(chat, await chat.private(ME, "我在哈尔滨")) == REFUSED.zh
    assert await code(chat) is None


async def test_the_buttons_answer_as_well_and_once(chat: Dialogue) -> None:
    asked = await chat.private(ME, "我在哈尔滨")
    await chat.press(ME, "同意")
    assert await code(chat) == HARBIN
    assert "用过或过期" in only(chat, await chat.press_data(ME, asked[0], asked[0].data[1]))
    assert await answer_kept(chat) is True


async def test_somebody_else_cannot_answer_it(chat: Dialogue) -> None:
    asked = await chat.private(ME, "我在哈尔滨")
    await chat.press_data("周海", asked[0], asked[0].data[0])
    assert await answer_kept(chat) is None


async def test_after_the_consent_an_ambiguous_place_is_still_asked_back(chat: Dialogue) -> None:
    await chat.private(ME, "我在南山")
    assert only(chat, await chat.private(ME, "同意")).startswith("是下面哪一处")
    assert await code(chat) is None
    await chat.private(ME, "1")
    assert await code(chat) == 230404


async def test_in_the_group_it_is_asked_once_while_the_question_is_open_and_what_was_said_is_kept_nowhere(chat: Dialogue) -> None:
    for words in ("我在哈尔滨", "@支部机器人 我在哈尔滨", "@支部机器人 哈尔滨", "报到 哈尔滨"):
        await chat.group(ME, words)
        assert [known["codes"] for known in await known_by_questions(chat)] == [[]]
    assert await chat.group(ME, "我到广州了") == []
    await chat.card(ME, 45.75, 126.63, group=True)
    assert [known["codes"] for known in await known_by_questions(chat)] == [[]]
    assert only(chat, await chat.private(ME, "同意")) == ALLOWED.zh
    assert await code(chat) is None
    await chat.private(ME, "我在广州")
    assert await code(chat) == GUANGZHOU


async def test_what_is_said_in_the_group_afterwards_replaces_what_was_said_in_private(chat: Dialogue) -> None:
    await chat.private(ME, "我在哈尔滨")
    assert await chat.group(ME, "我到广州了") == []
    assert only(chat, await chat.private(ME, "同意")) == ALLOWED.zh
    assert await code(chat) is None


async def test_a_place_said_in_private_waits_ten_minutes_for_the_consent_and_is_then_erased(chat: Dialogue) -> None:
    await chat.private(ME, "我在哈尔滨")
    assert [known["codes"] for known in await known_by_questions(chat)] == [[HARBIN]]
    chat.now += timedelta(minutes=10)
    assert only(chat, await chat.private(ME, "同意")) == ALLOWED.zh
    assert await code(chat) is None


async def test_the_question_goes_on_without_the_place_and_tells_of_none(chat: Dialogue) -> None:
    await chat.private(ME, "我在哈尔滨")
    await chat.pass_time(minutes=20)
    assert [known["codes"] for known in await known_by_questions(chat)] == [[]]
    assert "等您回答、还没记的" not in "".join(chat.to(ME, await chat.private(ME, "我的")))
    assert only(chat, await chat.private(ME, "位置")) == NONE_YET.zh
    assert only(chat, await chat.private(ME, "我在广州")) == ASK_CONSENT.zh


@pytest.mark.parametrize("words", ["删除我的位置", "以后别记我位置"])
async def test_an_answer_still_on_its_way_does_not_tell_the_place_afterwards(chat: Dialogue, words: str) -> None:
    await chat.private(ME, "我在哈尔滨")

    async def away(work: UnitOfWork) -> None:
        for account in await work.accounts.of(chat.members[ME]):
            await work.accounts.change(account.key, private_chat=None)

    await chat.in_branch(away)
    await chat.group(ME, "同意记位置")
    await chat.group(ME, words)
    unsent = [each.content["zh"] for each in await read(chat, lambda work: work.outbox.undelivered()) if each.content]
    assert unsent
    assert "哈尔滨" not in "".join(unsent)


async def test_an_answer_after_the_question_expired_keeps_nothing(chat: Dialogue) -> None:
    await chat.private(ME, "我在哈尔滨")
    await chat.pass_time(days=2)
    assert only(chat, await chat.private(ME, "同意")) == WHICH.zh
    assert (await code(chat), await answer_kept(chat)) == (None, None)


async def test_consent_can_be_given_of_ones_own_accord(chat: Dialogue) -> None:
    await chat.private(ME, "以后别记我位置")
    assert only(chat, await chat.private(ME, "同意记位置")) == ALLOWED.zh
    await chat.private(ME, "我在哈尔滨")
    assert await code(chat) == HARBIN


async def test_consent_given_in_the_group_answers_the_open_question_in_private(chat: Dialogue) -> None:
    await chat.private(ME, "我在哈尔滨")
    assert "哈尔滨" in only(chat, await chat.group(ME, "同意记位置"))
    assert await code(chat) == HARBIN


@pytest.mark.parametrize(
    "text", ["以后别记我位置", "以后别记我位置了。", "别记我位置", "请不要再记录我的位置了", "stop my place", "/stopplace"]
)
async def test_consent_is_withdrawn_by_one_sentence_and_deleting_is_offered(chat: Dialogue, text: str) -> None:
    await chat.private(ME, "我在哈尔滨")
    await chat.private(ME, "同意")
    assert only(chat, await chat.private(ME, text)) == STOPPED_ASK.zh
    assert await answer_kept(chat) is False
    assert await read(chat, lambda work: work.deeds.of_kind("place")) == []
    assert only(chat, await chat.private(ME, "删")) == DELETED.zh
    assert await code(chat) is None


async def test_what_was_kept_may_stay_but_is_not_changed_any_more(chat: Dialogue) -> None:
    await chat.private(ME, "我在哈尔滨")
    await chat.private(ME, "同意")
    await chat.private(ME, "以后别记我位置")
    assert only(chat, await chat.private(ME, "留着")) == LEFT.zh
    assert await chat.group(ME, "我在广州") == []
    assert await code(chat) == HARBIN


async def test_withdrawing_with_nothing_kept_offers_nothing(chat: Dialogue) -> None:
    assert only(chat, await chat.private(ME, "以后别记我位置")) == STOPPED.zh
    assert await answer_kept(chat) is False


async def test_withdrawing_in_the_group_takes_effect_and_is_answered_in_private(chat: Dialogue) -> None:
    assert only(chat, await chat.group(ME, "以后别记我位置了")) == STOPPED.zh
    assert await answer_kept(chat) is False


@pytest.mark.parametrize("text", ["以后别记我位置", "删除我的位置"])
async def test_a_place_that_waits_in_a_question_goes_as_well(chat: Dialogue, text: str) -> None:
    await chat.private(ME, "我在哈尔滨")
    await chat.private(ME, text)
    assert await known_by_questions(chat) == []


async def test_deleting_takes_the_place_and_what_could_be_gone_back_to(chat: Dialogue) -> None:
    await chat.private(ME, "我在哈尔滨")
    await chat.private(ME, "同意")
    await chat.private(ME, "我在广州")
    assert only(chat, await chat.private(ME, "删除我的位置")) == DELETED.zh
    assert await code(chat) is None
    assert await read(chat, lambda work: work.deeds.of_kind("place")) == []
    await chat.private(ME, "撤销")
    assert await code(chat) is None


async def test_deleting_takes_what_a_secretary_could_restore(chat: Dialogue) -> None:
    await chat.private(ME, "我在哈尔滨")
    await chat.private(ME, "同意")
    await chat.private("王秀英", f"补录 {ME} 在广州")
    await chat.private("王秀英", f"补录 {ME} 在南山")
    await chat.private(ME, "删除我的位置")
    assert await known_by_questions(chat) == []
    await chat.private("王秀英", "撤销")
    assert await code(chat) is None


@pytest.mark.parametrize("text", ["删除我的位置", "把我的位置删了", "帮我删掉我的位置信息", "/deleteplace"])
async def test_deleting_nothing_says_so(chat: Dialogue, text: str) -> None:
    assert only(chat, await chat.private(ME, text)) == NONE_KEPT.zh


@pytest.mark.parametrize("text", ["别记我位置上的名字", "位置删了吗", "以后别记他位置"])
async def test_talk_about_something_else_withdraws_nothing(chat: Dialogue, text: str) -> None:
    assert await chat.group(ME, text) == []
    assert await answer_kept(chat) is None


async def test_deleting_leaves_the_consent_so_that_a_place_can_be_said_again(chat: Dialogue) -> None:
    await chat.private(ME, "我在哈尔滨")
    await chat.private(ME, "同意")
    await chat.private(ME, "delete my place")
    await chat.private(ME, "我在广州")
    assert await code(chat) == GUANGZHOU


async def test_a_stranger_gives_and_withdraws_nothing(chat: Dialogue) -> None:
    for text in ("同意", "不同意", "同意记位置", "以后别记我位置", "删除我的位置"):
        assert await chat.group(STRANGER, text) == []
    assert "我还不认识您" in chat.to(STRANGER, await chat.private(STRANGER, "同意记位置"))[0]


# Abroad


@pytest.fixture
async def abroad(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> Dialogue:
    """The browser stands for a platform abroad; one member has not been introduced yet."""
    monkeypatch.setattr(deployment, "ABROAD", frozenset({"browser"}))

    async def not_introduced(work: UnitOfWork) -> None:
        for account in await work.accounts.of(chat.members[ME]):
            await work.accounts.change(account.key, introduced_at=None, private_chat=None)

    await chat.in_branch(not_introduced)
    return chat


async def test_until_the_answer_nothing_about_a_person_goes_abroad(abroad: Dialogue) -> None:
    told = abroad.to(ME, await abroad.private(ME, "签到"))
    assert len(told) == 2
    assert told[1] == ASK_ABROAD.zh


@pytest.mark.parametrize("button", [False, True])
async def test_a_yes_lets_go_what_was_held(abroad: Dialogue, *, button: bool) -> None:
    await abroad.private(ME, "签到")
    seen = await (abroad.press(ME, "同意") if button else abroad.private(ME, "同意"))
    told = "\n".join(abroad.to(ME, seen))
    assert AGREED.zh in told
    assert "收到，一路平安" in told
    assert await answer_kept(abroad, "abroad") is True


@pytest.mark.parametrize("button", [False, True])
async def test_a_no_drops_what_was_held_and_says_how_else(abroad: Dialogue, *, button: bool) -> None:
    await abroad.private(ME, "签到")
    seen = await (abroad.press(ME, "不同意") if button else abroad.private(ME, "不同意"))
    assert only(abroad, seen) == DECLINED.zh
    assert await answer_kept(abroad, "abroad") is False
    await abroad.private(ME, "同意")
    assert "收到，一路平安" not in str(abroad.shown)


@pytest.mark.parametrize("state", ["waiting", "digest"])
async def test_a_no_drops_whatever_waits_and_what_could_be_edited(abroad: Dialogue, state: str) -> None:
    async def write(work: UnitOfWork) -> None:
        await work.members.change(abroad.members[ME], digest=state == "digest")
        me = abroad.members[ME]
        await posting.to_member(work, me, Outgoing(Text.plain("夜里等着的一句")), priority=Priority.REMINDER, slot="late")

    async def left(work: UnitOfWork) -> list[Any]:
        rows = await work.rows(select(outbox.c.content).where(outbox.c.member_id == abroad.members[ME], outbox.c.slot == "late"))
        return [row.content for row in rows]

    await abroad.private(ME, "同意")
    await abroad.private(ME, "同意")
    await abroad.pass_time(hours=14)
    await abroad.in_branch(write)
    await abroad.app.drain()
    assert len(await abroad.in_branch(left)) == 1
    assert only(abroad, await abroad.private(ME, "不同意")) == DECLINED.zh
    assert await abroad.in_branch(left) == []
    assert abroad.to(ME, await abroad.pass_time(hours=9)) == []


async def test_a_yes_to_the_platform_is_not_taken_for_a_yes_to_the_place(abroad: Dialogue) -> None:
    told = abroad.to(ME, await abroad.private(ME, "我在哈尔滨"))
    assert ASK_CONSENT.zh not in told
    seen = await abroad.private(ME, "同意")
    assert ASK_CONSENT.zh in "\n".join(abroad.to(ME, seen))
    assert (await answer_kept(abroad, "abroad"), await answer_kept(abroad)) == (True, None)
    assert await code(abroad) is None
    await abroad.private(ME, "同意")
    assert await code(abroad) == HARBIN


@pytest.mark.parametrize(("first", "then"), [(True, False), (False, True)])
async def test_one_may_change_ones_mind_by_the_same_word(abroad: Dialogue, *, first: bool, then: bool) -> None:
    words = {True: "同意", False: "不同意"}
    await abroad.private(ME, "你好")
    await abroad.private(ME, words[first])
    seen = await abroad.private(ME, words[then])
    assert {True: AGREED, False: DECLINED}[then].zh in "\n".join(abroad.to(ME, seen))
    assert await answer_kept(abroad, "abroad") is then


async def test_the_question_answered_elsewhere_is_answered(abroad: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    await abroad.private(ME, "你好")
    monkeypatch.setattr(deployment, "ABROAD", frozenset({"telegram"}))
    assert only(abroad, await abroad.private(ME, "不同意")) == DECLINED.zh
    assert await answer_kept(abroad, "abroad") is False


@pytest.mark.parametrize("word", ["同意", "不同意"])
async def test_without_a_question_the_words_do_nothing(chat: Dialogue, word: str) -> None:
    assert only(chat, await chat.private(ME, word)) == WHICH.zh
    assert await chat.group(ME, word) == []
    assert await answer_kept(chat, "abroad") is None
