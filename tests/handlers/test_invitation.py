"""邀请 and 换号."""

import re

import pytest
from sqlalchemy import select

from bot.rules.codes import ALPHABET
from bot.services import browser_chat, deployment, finding
from bot.services.invitations import BOUND as ALREADY_MINE
from bot.services.invitations import CANNOT, LEFT, WELCOME, WRONG
from bot.services.people import actor_of
from handlers.invitation import HOW, HOW_REBIND, NOT_DONE, NOT_REPLACED, UNDONE
from storage.tables import member, outbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import STRANGER, Dialogue
from tests.elsewhere import Elsewhere
from tests.known import known

CODE = re.compile(f"(?<![A-Z0-9])[{ALPHABET}]{{8}}(?![A-Z0-9])")
NAMES = ["陈远", "何静", "郑平", "马丽", "Bao Zilong"]


def codes_in(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(CODE.findall("\n".join(texts))))


async def names(chat: Dialogue) -> list[str]:
    async def read(work: UnitOfWork) -> list[str]:
        return [each.name for each in await work.members.present()]

    found: list[str] = await chat.in_branch(read)
    return found


async def test_one_name_gives_one_code_in_private_that_binds_a_new_member(chat: Dialogue) -> None:
    seen = await chat.private("王秀英", "邀请 陈远")
    [told] = chat.to("王秀英", seen)
    assert told.startswith("给陈远的邀请码：")
    assert "七天内有效" in told
    [code] = codes_in([told])
    assert "陈远" in await names(chat)
    assert chat.to("new", await chat.private("new", f"绑定 {code}"))[-1] == WELCOME.zh


async def test_where_the_bot_is_on_telegram_a_code_comes_with_the_address_that_takes_it(chat: Dialogue) -> None:
    assert "t.me" not in chat.to("王秀英", await chat.private("王秀英", "邀请 陈远"))[0]
    await chat.run(deployment.note_telegram, "zhibu_bot")
    [told] = chat.to("王秀英", await chat.private("王秀英", "邀请 陈远"))
    assert told.endswith(f"https://t.me/zhibu_bot?start={codes_in([told])[0]}")
    await chat.private("王秀英", "邀请 何静，郑平")
    sheet = chat.to("王秀英", await chat.private("王秀英", "对"))[0]
    assert "https://t.me/zhibu_bot?start=\n" in sheet
    assert chat.to("new", await chat.private("new", f"/start {codes_in([told])[0]}"))[-1] == WELCOME.zh
    await chat.run(deployment.note_telegram, "")
    assert "t.me" not in chat.to("王秀英", await chat.private("王秀英", "邀请 何静"))[0]


async def test_a_new_code_ends_the_old_one_and_makes_no_second_member(chat: Dialogue) -> None:
    [first] = codes_in(chat.to("王秀英", await chat.private("王秀英", "邀请 陈远")))
    [second] = codes_in(chat.to("王秀英", await chat.private("王秀英", "邀请 陈远同志")))
    assert (await names(chat)).count("陈远") == 1
    assert chat.to("new", await chat.private("new", f"绑定 {first}")) == [WRONG.zh]
    assert chat.to("new", await chat.private("new", f"绑定 {second}"))[-1] == WELCOME.zh


async def test_somebody_who_is_bound_is_not_invited_again(chat: Dialogue) -> None:
    before = await names(chat)
    for name in ("李小山", "Li Xiaoshan"):
        [told] = chat.to("王秀英", await chat.private("王秀英", f"邀请 {name}"))
        assert told == "李小山已经绑定好了。换了手机或丢了账号，发“换号 姓名”。"
    assert await names(chat) == before


