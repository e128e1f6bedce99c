"""绑定, 绑定本群 and the first words: how a branch, its people and its group come to be."""

import re

import pytest
from sqlalchemy import func, select

from bot.errors import UserError
from bot.messages import EventKind, Outgoing
from bot.permissions import OPERATOR
from bot.rules.codes import ALPHABET
from bot.services import browser_chat, deployment, invitations, membership, posting
from bot.services.groups import ALREADY, NOT_BOUND, TAKEN
from bot.services.invitations import ADDED, BOUND, LOCKED, NO_CODE, WELCOME, WRONG
from bot.services.strangers import BIND_FIRST, BIND_FIRST_HERE, TURNED_AWAY
from bot.texts import Language, Text
from handlers.binding import BOUND as GROUP_BOUND
from handlers.binding import HELLO, IN_GROUP, NO_GROUP, NOT_DONE, UNBOUND
from storage.keys import AccountKey, BranchId, ChatKey
from storage.tables import account, inbox, invite, member, outbox, question, visitor
from storage.tables import chat as chats
from storage.unit_of_work import UnitOfWork
from tests.dialogue import STRANGER, Dialogue
from tests.elsewhere import GROUP, Elsewhere

CODE = re.compile(f"[{ALPHABET}]{{8}}")


def code_in(texts: list[str]) -> str:
    return CODE.findall(" ".join(texts))[0]


async def code_for(chat: Dialogue, name: str) -> str:
    return code_in(chat.to("王秀英", await chat.private("王秀英", f"邀请 {name}")))


async def rows(chat: Dialogue, *tables: object) -> dict[str, int]:
    async def count(work: UnitOfWork) -> dict[str, int]:
        return {each.name: int((await work.rows(select(func.count()).select_from(each)))[0][0]) for each in tables}  # type: ignore[attr-defined]

    counted: dict[str, int] = await chat.run(count)
    return counted


async def choose(chat: Dialogue) -> None:
    await chat.run(deployment.remember, language=Language.ZH, operator="", abroad_is_own_choice=True)


# Founding


async def test_a_branch_is_founded_by_a_code_and_its_secretary_is_told_what_comes_next(chat: Dialogue) -> None:
    code = await chat.run(membership.found, OPERATOR, "青山村支部", "郑平")
    assert CODE.fullmatch(code)
    seen = chat.to("new", await chat.private("new", f"绑定 {code}"))
    assert "您好，我是青山村支部的机器人" in seen[0]
    assert "书记郑平" in seen[0]
    assert "绑定本群" in seen[-1]
    assert any("书记" in text for text in chat.to("new", await chat.private("new", "权限")))


async def test_a_new_code_for_the_secretary_ends_the_old_one(chat: Dialogue) -> None:
    first = await chat.run(membership.found, OPERATOR, "青山村支部", "郑平")

    async def again(work: UnitOfWork) -> str:
        work.enter(next(each.id for each in await work.branches.all() if each.name == "青山村支部"))
        return await membership.new_secretary_code(work, OPERATOR, "郑平")

    second = await chat.run(again)
    assert chat.to("new", await chat.private("new", f"绑定 {first}")) == [WRONG.zh]
    assert "书记" in " ".join(chat.to("new", await chat.private("new", f"绑定 {second}")))


async def test_a_new_code_needs_to_know_for_which_secretary(chat: Dialogue) -> None:
    await chat.private("王秀英", "任命 李小山 书记")
    with pytest.raises(UserError, match="several secretaries"):
        await chat.in_branch(membership.new_secretary_code, OPERATOR)
    with pytest.raises(UserError, match="no such secretary"):
        await chat.in_branch(membership.new_secretary_code, OPERATOR, "周海")
    assert CODE.fullmatch(await chat.in_branch(membership.new_secretary_code, OPERATOR, "李小山"))


# Codes


@pytest.mark.parametrize(
    "form", ["绑定 {code}", "绑定 陈远 {code}", "绑定{code}", "/bind {code}", "/start {code}", "bind {code}", "绑定：{code}"]
)
async def test_a_code_binds_in_every_form(chat: Dialogue, form: str) -> None:
    code = await code_for(chat, "陈远")
    seen = chat.to("new", await chat.private("new", form.format(code=code)))
    assert seen[-1] == WELCOME.zh
    assert chat.to("new", await chat.private("new", "签到"))[0].startswith("收到")


