"""One person's accounts on several platforms: bound by a code, told to both sides, listed, and let go one by one."""

from sqlalchemy import select, update

from bot.services import browser_chat, offered
from bot.services.accounts import POINTER, POINTER_APART
from bot.services.invitations import ADDED, ADDED_IN_GROUP, BOUND, ONLY_IN_GROUP, SHOWN, TOLD, WELCOME
from bot.services.own_accounts import GONE, LAST, TOLD_THERE, WHICH
from bot.services.strangers import TURNED_AWAY
from handlers.own_accounts import DONE, NOT_DONE
from storage.keys import AccountKey, ChatKey
from storage.tables import account, outbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.elsewhere import Elsewhere
from tests.handlers.test_binding import choose, code_in

LI = "李小山"
QQ_GROUP, WECOM_GROUP = "g200001", "wr9"


async def offers(chat: Dialogue, *platforms: str) -> None:
    await chat.run(offered.note, platforms)


async def says(chat: Dialogue, words: str, who: str = LI) -> str:
    return "\n".join(chat.to(who, await chat.private(who, words)))


async def bound(chat: Dialogue, platform: str, user: str, who: str = LI) -> Elsewhere:
    """A further account of somebody's, bound from the page; both sides hear of it."""
    phone = Elsewhere(chat, user, platform)
    assert (await phone.says(f"绑定 {code_in([await says(chat, '绑定新账号', who)])}"))[-1] == ADDED.zh
    return phone


async def group(chat: Dialogue, platform: str, chat_id: str) -> None:
    async def bind(work: UnitOfWork) -> None:
        work.chats.bind(ChatKey(platform, "main", chat_id), "红旗村支部群")

    await chat.in_branch(bind)


async def test_the_code_says_where_it_may_be_typed(chat: Dialogue) -> None:
    assert "（网页）" in await says(chat, "绑定新账号")
    await offers(chat, "browser", "onebot", "wecom", "telegram")
    said = await says(chat, "我想再绑一个账号")
    assert "（QQ、企业微信 或 Telegram）私聊我发" in said
    assert "QQ 群" not in said
    await offers(chat, "browser", "onebot", "qq")
    said = await says(chat, "绑定新账号")
    assert "（QQ）" in said
    assert "QQ 群里用，得另要一个码" in said
    assert len(said) <= 200


async def test_from_any_platform_to_any_other_and_both_sides_hear_it(chat: Dialogue) -> None:
    await choose(chat)
    there = {platform: Elsewhere(chat, f"7{number}", platform) for number, platform in enumerate(("onebot", "wecom", "telegram", "qq"))}
    before: list[tuple[str, Elsewhere]] = []
    for platform, phone in there.items():
        if before:
            source = before[-1][1]
            code = code_in(await source.says("绑定新账号"))
        else:
            code = code_in([await says(chat, "绑定新账号")])
        chat.now = chat.now.replace(minute=chat.now.minute + 1)
        assert (await phone.says(f"绑定 {code}"))[-1] == ADDED.zh
        if before:
            assert TOLD(where=offered.named(platform)).zh in await source.queued()
        before.append((platform, phone))
    assert "收到" in (await there["wecom"].says("签到"))[0]
    for phone in (there["onebot"], there["telegram"], there["qq"]):
        assert await phone.says("签到") == ["今天已经报过平安了，谢谢惦记。"]


async def test_nobody_binds_in_secret(chat: Dialogue) -> None:
    code = code_in([await says(chat, "绑定新账号")])
    thief = Elsewhere(chat, "666", "onebot")
    await thief.says(f"绑定 {code}")
    assert TOLD(where=offered.named("onebot")).zh in "\n".join(await everything_to(chat, LI))
    said = await says(chat, "解绑")
    assert "解绑哪个账号" in said
    await chat.press(LI, next(each for each in buttons(chat) if each.startswith("QQ")))
    assert DONE.zh in "\n".join(chat.to(LI, await chat.press(LI, "对")))
    assert (await thief.queued())[-1] == TOLD_THERE.zh
    assert await thief.says("我的") == [TURNED_AWAY.zh]