async def test_a_pasted_list_is_shown_back_and_becomes_a_sheet_of_codes(chat: Dialogue) -> None:
    back = chat.to("王秀英", await chat.private("王秀英", "邀请\n1. 陈远\n2、何静\n郑平，马丽\nBao Zilong\n李小山"))
    assert any("陈远、何静、郑平、马丽、Bao Zilong、李小山" in text for text in back)
    assert "共 6 位，要发邀请码吗？" in back[-1]
    assert "陈远" not in await names(chat)
    sheet = chat.to("王秀英", await chat.private("王秀英", "对"))
    assert len(codes_in(sheet)) == 5
    assert "已经绑定好的 1 位，不用再发：" in sheet[0]
    assert "李小山" in sheet[0]
    assert {"陈远", "何静", "郑平", "马丽", "Bao Zilong"} <= set(await names(chat))
    he = next(code for line in sheet[0].splitlines() if "何静" in line for code in codes_in([line]))
    assert chat.to("new", await chat.private("new", f"绑定 {he}"))[-1] == WELCOME.zh
    assert "何静已经绑定好了" in chat.to("王秀英", await chat.private("王秀英", "邀请 何静"))[0]


async def test_a_list_can_be_declined(chat: Dialogue) -> None:
    await chat.private("王秀英", "邀请 陈远、何静")
    assert chat.to("王秀英", await chat.press("王秀英", "取消")) == [NOT_DONE.zh]
    assert "陈远" not in await names(chat)


async def test_sixty_names_come_in_pages_of_a_phone_and_sixty_one_are_too_many(chat: Dialogue) -> None:
    many = [f"赵{given}{second}" for given in "东西南北春夏" for second in "一二三四五六七八九十"]
    back = chat.to("王秀英", await chat.private("王秀英", "邀请 " + "，".join(many)))
    assert all(len(text) <= 200 for text in back)
    pages = chat.to("王秀英", await chat.private("王秀英", "对"))
    assert all(len(text) <= 200 for text in pages)
    assert len(codes_in(pages)) == 60

    async def kept(work: UnitOfWork) -> str:
        return str(await known(work)) + str(await work.rows(select(outbox.c.content)))

    assert codes_in([await chat.run(kept)]) == []
    assert chat.to("王秀英", await chat.private("王秀英", "邀请 " + "，".join([*many, "钱多"])))[0].startswith("一次最多 60 个姓名")


async def test_what_does_not_look_like_a_name_is_left_out_and_said(chat: Dialogue) -> None:
    back = chat.to("王秀英", await chat.private("王秀英", "邀请 陈远，<b>何静</b>，'); DROP 1=1"))
    assert any("不像姓名" in text for text in back)
    await chat.private("王秀英", "对")
    assert "陈远" in await names(chat)
    assert not any("<" in name or "1=1" in name for name in await names(chat))


@pytest.mark.parametrize("text", ["邀请", "邀请 123456", "邀请 😀", "邀请 <script>", "邀请 ');--"])
async def test_without_a_name_it_is_told_how(chat: Dialogue, text: str) -> None:
    before = await names(chat)
    assert chat.to("王秀英", await chat.private("王秀英", text)) == [HOW.zh]
    assert await names(chat) == before


async def test_in_the_group_an_invitation_is_asked_about_in_private_because_it_may_be_talk(chat: Dialogue) -> None:
    seen = await chat.group("王秀英", "邀请 大家吃饭")
    assert chat.in_group(seen) == []
    assert chat.to("王秀英", seen) == ["大家吃饭", "共 1 位，要发邀请码吗？"]
    assert "大家吃饭" not in await names(chat)
    assert await chat.group("王秀英", "邀请 大家周末都到我家里来吃饭聊天") == []
    assert await chat.group("王秀英", "邀请") == []


async def test_only_a_secretary_invites(chat: Dialogue) -> None:
    assert "书记" in chat.to("孙丽", await chat.private("孙丽", "邀请 陈远"))[0]
    assert await chat.group("孙丽", "邀请 陈远") == []
    assert codes_in(chat.to(STRANGER, await chat.private(STRANGER, "邀请 陈远"))) == []
    assert "陈远" not in await names(chat)


async def test_an_invitation_can_be_undone(chat: Dialogue) -> None:
    [code] = codes_in(chat.to("王秀英", await chat.private("王秀英", "邀请 陈远")))
    assert chat.to("王秀英", await chat.private("王秀英", "撤销")) == [UNDONE.zh]
    assert "陈远" not in await names(chat)
    assert chat.to("new", await chat.private("new", f"绑定 {code}")) == [WRONG.zh]


