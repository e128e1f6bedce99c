"""提供资料, 不再提供资料, 同意提供资料, 共享记录: what of a member is given to a host, and only as they agreed."""

import json
from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.services import deployment, drawings, people, register, sharing, sharing_papers
from bot.services.register import Field, How
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen
from tests.dues_books import assess, names_in_group, said

BOSS, ONE = "王秀英", "李小山"
HOST = "佛山石湾街道党工委"


async def signed(chat: Dialogue, *, phone: bool = True) -> None:
    """An agreement stands, and the register knows something of one."""
    await said(chat, BOSS, f"签协议 {HOST} 到 2027年2月28日")
    if phone:
        await said(chat, ONE, "我的手机换成13800001234")
    await said(chat, ONE, "我是2011年7月1日入党的")
    await assess(chat, ONE)


async def asked(chat: Dialogue, *, phone: bool = True) -> list[Seen]:
    await signed(chat, phone=phone)
    return await chat.private(BOSS, f"提供资料 {ONE} 给 佛山")


def paper(seen: list[Seen]) -> Seen | None:
    """The message with a file, if there is one."""
    return next((each for each in seen if each.raw["file"]), None)


async def given(chat: Dialogue) -> str:
    """The paper is made, but neither drawn nor sent: what is said with it and stands in it."""

    async def make(work: UnitOfWork) -> str:
        boss = people.actor_of(await people.present(work, chat.members[BOSS]))
        [about] = await work.agreements.every()
        text, drawing = await sharing_papers.paper(work, boss, await people.present(work, chat.members[ONE]), about, "browser")
        return text.zh + json.dumps(drawings.opened(drawing, work.vault).data, ensure_ascii=False)

    return str(await chat.in_branch(make))


async def kinds(chat: Dialogue) -> list[str]:
    """What was given, by kind."""

    async def read(work: UnitOfWork) -> list[str]:
        return [each.kinds for each in await work.agreements.shared(list(chat.members.values()))]

    return list(await chat.in_branch(read))


async def states(chat: Dialogue, name: str = ONE) -> list[str]:
    """What somebody was asked and said."""

    async def read(work: UnitOfWork) -> list[str]:
        return [each.state for each in await work.agreements.consents_of(chat.members[name])]

    return list(await chat.in_branch(read))


async def test_the_person_is_asked_in_private_and_the_paper_comes_only_with_their_yes(chat: Dialogue) -> None:
    seen = await asked(chat)
    assert "已经私下问李小山愿不愿意" in "".join(chat.to(BOSS, seen))
    assert f"支部和{HOST}签了双向管理协议（到2027-02-28）" in "".join(chat.to(ONE, seen))
    assert paper(seen) is None
    assert "已经问过了，还没有回话" in await said(chat, BOSS, "提供资料 李小山 给 佛山")
    seen = await chat.press(ONE, "同意，不给电话")
    assert f"只告诉{HOST}您同意的这些" in "".join(chat.to(ONE, seen))
    assert f"李小山同意把资料提供给{HOST}" in "".join(chat.to(BOSS, seen))
    assert await kinds(chat) == []
    seen = await chat.press(BOSS, "拿材料")
    made = paper(seen)
    assert made is not None
    assert made.raw["file"]["name"] == "zhibu-sharing.pdf"
    assert await kinds(chat) == ["name joined category"]
    assert f"支部把您的姓名、入党时间、党费类别提供给了{HOST}" in "".join(chat.to(ONE, seen))
    assert await names_in_group(chat) == []


@pytest.mark.parametrize(("says", "shown"), [("同意，不给电话", False), ("同意，电话也给", True)])
async def test_in_the_paper_stands_what_was_agreed_to_and_nothing_else(chat: Dialogue, says: str, *, shown: bool) -> None:
    await asked(chat)
    await said(chat, ONE, "我在中建三局上班")
    await chat.press(ONE, says)

    described = await given(chat)
    assert await kinds(chat) == ["name joined category phone" if shown else "name joined category"]
    assert all(each in described for each in (ONE, HOST, "2011年7月1日", "在职", "2027-02-28", "红旗村支部"))
    assert ("138 0000 1234" in described) is shown
    assert not any(each in described for each in ("中建三局", "0757", BOSS))