def buttons(chat: Dialogue) -> list[str]:
    return [button["label"]["zh"] for row in chat.shown[-1]["buttons"] for button in row]


async def everything_to(chat: Dialogue, who: str) -> list[str]:
    return [each["text"]["zh"] for each in chat.shown if each["chat"] == browser_chat.private_chat(who)]


async def test_the_accounts_are_listed_by_platform_and_never_by_their_ids(chat: Dialogue) -> None:
    await bound(chat, "onebot", "4417001")
    await bound(chat, "wecom", "ZhangSan")
    for words in ("我的账号", "accounts", "我绑定了吗"):
        said = await says(chat, words)
        assert "1 网页（3月10日绑的，您正在用）" in said
        assert "2 QQ（3月10日绑的）" in said
        assert "3 企业微信（3月10日绑的）" in said
        assert "4417001" not in said
        assert "ZhangSan" not in said
    assert "账号：" in await says(chat, "我的")


async def test_qq_by_a_number_and_its_official_way_are_told_apart(chat: Dialogue) -> None:
    await bound(chat, "onebot", "71")
    await bound(chat, "qq", "an-openid")
    said = await says(chat, "我的账号")
    assert "2 QQ（3月10日绑的）" in said
    assert "3 QQ（官方机器人）（3月10日绑的）" in said
    assert "解绑QQ（官方机器人）（3月10日绑的）？" in await says(chat, "解绑 3")


async def test_one_account_is_let_go_by_number_or_platform_after_a_question(chat: Dialogue) -> None:
    qq, wecom = await bound(chat, "onebot", "71"), await bound(chat, "wecom", "72")
    assert "解绑QQ（3月10日绑的）？" in await says(chat, "解绑 2")
    assert NOT_DONE.zh in await says(chat, "取消")
    assert "收到" in (await qq.says("签到"))[0]
    assert "解绑企业微信" in await says(chat, "解绑 企业微信")
    assert DONE.zh in await says(chat, "对")
    assert await wecom.says("签到") == [TURNED_AWAY.zh]
    assert "发“绑定新账号”" in await says(chat, "撤销")
    code = code_in([await says(chat, "绑定新账号")])
    assert (await wecom.says(f"绑定 {code}"))[-1] == ADDED.zh
    assert await wecom.says("签到") == ["今天已经报过平安了，谢谢惦记。"]


async def test_the_last_account_stays(chat: Dialogue) -> None:
    assert LAST.zh in await says(chat, "解绑")
    await says(chat, "解绑 1")
    assert LAST.zh in await says(chat, "对")
    assert "收到" in await says(chat, "签到")


async def test_the_account_in_use_can_go_and_what_waited_there_comes_elsewhere(chat: Dialogue) -> None:
    qq = await bound(chat, "onebot", "71")

    async def waits(work: UnitOfWork) -> None:
        await work.change(update(outbox).where(outbox.c.platform == "onebot").values(state="awaiting"))

    asked = await qq.says("解绑 QQ")
    assert "您正在用的QQ" in asked[0]
    await chat.in_branch(waits)
    await qq.says("对")
    assert DONE.zh in await qq.queued()
    assert TOLD_THERE.zh in await qq.queued()
    assert any("您正在用的QQ" in each for each in await everything_to(chat, LI))


async def test_an_account_that_went_meanwhile_and_a_wrong_number_say_so(chat: Dialogue) -> None:
    await bound(chat, "onebot", "71")
    await bound(chat, "wecom", "72")
    assert WHICH.zh in await says(chat, "解绑 9")
    await says(chat, "解绑 2")

    async def gone(work: UnitOfWork) -> None:
        work.accounts.unbind(AccountKey("onebot", "main", "71"))

    await chat.in_branch(gone)
    assert GONE.zh in await says(chat, "对")
    await says(chat, "解绑")
    await chat.press(LI, next(each for each in buttons(chat) if each == "取消"))
    assert "签到" not in await says(chat, "解绑 手机号")