async def test_whoever_came_meanwhile_stays_when_the_invitation_is_undone(chat: Dialogue) -> None:
    [code] = codes_in(chat.to("王秀英", await chat.private("王秀英", "邀请 陈远")))
    await chat.private("new", f"绑定 {code}")
    await chat.private("王秀英", "撤销")
    assert "陈远" in await names(chat)


async def test_abroad_nobody_is_named_before_they_agreed(chat: Dialogue) -> None:
    phone = Elsewhere(chat, "1")

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(phone.key, chat.members["王秀英"], "1")
        await work.accounts.change(phone.key, introduced_at=work.now)
        work.consents.put(chat.members["王秀英"], "abroad", given=True)

    await chat.in_branch(bind)
    assert (await phone.says("邀请 陈远"))[-1].startswith("给这位同志的邀请码")
    assert await phone.says("邀请 何静，马丽，李小山") == ["共 3 位，要发邀请码吗？"]
    [sheet] = await phone.says("对")
    assert len(codes_in([sheet])) == 2
    assert sheet.splitlines()[1].startswith("1. ")
    assert sheet.endswith("另有 1 人，请在网页看。")
    assert not any(name in sheet for name in ("何静", "马丽", "李小山"))


# 换号


async def test_a_lost_account_is_revoked_with_its_sessions_and_a_new_code_made(chat: Dialogue) -> None:
    async def session(work: UnitOfWork) -> str:
        li = await work.members.get(chat.members["李小山"])
        assert li
        token = await browser_chat.spend_link(work, await browser_chat.make_link(work, actor_of(li), li.id))
        assert token
        return token

    token = await chat.in_branch(session)
    assert "李小山" in chat.to("王秀英", await chat.private("王秀英", "换号 李小山"))[0]
    assert await chat.run(browser_chat.session, token) is not None
    [told] = chat.to("王秀英", await chat.press("王秀英", "对"))
    assert told.startswith("李小山的旧账号都停了。")
    assert await chat.run(browser_chat.session, token) is None
    assert chat.to("李小山", await chat.private("李小山", "签到"))[0].startswith("我还不认识您")
    [code] = codes_in([told])
    assert chat.to("new", await chat.private("new", f"绑定 {code}"))[-1] == WELCOME.zh


async def test_what_was_on_its_way_to_a_lost_phone_waits_for_the_new_one(chat: Dialogue) -> None:
    phone = Elsewhere(chat, "1", platform="wecom")

    async def bind(work: UnitOfWork) -> None:
        await work.accounts.unbind_all(chat.members["周海"])
        work.accounts.bind(phone.key, chat.members["周海"], "1")
        await work.accounts.change(phone.key, introduced_at=work.now)

    await chat.in_branch(bind)
    assert len(await phone.says("签到")) == 1
    await chat.private("王秀英", "换号 周海")
    [code] = codes_in(chat.to("王秀英", await chat.private("王秀英", "对")))
    assert await phone.queued() == []
    seen = chat.to("new", await chat.private("new", f"绑定 {code}"))
    assert seen[0].startswith("您好，我是红旗村支部的机器人")
    assert any("一路平安" in text for text in seen[1:])


async def test_a_secretary_who_lost_one_phone_keeps_the_account_that_says_so(chat: Dialogue) -> None:
    phone = Elsewhere(chat, "1", platform="wecom")

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(phone.key, chat.members["王秀英"], "1")

    await chat.in_branch(bind)
    await chat.private("王秀英", "换号 王秀英")
    assert codes_in(chat.to("王秀英", await chat.private("王秀英", "对")))
    assert chat.to("王秀英", await chat.private("王秀英", "绑定 AAAAAAAA")) == [ALREADY_MINE.zh]
    assert (await phone.says("你好"))[0].startswith("我还不认识您")


async def test_a_revoked_account_cannot_be_given_back_by_undo(chat: Dialogue) -> None:
    await chat.private("王秀英", "换号 李小山")
    await chat.private("王秀英", "对")
    assert chat.to("王秀英", await chat.private("王秀英", "撤销")) == [CANNOT.zh]


