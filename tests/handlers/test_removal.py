"""移除 and 恢复."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.router import GONE
from bot.services import browser_chat
from bot.services.membership import GONE as NOT_THERE
from bot.services.membership import SAME_NAME
from bot.services.people import actor_of
from bot.services.roles import LAST
from bot.services.strangers import TURNED_AWAY
from handlers.removal import HOW, HOW_RESTORE, NOT_DONE, REMOVED, REMOVED_AGAIN, UNDONE
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.elsewhere import Elsewhere


async def says(chat: Dialogue, person: str, text: str) -> str:
    return "\n".join(chat.to(person, await chat.private(person, text)))


async def remove(chat: Dialogue, name: str) -> None:
    assert "对吗" in await says(chat, "王秀英", f"移除 {name}")
    assert await says(chat, "王秀英", "对") == REMOVED.zh


async def test_a_removed_member_is_a_stranger_at_once(chat: Dialogue) -> None:
    await remove(chat, "李小山")
    assert await says(chat, "李小山", "我的") == TURNED_AWAY.zh
    assert await chat.private("李小山", "签到") == []
    assert await chat.group("李小山", "签到") == []
    assert "没有找到" in await says(chat, "王秀英", "任命 李小山 联络员")


async def test_a_removal_is_asked_about_and_can_be_declined(chat: Dialogue) -> None:
    await says(chat, "王秀英", "移除 李小山")
    assert (await says(chat, "李小山", "签到")).startswith("收到")
    assert await says(chat, "王秀英", "不") == NOT_DONE.zh
    assert (await says(chat, "李小山", "签到")).startswith("今天已经")


async def test_sessions_open_questions_codes_and_unsent_letters_end_with_a_removal(chat: Dialogue) -> None:
    async def session(work: UnitOfWork) -> str:
        member = await work.members.get(chat.members["周海"])
        assert member
        token = await browser_chat.spend_link(work, await browser_chat.make_link(work, actor_of(member), member.id))
        assert token
        return token

    async def unsent(work: UnitOfWork) -> int:
        where = (outbox.c.member_id == chat.members["周海"], outbox.c.state != "sent")
        return int((await work.rows(select(func.count()).select_from(outbox).where(*where)))[0][0])

    token = await chat.in_branch(session)
    phone = Elsewhere(chat, "1", platform="wecom")

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(phone.key, chat.members["周海"], "1")
        await work.accounts.change(phone.key, introduced_at=work.now)

    await chat.in_branch(bind)
    await phone.says("签到")
    code = (await says(chat, "周海", "绑定新账号")).split("绑定 ")[1][:8]
    asked = [each for each in await chat.private("周海", "我在南山") if each.buttons]
    assert asked
    assert await chat.run(unsent) == 1
    await remove(chat, "周海")
    assert await chat.run(unsent) == 0
    assert await chat.run(browser_chat.session, token) is None
    assert await chat.press_data("周海", asked[0], asked[0].data[0]) == []
    assert await says(chat, "new", f"绑定 {code}") == "这个邀请码不对，或者用过、过期了。请核对一下，或向书记再要一个。"


async def test_within_thirty_days_a_member_comes_back_with_roles_and_accounts(chat: Dialogue) -> None:
    await remove(chat, "孙丽")
    await chat.pass_time(days=29)
    assert await says(chat, "王秀英", "恢复 孙丽") == "孙丽恢复好了，角色和账号都在。"
    assert "联络员" in await says(chat, "孙丽", "权限")


async def test_a_removed_member_is_found_by_their_latin_name_too(chat: Dialogue) -> None:
    await remove(chat, "李小山")
    assert "李小山恢复好了" in await says(chat, "王秀英", "恢复 li xiaoshan")


async def test_of_several_removed_of_one_latin_name_the_characters_decide(chat: Dialogue) -> None:
    async def add(work: UnitOfWork) -> None:
        for name in ("王伟", "王玮"):
            work.members.add(name, "Wang Wei", ["member"])

    await chat.in_branch(add)
    await remove(chat, "王伟")
    await remove(chat, "王玮")
    assert "请写汉字姓名" in await says(chat, "王秀英", "恢复 Wang Wei")
    assert "王伟恢复好了" in await says(chat, "王秀英", "恢复 王伟")


async def test_what_was_sent_to_somebody_removed_is_not_edited_any_more(chat: Dialogue) -> None:
    await chat.group("王秀英", "公告 村部门口的路在修。")
    assert chat.to("李小山", await chat.pass_time(days=1))
    await remove(chat, "李小山")
    for words in ("改公告 N1 路修好了。", "撤回公告 N1"):
        assert chat.to("李小山", await chat.private("王秀英", words)) == []


async def test_after_thirty_days_nobody_comes_back(chat: Dialogue) -> None:
    await remove(chat, "孙丽")
    chat.now += timedelta(days=30)
    assert "三十天内没有移除过“孙丽”" in await says(chat, "王秀英", "恢复 孙丽")


async def test_removing_and_restoring_can_be_undone(chat: Dialogue) -> None:
    await remove(chat, "李小山")
    assert await says(chat, "王秀英", "撤销") == UNDONE.zh
    assert (await says(chat, "李小山", "签到")).startswith("收到")
    await remove(chat, "李小山")
    await says(chat, "王秀英", "恢复 李小山")
    assert await says(chat, "王秀英", "撤销") == REMOVED_AGAIN.zh
    assert await says(chat, "李小山", "签到") == TURNED_AWAY.zh


async def test_nobody_comes_back_beside_another_of_the_same_name(chat: Dialogue) -> None:
    await remove(chat, "李小山")
    await says(chat, "王秀英", "邀请 李小山")
    assert await says(chat, "王秀英", "恢复 李小山") == SAME_NAME.zh


async def test_the_last_secretary_cannot_be_removed_but_another_may_go(chat: Dialogue) -> None:
    assert await says(chat, "王秀英", "移除 王秀英") == LAST.zh
    await says(chat, "王秀英", "任命 李小山 书记")
    await remove(chat, "王秀英")
    assert await says(chat, "王秀英", "签到情况") == TURNED_AWAY.zh
    assert "您现在是：党员、书记" in await says(chat, "李小山", "权限")


async def test_the_answer_is_looked_at_anew(chat: Dialogue) -> None:
    await says(chat, "王秀英", "任命 李小山 书记")
    await says(chat, "王秀英", "移除 李小山")
    await says(chat, "李小山", "移除 王秀英")
    assert await says(chat, "李小山", "对") == REMOVED.zh
    assert await says(chat, "王秀英", "对") == TURNED_AWAY.zh
    assert "您现在是：党员、书记" in await says(chat, "李小山", "权限")


async def test_two_secretaries_removing_the_same_person_do_it_once(chat: Dialogue) -> None:
    await says(chat, "王秀英", "任命 李小山 书记")
    await says(chat, "王秀英", "移除 周海")
    await says(chat, "李小山", "移除 周海")
    await says(chat, "王秀英", "对")
    assert await says(chat, "李小山", "对") == NOT_THERE.zh


async def test_only_a_secretary_removes_and_a_forged_button_does_nothing(chat: Dialogue) -> None:
    assert "书记" in await says(chat, "李小山", "移除 周海")
    shown = next(each for each in await chat.private("王秀英", "移除 周海") if each.buttons)
    assert await chat.press_data("李小山", shown, shown.data[0]) == []
    assert (await says(chat, "周海", "签到")).startswith("收到")
    await chat.press("王秀英", "对", shown)
    assert chat.to("王秀英", await chat.press("王秀英", "对", shown)) == [GONE.zh]


async def test_without_a_name_it_is_told_how_and_in_the_group_nothing(chat: Dialogue) -> None:
    assert await says(chat, "王秀英", "移除") == HOW.zh
    assert await says(chat, "王秀英", "恢复") == HOW_RESTORE.zh
    assert await chat.group("王秀英", "移除") == []
    assert await chat.group("王秀英", "恢复") == []
    seen = await chat.group("王秀英", "移除 周海")
    assert chat.in_group(seen) == []
    assert "对吗" in chat.to("王秀英", seen)[0]


async def test_a_removed_member_may_join_another_branch(chat: Dialogue) -> None:
    other = await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})
    told = await says(chat, "郑平", "邀请 李小山")
    code = told.split("绑定 ")[1][:8]
    assert (await says(chat, "李小山", f"绑定 {code}")).startswith("您已经登记过了")
    await remove(chat, "李小山")
    assert "青山村支部" in await says(chat, "李小山", f"绑定 {code}")
    chat.branch = other
    assert "今日报平安 1 人，谢谢大家。" in chat.in_group(await chat.group("李小山", "签到"))