@pytest.mark.parametrize(
    ("no", "yes"),
    [
        ("不要把我的信息提供给对方党组织", "我同意把资料给街道党工委"),
        ("收回同意把资料给流入地", "同意提供我的资料"),
        ("stopsharing", "allowsharing"),
    ],
)
async def test_both_are_said_in_free_words(chat: Dialogue, no: str, yes: str) -> None:
    await asked(chat)
    await chat.press(ONE, "同意，不给电话")
    assert "收回了，不再向任何党组织提供" in await said(chat, ONE, no)
    assert await states(chat) == ["withdrawn"]
    assert "您愿意把姓名" in await said(chat, ONE, yes)


ANSWERS = (
    ("同意", "agreed", False),
    ("同意不给电话", "agreed", False),
    ("同意,电话也给", "agreed", True),
    ("我不同意", "declined", False),
    ("不愿意。", "declined", False),
    ("agree, without my number", "agreed", False),
)


async def test_it_is_answered_in_words_too_but_only_in_such_as_say_so(chat: Dialogue) -> None:
    await asked(chat)
    for words in ("好", "嗯", "1"):
        await chat.private(ONE, words)
    assert await states(chat) == ["asked"]

    async def said_last(work: UnitOfWork) -> tuple[str, bool]:
        last = (await work.agreements.consents_of(chat.members[ONE]))[-1]
        return last.state, last.phone

    for words, state, phone in ANSWERS:
        await chat.private(ONE, words)
        assert await chat.in_branch(said_last) == (state, phone)
        chat.now += timedelta(minutes=1)
        await chat.private(ONE, "不再提供资料")
        await chat.private(ONE, "同意提供资料")


async def test_it_is_told_what_it_rests_on(chat: Dialogue) -> None:
    await said(chat, ONE, "共享记录")
    assert "第二十三条" in await said(chat, ONE, "依据")
    assert "表决权、选举权、被选举权在原支部" in await said(chat, BOSS, "依据 双向管理")


async def test_days_later_a_yes_to_something_else_is_no_consent(chat: Dialogue) -> None:
    await asked(chat)
    chat.now += timedelta(hours=49)
    await chat.private(ONE, "同意")
    assert await states(chat) == ["asked"]
    await chat.press(ONE, "同意，不给电话")
    assert await states(chat) == ["agreed"]


async def test_who_has_left_no_telephone_is_not_asked_about_it(chat: Dialogue) -> None:
    seen = await asked(chat, phone=False)
    assert _with("同意", seen).buttons == ("同意", "不同意")
    await chat.press(ONE, "不同意")
    assert await states(chat) == ["declined"]


async def test_each_giving_is_shown_to_the_person(chat: Dialogue) -> None:
    await asked(chat)
    assert "没有向别的党组织提供过您的资料" in await said(chat, ONE, "共享记录")
    await chat.press(ONE, "同意，不给电话")
    await given(chat)
    chat.now += timedelta(days=1)
    seen = await chat.private(BOSS, "把李小山的资料提供给佛山石湾街道")
    assert paper(seen) is not None
    told = await said(chat, ONE, "共享记录")
    assert f"2026-03-10 给{HOST}：姓名、入党时间、党费类别" in told
    assert f"2026-03-11 给{HOST}" in told
    mine = await said(chat, ONE, "我的")
    assert f"{HOST}：您同意了（2026-03-10）" in mine
    assert "把资料提供给签了协议的流入地党组织：同意" in mine
    assert "王秀英（党员、书记）导出了：给流入地党组织的材料" in await said(chat, ONE, "谁看过我的资料")


async def test_a_no_is_respected_and_never_asked_again(chat: Dialogue) -> None:
    await asked(chat)
    seen = await chat.press(ONE, "不同意")
    assert "好，不提供，以后也不再问" in "".join(chat.to(ONE, seen))
    assert f"李小山不同意把资料提供给{HOST}，不再问" in "".join(chat.to(BOSS, seen))
    before = await states(chat)
    seen = await chat.private(BOSS, "提供资料 李小山 给 佛山")
    assert "请尊重，不再问" in "".join(chat.to(BOSS, seen))
    assert chat.to(ONE, seen) == []
    await said(chat, BOSS, "签协议 新南街道 一年")
    seen = await chat.private(BOSS, "提供资料 李小山 给 新南")
    assert "请尊重，不再问" in "".join(chat.to(BOSS, seen))
    assert chat.to(ONE, seen) == []
    assert await states(chat) == before
    assert await kinds(chat) == []