async def test_a_code_may_be_typed_small_and_wide(chat: Dialogue) -> None:
    code = await code_for(chat, "陈远")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code.lower())
    assert chat.to("new", await chat.private("new", f"绑定 {wide}"))[-1] == WELCOME.zh


async def test_a_name_beside_the_code_does_not_matter(chat: Dialogue) -> None:
    code = await code_for(chat, "陈远")
    await chat.private("new", f"绑定 王秀英 {code}")
    assert "陈远" in " ".join(chat.to("王秀英", await chat.private("王秀英", "邀请 陈远")))
    assert "已经绑定" in " ".join(chat.to("王秀英", await chat.private("王秀英", "邀请 陈远")))


async def test_used_expired_and_guessed_codes_get_the_same_sentence(chat: Dialogue) -> None:
    used = await code_for(chat, "陈远")
    await chat.private("first", f"绑定 {used}")
    expired = await code_for(chat, "何静")
    chat.now += invitations.LIVES
    before = await rows(chat, account)
    for code in (used, expired, "ACDEFGHJ"):
        assert chat.to("second", await chat.private("second", f"绑定 {code}")) == [WRONG.zh]
    assert await rows(chat, account) == before


async def test_a_code_is_kept_only_as_a_hash(chat: Dialogue) -> None:
    code = await code_for(chat, "陈远")

    async def kept(work: UnitOfWork) -> list[str]:
        return [row.code_hash for row in await work.rows(select(invite.c.code_hash))]

    assert [len(each) for each in await chat.run(kept)] == [64]
    assert code not in str(await chat.run(kept))


async def test_five_wrong_codes_lock_an_account_for_an_hour_even_for_the_right_one(chat: Dialogue) -> None:
    code = await code_for(chat, "陈远")
    for _ in range(4):
        assert chat.to("new", await chat.private("new", "绑定 AAAAAAAA")) == [WRONG.zh]
    assert chat.to("new", await chat.private("new", "绑定 AAAAAAAA")) == [LOCKED.zh]
    assert chat.to("new", await chat.private("new", f"绑定 {code}")) == []
    await chat.pass_time(minutes=59)
    assert chat.to("new", await chat.private("new", f"绑定 {code}")) == []
    await chat.pass_time(minutes=2)
    assert chat.to("new", await chat.private("new", "绑定 AAAAAAAA")) == [WRONG.zh]
    assert chat.to("new", await chat.private("new", f"绑定 {code}"))[-1] == WELCOME.zh


async def test_a_lock_is_one_accounts_and_nobody_elses(chat: Dialogue) -> None:
    code = await code_for(chat, "陈远")
    for _ in range(5):
        await chat.private("new", "绑定 AAAAAAAA")
    assert chat.to("another", await chat.private("another", f"绑定 {code}"))[-1] == WELCOME.zh


async def test_somebody_bound_learns_nothing_about_a_code_and_does_not_use_it_up(chat: Dialogue) -> None:
    code = await code_for(chat, "陈远")
    for tried in (code, "AAAAAAAA"):
        assert chat.to("李小山", await chat.private("李小山", f"绑定 {tried}")) == [BOUND.zh]
    assert chat.to("new", await chat.private("new", f"绑定 {code}"))[-1] == WELCOME.zh


async def test_without_a_code_it_is_told_how(chat: Dialogue) -> None:
    assert chat.to("new", await chat.private("new", "绑定")) == [NO_CODE.zh]
    assert chat.to("new", await chat.private("new", "绑定 陈远")) == []
    await chat.pass_time(days=1)
    assert chat.to("new", await chat.private("new", "绑定 陈远")) == [NO_CODE.zh]
    code = await code_for(chat, "陈远")
    assert chat.to("new", await chat.private("new", f"绑定 {code}"))[-1] == WELCOME.zh


@pytest.mark.parametrize(
    "text", ["绑定 '; DROP TABLE member;--", "绑定 <b>AAAAAAAA</b>", "绑定 {{7*7}}", "绑定 " + "A" * 300, "绑定 \u202eAAAAAAAA"]
)
async def test_a_hostile_code_is_a_wrong_code(chat: Dialogue, text: str) -> None:
    assert chat.to("new", await chat.private("new", text)) == [WRONG.zh]