async def test_with_several_on_one_platform_the_number_is_needed(chat: Dialogue) -> None:
    await bound(chat, "onebot", "71")
    await bound(chat, "qq", "72")
    assert "请用编号" in await says(chat, "解绑 QQ")
    assert "解绑QQ" in await says(chat, "解绑 3")


# In a group


async def test_a_code_typed_in_a_group_binds_by_name_of_nobody_and_the_old_account_hears_it(chat: Dialogue) -> None:
    await group(chat, "onebot", QQ_GROUP)
    code = code_in([await says(chat, "绑定新账号")])
    phone = Elsewhere(chat, "71", "onebot")
    assert await phone.says(f"绑定 {code}", QQ_GROUP) == [ADDED.zh]
    assert LI not in ADDED.zh
    assert TOLD(where=offered.named("onebot")).zh in await everything_to(chat, LI)


async def test_on_qqs_official_way_a_group_is_bound_by_itself(chat: Dialogue) -> None:
    await group(chat, "qq", QQ_GROUP)
    here = Elsewhere(chat, "member-openid", "qq")
    code = code_in([await says(chat, "绑定新账号")])
    assert await here.says(f"绑定 {code}", QQ_GROUP, mentioned=True) == [ADDED_IN_GROUP.zh]
    assert any("今日报平安 1 人" in each for each in await here.says("签到", QQ_GROUP, mentioned=True))
    assert "今天已经报过平安了，谢谢惦记。" in await says(chat, "签到")
    assert "2 QQ（官方机器人）（3月10日绑的，只在一个群里）" in await says(chat, "我的账号")


async def test_who_is_known_in_such_a_group_only_is_told_how_to_talk_in_private(chat: Dialogue) -> None:
    await group(chat, "qq", QQ_GROUP)
    code = code_in([await says(chat, "邀请 陈远", "王秀英")])
    here, private = Elsewhere(chat, "member-openid", "qq"), Elsewhere(chat, "user-openid", "qq")
    assert await here.says(f"绑定 {code}", QQ_GROUP, mentioned=True) == [ONLY_IN_GROUP.zh]
    assert await here.says("我的", QQ_GROUP, mentioned=True) == [POINTER_APART.zh]
    second = code_in([await says(chat, "邀请 陈远", "王秀英")])
    said = await private.says(f"绑定 {second}")
    assert any("您好，我是红旗村支部的机器人" in each for each in said)
    assert any("陈远" in each for each in said)
    assert ADDED.zh in said


async def test_elsewhere_a_private_word_is_enough(chat: Dialogue) -> None:
    await group(chat, "wecom", WECOM_GROUP)
    code = code_in([await says(chat, "邀请 陈远", "王秀英")])
    here = Elsewhere(chat, "ChenYuan", "wecom")
    assert await here.says(f"绑定 {code}", WECOM_GROUP) == [WELCOME.zh]
    assert await here.says("我的", WECOM_GROUP, mentioned=True) == [POINTER.zh]
    assert any("陈远" in each for each in await here.says("你好"))


async def test_a_code_of_ones_own_that_was_shown_in_the_group_ends(chat: Dialogue) -> None:
    code = code_in([await says(chat, "绑定新账号")])
    seen = await chat.group(LI, f"绑定 {code}")
    assert chat.in_group(seen) == []
    assert chat.to(LI, seen) == [SHOWN.zh]
    thief = Elsewhere(chat, "666", "onebot")
    assert "不对，或者用过" in (await thief.says(f"绑定 {code}"))[-1]
    assert chat.to(LI, await chat.group(LI, f"绑定 {code}")) == [BOUND.zh]


async def test_of_a_person_every_account_is_one_row_and_one_person(chat: Dialogue) -> None:
    await bound(chat, "onebot", "71")
    await bound(chat, "wecom", "72")

    async def whose(work: UnitOfWork) -> set[int]:
        rows = await work.rows(select(account.c.member_id).where(account.c.user_id.in_(["71", "72"])))
        return {row.member_id for row in rows}

    assert await chat.run(whose) == {chat.members[LI]}