async def test_a_no_to_a_second_host_leaves_the_first_yes(chat: Dialogue) -> None:
    await asked(chat)
    await chat.press(ONE, "同意，不给电话")
    chat.now += timedelta(minutes=1)
    await said(chat, BOSS, "签协议 新南街道 一年")
    await chat.private(BOSS, "提供资料 李小山 给 新南")
    await chat.press(ONE, "不同意")
    assert await states(chat) == ["agreed", "declined"]
    assert paper(await chat.private(BOSS, "提供资料 李小山 给 佛山")) is not None
    assert "不再问" in await said(chat, BOSS, "提供资料 李小山 给 新南")


async def test_consent_is_withdrawn_by_one_sentence_and_the_secretary_has_it_deleted(chat: Dialogue) -> None:
    await asked(chat)
    await chat.press(ONE, "同意，电话也给")
    await given(chat)
    seen = await chat.private(ONE, "不再提供资料")
    assert "收回了，不再向任何党组织提供您的资料" in "".join(chat.to(ONE, seen))
    assert f"李小山收回了同意。给过{HOST}的资料，请通知对方删除" in "".join(chat.to(BOSS, seen))
    assert await states(chat) == ["withdrawn"]
    seen = await chat.private(BOSS, "提供资料 李小山 给 佛山")
    assert "请尊重，不再问" in "".join(chat.to(BOSS, seen))
    assert chat.to(ONE, seen) == []
    assert await kinds(chat) == ["name joined category phone"]
    assert "您收回了同意" in await said(chat, ONE, "我的")


async def test_after_withdrawing_the_card_gives_nothing(chat: Dialogue) -> None:
    await asked(chat)
    card = _with("拿材料", await chat.press(ONE, "同意，不给电话"))
    seen = await chat.private(ONE, "不同意提供我的资料")
    assert "请通知对方删除" not in "".join(chat.to(BOSS, seen))
    seen = await chat.press(BOSS, "拿材料", card)
    assert paper(seen) is None
    assert await kinds(chat) == []


async def test_who_leaves_the_branch_is_forgotten_by_the_host_too(chat: Dialogue) -> None:
    await asked(chat)
    card = _with("拿材料", await chat.press(ONE, "同意，不给电话"))
    await given(chat)
    await chat.private(BOSS, f"移除 {ONE}")
    seen = await chat.private(BOSS, "对")
    assert f"李小山离开支部了。给过{HOST}的资料，请通知对方删除" in "".join(chat.to(BOSS, seen))
    assert paper(await chat.press(BOSS, "拿材料", card)) is None
    assert await kinds(chat) == ["name joined category"]


async def test_who_says_no_before_being_asked_is_not_asked(chat: Dialogue) -> None:
    assert "以前没有给过" in await said(chat, ONE, "不再提供资料")
    seen = await asked(chat)
    assert "请尊重，不再问" in "".join(chat.to(BOSS, seen))
    assert not any("双向管理协议（到" in each for each in chat.to(ONE, seen))


async def test_a_no_can_be_changed_by_the_person_alone(chat: Dialogue) -> None:
    assert "现在没有要您同意的" in await said(chat, ONE, "同意提供资料")
    await asked(chat)
    await chat.press(ONE, "不同意")
    chat.now += timedelta(minutes=1)
    seen = await chat.private(ONE, "同意提供资料")
    assert "您愿意把姓名" in "".join(chat.to(ONE, seen))
    seen = await chat.press(ONE, "同意，不给电话")
    assert "李小山同意把资料提供给" in "".join(chat.to(BOSS, seen))
    assert await states(chat) == ["declined", "agreed"]
    assert HOST in await given(chat)


async def test_undo_says_how_to_take_it_back(chat: Dialogue) -> None:
    await asked(chat)
    await chat.press(ONE, "同意，不给电话")
    assert "发“不再提供资料”" in await said(chat, ONE, "撤销")
    await chat.press(BOSS, "拿材料")
    assert "材料请别转，删掉" in await said(chat, BOSS, "撤销")