async def test_a_code_sent_in_the_group_binds_and_answers_there(chat: Dialogue) -> None:
    code = await code_for(chat, "陈远")
    assert chat.in_group(await chat.group("new", f"绑定 {code}")) == [WELCOME.zh]
    assert "陈远" not in WELCOME.zh
    first = chat.to("new", await chat.private("new", "你好"))
    assert first[0].startswith("您好，我是红旗村支部的机器人")


async def test_in_another_branchs_group_a_code_is_just_wrong(chat: Dialogue) -> None:
    code = await code_for(chat, "陈远")
    other = await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})
    chat.branch, home = other, chat.branch
    assert chat.in_group(await chat.group("new", f"绑定 {code}")) == [WRONG.zh]
    chat.branch = home
    assert chat.to("new", await chat.private("new", f"绑定 {code}"))[-1] == WELCOME.zh


async def test_talk_in_the_group_about_binding_is_left_alone(chat: Dialogue) -> None:
    for person in ("李小山", STRANGER):
        for text in ("绑定 手机号的同志看过来", "绑定", "绑定ABC", "绑定 社保卡 12345"):
            assert await chat.group(person, text) == []
    assert chat.to("李小山", await chat.group("李小山", "绑定 AAAAAAAA")) == [BOUND.zh]


# Start


async def test_start_greets_who_is_bound_and_turns_a_stranger_away_once_a_day(chat: Dialogue) -> None:
    assert chat.to("李小山", await chat.private("李小山", "/start")) == [HELLO.zh]
    assert chat.to(STRANGER, await chat.private(STRANGER, "/start")) == [TURNED_AWAY.zh]
    assert await chat.private(STRANGER, "/start") == []


# Several platforms


async def test_a_person_bound_on_two_platforms_is_one_person(chat: Dialogue) -> None:
    await choose(chat)
    code = code_in(chat.to("李小山", await chat.private("李小山", "绑定新账号")))
    phone = Elsewhere(chat)
    assert (await phone.says(f"绑定 {code}"))[-1] == ADDED.zh
    assert "收到" in (await phone.says("签到"))[0]
    assert chat.to("李小山", await chat.private("李小山", "签到")) == ["今天已经报过平安了，谢谢惦记。"]
    assert (await rows(chat, account))["account"] == 7


async def test_the_code_for_a_further_account_comes_in_private_wherever_it_was_asked(chat: Dialogue) -> None:
    seen = await chat.group("李小山", "绑定新账号")
    assert chat.in_group(seen) == []
    assert code_in(chat.to("李小山", seen))


# The first private message


async def test_the_first_private_message_says_who_runs_this_once_for_each_account(chat: Dialogue) -> None:
    await chat.run(deployment.remember, language=Language.ZH, operator="老赵", abroad_is_own_choice=False)
    code = await code_for(chat, "陈远")
    first = chat.to("new", await chat.private("new", f"绑定 {code}"))
    assert len(first) == 2
    for told in ("红旗村支部", "书记王秀英", "程序由老赵运行", "报平安", "90天", "我的", "导出", "不记收入和行踪"):
        assert told in first[0]
    assert len(first[0]) <= 200
    assert len(chat.to("new", await chat.private("new", "签到"))) == 1


async def test_on_a_platform_abroad_everything_but_the_introduction_waits_for_consent(chat: Dialogue) -> None:
    code = await code_for(chat, "陈远")
    phone = Elsewhere(chat)
    said = await phone.says(f"绑定 {code}")
    assert said[0].startswith("您好，我是红旗村支部的机器人，帮支部和在外的同志联系，归支部书记管")
    assert "服务器在境外" in said[1]
    assert said[2:] == [f"[held] {WELCOME.zh}"]
    assert all(text.startswith("[held]") for text in await phone.says("我的"))
    assert all("王秀英" not in text and "陈远" not in text for text in await phone.queued() if not text.startswith("[held]"))


async def test_what_waited_for_a_person_comes_after_the_introduction(chat: Dialogue) -> None:
    code = await code_for(chat, "陈远")
    await chat.group("new", f"绑定 {code}")
    await chat.group("new", "@支部 我的")
    seen = chat.to("new", await chat.private("new", "你好"))
    assert seen[0].startswith("您好，我是红旗村支部的机器人")
    assert len(seen) > 2


# Groups


