"""Scheduled announcements: at their time, once, over restarts."""

from bot.app import App
from bot.services import browser_chat
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

SECRETARY = "王秀英"


async def schedule(chat: Dialogue, words: str = "明天9点 开会") -> None:
    await chat.private(SECRETARY, f"公告 {words}")
    await chat.private(SECRETARY, "发")


async def restart(chat: Dialogue) -> None:
    """Stop the program and start it again on the same database."""
    await chat.app.stop()
    chat.app = App(chat.app.settings, lambda: chat.now)
    await chat.app.open()
    assert chat.app.browser
    await chat.app.browser.start(chat.app.router.receive, chat.app.registry.hints())
    chat.app.browser.watchers.append(lambda message: chat.shown.append(dict(message)))


async def test_it_is_posted_at_its_time_and_not_before(chat: Dialogue) -> None:
    await schedule(chat)
    assert chat.in_group(await chat.pass_time(hours=23, minutes=59)) == []
    seen = await chat.pass_time(minutes=1)
    assert [(each.text, each.buttons) for each in seen] == [("【公告 N1】开会", ("收到",))]
    await chat.group("李小山", "收到")
    assert chat.in_group(await chat.pass_time(seconds=15)) == ["【公告 N1】开会\n已收到 1 人"]


async def test_it_is_posted_once_however_often_the_clock_ticks(chat: Dialogue) -> None:
    await schedule(chat)
    await chat.pass_time(days=1)
    for _ in range(3):
        assert chat.in_group(await chat.pass_time(minutes=1)) == []


async def test_it_survives_a_restart_and_is_still_posted_once(chat: Dialogue) -> None:
    await schedule(chat)
    await restart(chat)
    assert chat.in_group(await chat.pass_time(days=1)) == ["【公告 N1】开会"]
    await restart(chat)
    assert chat.in_group(await chat.pass_time(minutes=5)) == []


async def test_a_restart_after_the_commit_and_before_the_sending_posts_it_once(chat: Dialogue) -> None:
    await schedule(chat)
    chat.now = chat.now.replace(day=11)
    await chat.app.scheduler.tick()
    await restart(chat)
    assert chat.in_group(await chat.pass_time(minutes=1)) == ["【公告 N1】开会"]
    assert chat.in_group(await chat.pass_time(minutes=1)) == []


async def test_several_due_at_once_come_in_the_order_of_their_times(chat: Dialogue) -> None:
    await schedule(chat, "明天10点 第二")
    await schedule(chat, "明天9点 第一")
    assert chat.in_group(await chat.pass_time(hours=26)) == ["【公告 N2】第一", "【公告 N1】第二"]


async def test_one_that_was_missed_by_hours_is_still_posted(chat: Dialogue) -> None:
    await schedule(chat)
    assert chat.in_group(await chat.pass_time(hours=40)) == ["【公告 N1】开会"]


async def test_one_that_was_missed_by_more_than_a_day_is_told_to_its_author_only(chat: Dialogue) -> None:
    await schedule(chat)
    seen = await chat.pass_time(days=2, hours=1)
    assert chat.in_group(seen) == []
    told = "".join(chat.to(SECRETARY, seen))
    assert "没在运行" in told
    assert "开会" in told
    assert chat.in_group(await chat.pass_time(days=1)) == []


async def test_at_night_it_is_posted_as_told(chat: Dialogue) -> None:
    await schedule(chat, "今天23:30 台风来了，明早再出海")
    assert chat.in_group(await chat.pass_time(hours=14, minutes=30)) == ["【公告 N1】台风来了，明早再出海"]


async def test_without_a_group_its_author_is_told_and_if_gone_the_secretaries(chat: Dialogue) -> None:
    await schedule(chat)
    await schedule(chat, "明天10点 散会")

    async def change(work: UnitOfWork) -> None:
        work.chats.unbind(browser_chat.chat_key(chat.group_id()))

    async def leave(work: UnitOfWork) -> None:
        await work.members.appoint(chat.members["赵国强"], "secretary")
        await work.members.change(chat.members[SECRETARY], removed_at=work.now)

    await chat.in_branch(change)
    assert "没有绑定的群" in "".join(chat.to(SECRETARY, await chat.pass_time(days=1)))
    await chat.in_branch(leave)
    told = "".join(chat.to("赵国强", await chat.pass_time(hours=1)))
    assert "没有绑定的群" in told
    assert "散会" in told


async def test_another_branch_posts_into_its_own_group_only(chat: Dialogue) -> None:
    await schedule(chat)
    await chat.another_branch("青山支部", {"郑书记": ["member", "secretary"]})
    seen = await chat.pass_time(days=1)
    assert {each.chat for each in seen} == {chat.group_id()}