@pytest.mark.parametrize("ends", ["结束协议 佛山", "签"])
async def test_without_an_agreement_in_force_nothing_is_given(chat: Dialogue, ends: str) -> None:
    await asked(chat)
    card = _with("拿材料", await chat.press(ONE, "同意，不给电话"))
    if ends == "签":
        await _over(chat)
    else:
        await said(chat, BOSS, ends)
    seen = await chat.press(BOSS, "拿材料", card)
    assert "不能提供" in "".join(chat.to(BOSS, seen))
    assert paper(seen) is None
    assert "还没有双向管理协议" in await said(chat, BOSS, "提供资料 李小山 给 佛山")
    assert await kinds(chat) == []


async def test_an_answer_after_the_agreement_is_over_gives_nothing(chat: Dialogue) -> None:
    await asked(chat)
    await _over(chat)
    seen = await chat.press(ONE, "同意，不给电话")
    assert "不在有效期" in "".join(chat.to(ONE, seen))
    assert chat.to(BOSS, seen) == []
    assert await states(chat) == ["asked"]


async def test_the_one_who_ends_it_hears_of_how_many_something_was_given(chat: Dialogue) -> None:
    await asked(chat)
    await chat.press(ONE, "同意，不给电话")
    await given(chat)
    assert "给过对方 1 位同志的资料，请通知对方删除" in await said(chat, BOSS, "结束协议 佛山")


async def test_an_agreement_under_which_something_was_given_is_not_undone(chat: Dialogue) -> None:
    await asked(chat)
    made = await chat.in_branch(_made)
    await chat.in_branch(_given, chat.members[ONE], made)
    await chat.in_branch(_deed, chat.members[BOSS], made)
    assert "撤不回来了" in await said(chat, BOSS, "撤销")


WRONG = (
    ("提供资料", "请写上姓名和对方"),
    ("提供资料 123 给 佛山", "请写上姓名和对方"),
    ("提供资料 张不在 给 佛山", "没有找到“张不在”"),
    ("提供资料 李小山 给 广州", "没有和“广州”的有效协议"),
    ("提供资料 " + "、".join(f"李小{each}" for each in "一二三四五六七八九十甲") + " 给 佛山", "一次最多 10 位"),
)


async def test_what_is_not_understood_is_said_and_nobody_is_asked(chat: Dialogue) -> None:
    await signed(chat)
    for words, told in WRONG:
        assert told in await said(chat, BOSS, words)
    assert await states(chat) == []


async def test_with_one_agreement_the_host_need_not_be_named_and_several_are_asked_at_once(chat: Dialogue) -> None:
    await signed(chat)
    seen = await chat.private(BOSS, "提供资料 李小山、周海")
    assert len(chat.to(BOSS, seen)) >= 1
    assert await states(chat) == ["asked"]
    assert await states(chat, "周海") == ["asked"]


async def test_who_has_no_account_cannot_be_asked(chat: Dialogue) -> None:
    await signed(chat)

    async def add(work: UnitOfWork) -> None:
        work.members.add("何春梅", "He Chunmei", ["member"])

    await chat.in_branch(add)
    assert "何春梅还没有绑定账号" in await said(chat, BOSS, "提供资料 何春梅 给 佛山")


async def test_nobody_else_may_ask_or_take(chat: Dialogue) -> None:
    await signed(chat)
    assert "需要书记来做" in await said(chat, "周海", "提供资料 李小山 给 佛山")
    assert "需要书记来做" in await said(chat, "赵国强", "向佛山提供李小山的资料")
    assert await states(chat) == []


async def test_somebody_elses_question_is_not_theirs_to_answer(chat: Dialogue) -> None:
    question = _with("同意，不给电话", await asked(chat))
    await chat.press_data("周海", question, question.data[0])
    assert await states(chat) == ["asked"]
    await chat.press(ONE, "同意，不给电话")
    await chat.press(ONE, "不同意", question)
    assert await states(chat) == ["agreed"]


async def test_where_the_one_who_asked_lost_the_office_another_hears(chat: Dialogue) -> None:
    await asked(chat)

    async def change(work: UnitOfWork) -> None:
        await work.members.appoint(chat.members["吴芳"], "secretary")
        await work.members.dismiss(chat.members[BOSS], "secretary")

    await chat.in_branch(change)
    seen = await chat.press(ONE, "同意，不给电话")
    assert any("李小山同意把资料提供给" in each for each in chat.to("吴芳", seen))
    assert chat.to(BOSS, seen) == []