async def test_a_group_is_bound_by_its_secretary_after_a_question_and_hears_one_sentence(chat: Dialogue) -> None:
    await choose(chat)
    phone = await _secretary_abroad(chat)
    assert await phone.says("绑定本群", GROUP, "红旗村党员群") == []
    asked = (await phone.queued())[-1]
    assert "红旗村支部" in asked
    assert "红旗村党员群" in asked
    assert (await phone.says("对"))[-1] == GROUP_BOUND.zh
    [here] = await phone.queued(GROUP)
    assert "我是红旗村支部的机器人" in here
    assert await Elsewhere(chat, "9").says("今天真冷", GROUP) == []


async def _secretary_abroad(chat: Dialogue) -> Elsewhere:
    code = code_in(chat.to("王秀英", await chat.private("王秀英", "绑定新账号")))
    phone = Elsewhere(chat, "1")
    await phone.says(f"绑定 {code}")
    return phone


async def test_binding_a_group_can_be_declined(chat: Dialogue) -> None:
    await choose(chat)
    phone = await _secretary_abroad(chat)
    await phone.says("绑定本群", GROUP)
    assert (await phone.says("取消"))[-1] == NOT_DONE.zh
    assert await phone.queued(GROUP) == []
    assert await phone.says("签到", GROUP) == []


async def test_a_bound_group_is_unbound_by_undo_or_by_word_and_its_unsent_letters_go(chat: Dialogue) -> None:
    await choose(chat)
    phone = await _secretary_abroad(chat)
    await phone.says("绑定本群", GROUP)
    await phone.says("对")
    assert len(await phone.queued(GROUP)) == 1
    assert (await phone.says("撤销"))[-1] == UNBOUND.zh
    assert await phone.queued(GROUP) == []
    await phone.says("绑定本群", GROUP)
    await phone.says("对")
    assert await phone.says("解绑本群", GROUP) == []
    assert (await phone.queued())[-1] == UNBOUND.zh
    assert await phone.queued(GROUP) == []
    assert (await phone.says("撤销"))[-1] == GROUP_BOUND.zh
    assert (await phone.says("绑定本群", GROUP)) == []
    assert (await phone.queued())[-1] == ALREADY.zh


async def test_a_group_that_changes_hands_shows_neither_branchs_count_to_the_other(chat: Dialogue) -> None:
    counted = await chat.group("李小山", "签到")
    assert chat.in_group(counted)[-1].startswith("今日报平安 1 人")
    await chat.group("王秀英", "解绑本群")
    other = await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})

    async def move(work: UnitOfWork) -> None:
        work.enter(other)
        work.chats.bind(browser_chat.chat_key(chat.group_id()), "换了支部的群")

    await chat.run(move)
    seen = [each for each in await chat.group("郑平", "签到") if each.chat == chat.group_id() and "今日" in each.text]
    assert [each.text for each in seen] == ["今日报平安 1 人，谢谢大家。"]
    assert not seen[0].edited
    assert seen[0].id not in {each.id for each in counted}


async def test_a_slot_is_one_branchs_even_in_a_chat_of_another(chat: Dialogue) -> None:
    other = await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})
    key = browser_chat.chat_key(chat.group_id())

    async def say(work: UnitOfWork, branch: BranchId) -> None:
        work.enter(branch)
        await posting.to_chat(work, key, Outgoing(Text.plain(f"{branch}")), slot="same")

    for branch in (chat.branch, other):
        await chat.run(say, branch)

    async def found(work: UnitOfWork) -> str:
        letter = await work.outbox.in_slot(key, "same")
        return str(letter and letter.content and letter.content["zh"])

    assert await chat.in_branch(found) == str(chat.branch)


async def test_a_group_that_the_bot_was_put_out_of_can_be_unbound_in_private(chat: Dialogue) -> None:
    seen = await chat.private("王秀英", "解绑本群")
    assert chat.to("王秀英", seen) == ["解绑哪个群？"]
    assert chat.to("王秀英", await chat.private("王秀英", "取消")) == [NOT_DONE.zh]
    await chat.private("王秀英", "解绑本群")
    assert chat.to("王秀英", await chat.press("王秀英", "红旗村支部")) == [UNBOUND.zh]
    assert await chat.group("李小山", "签到") == []
    assert chat.to("王秀英", await chat.private("王秀英", "解绑本群")) == [NO_GROUP.zh]