async def test_replacing_accounts_can_be_declined_and_is_looked_at_anew(chat: Dialogue) -> None:
    await chat.private("王秀英", "换号 李小山")
    assert chat.to("王秀英", await chat.private("王秀英", "取消")) == [NOT_REPLACED.zh]
    assert chat.to("李小山", await chat.private("李小山", "签到"))[0].startswith("收到")

    async def leave(work: UnitOfWork) -> None:
        await work.members.change(chat.members["李小山"], removed_at=work.now)

    await chat.private("王秀英", "换号 李小山")
    await chat.in_branch(leave)
    assert chat.to("王秀英", await chat.private("王秀英", "对")) == [LEFT.zh]


async def test_of_a_lost_phone_nothing_is_edited_any_more(chat: Dialogue) -> None:
    await chat.group("王秀英", "公告 村部门口的路在修。")
    assert chat.to("李小山", await chat.pass_time(days=1))
    await chat.private("王秀英", "换号 李小山")
    [code] = codes_in(chat.to("王秀英", await chat.private("王秀英", "对")))
    await chat.private("new", f"绑定 {code}")
    for words in ("改公告 N1 路修好了。", "撤回公告 N1"):
        assert chat.to("李小山", await chat.private("王秀英", words)) == []


# 同名拼音


async def two_wangs(chat: Dialogue) -> None:
    async def add(work: UnitOfWork) -> None:
        for name in ("王伟", "王玮"):
            made = work.members.add(name, "Wang Wei", ["member"])
            chat.members[name] = made.id
            work.accounts.bind(browser_chat.account_key(name), made.id, browser_chat.private_chat(name))

    await chat.in_branch(add)


@pytest.mark.parametrize(
    "words",
    [
        "换号 Wang Wei",
        "任命 wang wei 联络员",
        "移除 Wang Wei",
        "移交书记 Wang Wei",
        "邀请 Wang Wei",
        "邀请 Wang Wei，陈远",
        "补录 Wang Wei 联系过",
    ],
)
async def test_of_several_of_one_latin_name_nobody_is_taken_silently(chat: Dialogue, words: str) -> None:
    await two_wangs(chat)
    seen = await chat.private("王秀英", words)
    if "，" in words:
        seen = await chat.private("王秀英", "对")
    [told] = chat.to("王秀英", seen)
    assert told.startswith("叫“")
    assert "王伟、王玮" in told
    assert "陈远" not in await names(chat)


async def test_the_characters_tell_which_of_them_is_meant(chat: Dialogue) -> None:
    await two_wangs(chat)
    assert "王玮" in chat.to("王秀英", await chat.private("王秀英", "换号 王玮"))[0]
    assert "王伟" in chat.to("王秀英", await chat.private("王秀英", "任命 王伟 联络员"))[0]


async def test_abroad_the_list_of_those_of_one_name_tells_no_name_without_consent(chat: Dialogue) -> None:
    async def agree(work: UnitOfWork) -> None:
        work.consents.put(chat.members["王伟"], "abroad", given=True)

    async def ask(work: UnitOfWork) -> None:
        await finding.by_name(work, "Wang Wei", "telegram")

    await two_wangs(chat)
    await chat.in_branch(agree)
    with pytest.raises(finding.Several) as refused:
        await chat.in_branch(ask)
    assert refused.value.text.zh.endswith("王伟、另有 1 人，请在网页看。")


async def test_revoking_needs_a_name_that_is_known_and_a_secretary(chat: Dialogue) -> None:
    assert chat.to("王秀英", await chat.private("王秀英", "换号")) == [HOW_REBIND.zh]
    assert await chat.group("王秀英", "换号") == []
    assert "没有找到" in chat.to("王秀英", await chat.private("王秀英", "换号 '; DROP TABLE member;--"))[0]
    assert "书记" in chat.to("周海", await chat.private("周海", "换号 李小山"))[0]
    assert chat.to("李小山", await chat.private("李小山", "签到"))[0].startswith("收到")


async def test_the_names_of_a_list_are_erased_with_its_question(chat: Dialogue) -> None:
    await chat.private("王秀英", "邀请 陈远、何静")
    await chat.private("王秀英", "取消")

    async def kept(work: UnitOfWork) -> str:
        return str(await known(work)) + str([row.name for row in await work.rows(select(member.c.name))])

    assert "陈远" not in await chat.run(kept)