async def test_who_did_not_answer_for_a_month_may_be_asked_once_more(chat: Dialogue) -> None:
    await asked(chat)
    chat.now += timedelta(days=31)
    assert "已经私下问李小山" in await said(chat, BOSS, "提供资料 李小山 给 佛山")
    assert await states(chat) == ["asked", "asked"]


async def test_abroad_neither_names_nor_the_paper_are_sent(chat: Dialogue) -> None:
    await asked(chat)
    await chat.press(ONE, "同意，不给电话")

    async def take(work: UnitOfWork) -> None:
        boss = people.actor_of(await people.present(work, chat.members[BOSS]))
        [about] = await work.agreements.every()
        with pytest.raises(UserError, match="not sent here"):
            await sharing_papers.paper(work, boss, await people.present(work, chat.members[ONE]), about, "telegram")
        assert await deployment.asks_consent(work, "telegram")
        told = await sharing.ask(work, boss, await people.present(work, chat.members["周海"]), about, "telegram")
        assert "周海" not in told.zh

    await chat.in_branch(take)
    assert await kinds(chat) == []


async def test_a_telephone_taken_out_of_the_register_since_is_not_given(chat: Dialogue) -> None:
    await signed(chat)

    async def change(work: UnitOfWork) -> None:
        actor = people.actor_of(await people.present(work, chat.members[ONE]))
        await register.change(work, actor, chat.members[ONE], {Field.PHONE: None}, how=How.OWN)

    await chat.private(BOSS, "提供资料 李小山 给 佛山")
    await chat.press(ONE, "同意，电话也给")
    await chat.in_branch(change)
    await given(chat)
    assert await kinds(chat) == ["name joined category"]


def _with(label: str, seen: list[Seen]) -> Seen:
    """The message with a button of that label."""
    return next(each for each in seen if label in each.buttons)


async def _made(work: UnitOfWork) -> int:
    return (await work.agreements.every())[0].id


async def _given(work: UnitOfWork, member: MemberId, made: int) -> None:
    about = await work.agreements.get(made)
    assert about is not None
    work.agreements.share(member, about, "name", None)


async def _deed(work: UnitOfWork, member: MemberId, made: int) -> None:
    work.deeds.add(member, "agreement_made", {"agreement": made})


async def _over(chat: Dialogue) -> None:
    """The agreement's last day was yesterday."""

    async def change(work: UnitOfWork) -> None:
        [about] = await work.agreements.every()
        day = work.now.date() - timedelta(days=1)
        work.agreements.change(about, since=day, until=day)

    await chat.in_branch(change)


@pytest.mark.parametrize("words", ["我不同意把资料给别人", "别把我的信息给别人", "不要把我的资料告诉外人"])
async def test_giving_data_to_others_is_refused_in_free_words(chat: Dialogue, words: str) -> None:
    assert "不提供您的资料" in await said(chat, "李小山", words)


async def test_a_question_that_names_the_old_day_is_over_with_a_renewal(chat: Dialogue) -> None:
    seen = await asked(chat)
    card = next(each for each in seen if "同意，电话也给" in each.buttons)
    await said(chat, BOSS, f"续协议 {HOST} 到 2030年2月28日")
    assert "已经用过或过期" in "".join(chat.to(ONE, await chat.press(ONE, "同意，电话也给", card)))
    assert await states(chat) == ["lapsed"]
    with pytest.raises(UserError):
        await given(chat)


async def test_undoing_a_renewal_brings_no_consent_back_that_was_withdrawn_since(chat: Dialogue) -> None:
    await asked(chat)
    await chat.press(ONE, "同意，电话也给")
    await said(chat, BOSS, f"续协议 {HOST} 到 2030年2月28日")
    await said(chat, ONE, "不再提供资料")
    await said(chat, BOSS, "撤销")
    assert "agreed" not in await states(chat)
    await chat.pass_time(days=3)
    assert "您愿意" in await said(chat, ONE, "同意提供资料")
    with pytest.raises(UserError):
        await given(chat)


async def test_undoing_a_renewal_leaves_the_consent_as_it_was_given(chat: Dialogue) -> None:
    await asked(chat)
    await chat.press(ONE, "同意，电话也给")
    await chat.pass_time(minutes=1)
    await said(chat, BOSS, f"续协议 {HOST} 到 2030年2月28日")
    await said(chat, BOSS, "撤销")
    assert await states(chat) == ["agreed"]
    assert "到 2027-02-28" in await said(chat, BOSS, "双向管理")
    assert await given(chat)