async def test_a_group_let_go_meanwhile_cannot_be_let_go_again(chat: Dialogue) -> None:
    await chat.private("王秀英", "解绑本群")
    await chat.group("王秀英", "解绑本群")
    assert chat.to("王秀英", await chat.press("王秀英", "红旗村支部")) == [NOT_BOUND.zh]


async def test_binding_a_group_is_said_in_the_group_itself(chat: Dialogue) -> None:
    assert chat.to("王秀英", await chat.private("王秀英", "绑定本群")) == [IN_GROUP.zh]
    assert chat.to("王秀英", await chat.group("王秀英", "绑定本群")) == [ALREADY.zh]


async def test_another_branchs_group_cannot_be_taken(chat: Dialogue) -> None:
    other = await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"], "钱进": ["member"]})
    seen = await chat.group("郑平", "绑定本群")
    assert chat.in_group(seen) == []
    assert chat.to("郑平", seen) == [TAKEN.zh]
    assert await chat.group("钱进", "@支部 绑定本群") == []

    async def whose(work: UnitOfWork) -> int:
        found = await work.chats.get(ChatKey("browser", "web", chat.group_id()))
        assert found
        return found.branch_id

    assert await chat.run(whose) == chat.branch != other


async def test_a_group_bound_meanwhile_by_another_branch_is_refused_at_the_answer(chat: Dialogue) -> None:
    await choose(chat)
    phone = await _secretary_abroad(chat)
    await phone.says("绑定本群", GROUP)
    other = await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})

    async def bind(work: UnitOfWork) -> None:
        work.enter(other)
        work.chats.bind(phone.place(GROUP).key, "别人的群")

    await chat.run(bind)
    assert (await phone.says("对"))[-1] == TAKEN.zh


@pytest.mark.parametrize(("platform", "told"), [("telegram", BIND_FIRST), ("onebot", BIND_FIRST), ("qq", BIND_FIRST_HERE)])
async def test_who_would_bind_a_group_without_being_bound_is_told_once_a_day_what_comes_first(
    chat: Dialogue, platform: str, told: Text
) -> None:
    nobody = Elsewhere(chat, "99", platform)
    for _ in range(2):
        await nobody.says("绑定本群", GROUP, mentioned=platform == "qq")
        assert [each.removeprefix("[awaiting] ") for each in await nobody.queued(GROUP)] == [told.zh]


async def test_a_group_without_a_name_is_asked_about_without_a_gap(chat: Dialogue) -> None:
    await choose(chat)
    phone = await _secretary_abroad(chat)
    await phone.says("绑定本群", GROUP)
    assert "把您刚才发话的群绑定到“红旗村支部”，对吗？" in (await phone.queued())[-1]


async def test_only_a_secretary_binds_and_unbinds(chat: Dialogue) -> None:
    assert "书记" in chat.to("李小山", await chat.private("李小山", "解绑本群"))[0]
    assert await chat.group("李小山", "解绑本群") == []
    assert chat.in_group(await chat.group("周海", "签到")) != []


async def test_an_unbound_group_hears_nothing_and_nothing_of_it_is_stored(chat: Dialogue) -> None:
    tables = (inbox, outbox, visitor, question, chats, member)
    before = await rows(chat, *tables)
    nobody, someone = Elsewhere(chat, "99"), Elsewhere(chat, "98")

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(AccountKey(*someone.key), chat.members["李小山"], "98")

    await chat.in_branch(bind)
    for text in ("签到", "报到 陈远", "绑定 AAAAAAAA", "/start", "帮助", "我在哈尔滨"):
        for who in (nobody, someone):
            assert await who.says(text, GROUP, mentioned=True) == []
    for kind in (EventKind.BOT_ADDED, EventKind.JOINED, EventKind.LEFT, EventKind.BOT_REMOVED):
        assert await nobody.does(kind, group=GROUP) == []
    assert await rows(chat, *tables) == before


# Branches apart


async def test_a_person_of_one_branch_is_a_stranger_in_anothers_group(chat: Dialogue) -> None:
    await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})
    assert await chat.group("郑平", "邀请 陈远") == []
    assert await chat.group("郑平", "报到") == []
    assert chat.in_group(await chat.group("郑平", "@支部 移除 李小山")) == [TURNED_AWAY.zh]
    assert "没有找到" in chat.to("郑平", await chat.private("郑平", "移除 李小山"))[0]
    assert "没有找到" in chat.to("郑平", await chat.private("郑平", "任命 李小山 联络员"))[0]
