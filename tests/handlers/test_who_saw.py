"""谁看过我的资料, as people meet it."""

import pytest

from bot.permissions import OPERATOR, Actor, ActorKind, Role
from bot.services import trail
from bot.services.trail import Kind
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import assess

NOBODY = "近 90 天没有别人看过、改过您的资料。"


async def _asked(chat: Dialogue, person: str) -> str:
    return "\n".join(chat.to(person, await chat.private(person, "谁看过我的资料")))


async def test_a_person_learns_who_saw_and_changed_what_and_no_value(chat: Dialogue) -> None:
    assert await _asked(chat, "李小山") == NOBODY
    await chat.private("李小山", "同意记位置")
    await chat.private("李小山", "我在泉州")
    await chat.private("王秀英", "李小山在哪")
    await chat.private("王秀英", "谁在泉州")
    await chat.private("王秀英", "补录 李小山 报平安")
    told = await _asked(chat, "李小山")
    assert "2026-03-10 王秀英（党员、书记）看了：所在城市" in told
    assert "2026-03-10 王秀英（党员、书记）改了：报平安" in told
    assert "泉州" not in told
    assert await _asked(chat, "周海") == NOBODY
    assert await chat.group("李小山", "谁看过我的资料") == []
    english = [each.en for each in await chat.private("李小山", "who saw my data")]
    assert any("saw: your city" in each for each in english)


async def test_seeing_twice_on_a_day_is_one_line_and_ones_own_look_none(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    for _ in range(2):
        await chat.private("王秀英", "签到情况")
    await chat.private("王秀英", "签到")
    await chat.private("王秀英", "签到情况")
    assert (await _asked(chat, "李小山")).count("报平安") == 1
    assert await _asked(chat, "王秀英") == NOBODY


async def test_who_left_has_no_name_the_operator_one_word_and_jobs_none(chat: Dialogue) -> None:
    await chat.join("陈立夏", "member", "secretary")

    async def looks(work: UnitOfWork) -> None:
        me = [chat.members["李小山"]]
        other = Actor(ActorKind.PERSON, work.branch_id, chat.members["陈立夏"], frozenset({Role.SECRETARY}))
        await trail.saw(work, other, me, Kind.DUES)
        await trail.changed(work, OPERATOR, me, Kind.ROLE)
        await trail.saw(work, Actor(ActorKind.JOB, work.branch_id, None, frozenset()), me, Kind.AID)

    await chat.in_branch(looks)
    await chat.private("王秀英", "移除 陈立夏")
    await chat.private("王秀英", "是")
    told = await _asked(chat, "李小山")
    assert "一位已离开的同志看了：党费" in told
    assert "管理员改了：角色" in told
    assert "陈立夏" not in told
    assert "求助" not in told


@pytest.mark.parametrize(
    "words", ["谁看了我的电话", "谁查过我的资料？", "谁查过我", "我的资料被谁看过", "有谁改过我的信息", "who saw my phone"]
)
async def test_it_is_asked_in_many_words(chat: Dialogue, words: str) -> None:
    assert "近 90 天" in "".join(chat.to("李小山", await chat.private("李小山", words)))


async def test_a_look_at_somebody_tells_each_kind_that_it_showed(chat: Dialogue) -> None:
    await chat.private("李小山", "同意记位置")
    await chat.private("李小山", "我在深圳")
    await assess(chat, "李小山")
    await chat.private("王秀英", "孙丽 联系 李小山")
    await chat.pass_time(days=2)
    await chat.private("王秀英", "看 李小山")
    told = (await _asked(chat, "李小山")).splitlines()
    assert any("2026-03-12 王秀英" in each and all(kind in each for kind in ("党费", "名册", "所在城市", "谁联系您")) for each in told)


async def test_a_choice_that_tells_of_dues_is_a_look_at_dues(chat: Dialogue) -> None:
    await assess(chat, "李小山")
    await chat.pass_time(days=2)
    await chat.private("赵国强", "名册 在职")
    assert any("2026-03-12 赵国强" in each and "党费" in each for each in (await _asked(chat, "李小山")).splitlines())
