"""A branch's day in a QQ group: the whole program against a local OneBot."""

from sqlalchemy import func, select

from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.onebot_branch import OneBotBranch, onebot_branch
from tests.onebot_server.listener import eventually


async def test_people_check_in_and_are_answered(database_url: str) -> None:
    async with onebot_branch(database_url) as branch:
        said = await branch.says("李小山", "签到")
        assert said.marks == ["👌"]
        assert branch.shown(branch.group) == []  # what cannot be changed afterwards is said once, after some minutes
        await branch.says("周海", "签到")
        await branch.pass_time(minutes=10)
        assert branch.shown(branch.group) == ["今日报平安 2 人，谢谢大家。"]


async def test_where_there_are_no_buttons_a_number_answers(database_url: str) -> None:
    async with onebot_branch(database_url) as branch:
        await branch.says("周海", "我的", group=False)
        assert branch.shown("周海")[-1].endswith("\n回 1 或“下一页”。")
        await branch.says("周海", "1", group=False)
        await branch.pass_time(seconds=2)  # one message a second
        assert len(branch.shown("周海")) == 2


async def test_who_asks_to_be_let_in_is_let_in_by_the_secretary(database_url: str) -> None:
    async with onebot_branch(database_url) as branch:
        stranger = branch.server.user("陈立夏")
        await branch.server.ask_to_join(stranger, branch.group, "问题：您是谁？ 答案：第二小组 陈立夏")
        await branch.settle()
        assert "陈立夏" in branch.shown("王秀英")[-1]
        await branch.says("王秀英", "同意进群", group=False)
        await branch.pass_time(seconds=2)
        assert branch.server.admitted == [(stranger.id, branch.group.id, True)]
        await branch.server.join(stranger, branch.group)
        await branch.settle()
        assert branch.shown(stranger) == []


async def test_a_send_that_timed_out_is_not_repeated_by_itself_and_an_answer_to_it_proves_that_it_arrived(database_url: str) -> None:
    async with onebot_branch(database_url) as branch:
        server = branch.server
        server.fail_next("send_private_msg", "timeout")
        await branch.says("周海", "我的", group=False)
        for _ in range(5):
            await branch.pass_time(minutes=1)
        assert len(branch.shown("周海")) == 1  # a frozen account looks like this: it is left to a person
        assert await branch.app.database.run(_states) == {"uncertain": 1}
        await branch.says("周海", "好", group=False, answer=server.messages(branch.users["周海"])[-1].id)
        assert server.called("get_msg")
        assert "uncertain" not in await branch.app.database.run(_states)


async def test_a_onebot_that_restarts_gets_what_waited_and_no_message_is_taken_for_an_old_one(database_url: str) -> None:
    async with onebot_branch(database_url) as branch:
        server = branch.server
        assert (await branch.says("李小山", "签到")).marks == ["👌"]
        await server.restart()
        await eventually(lambda: not branch.platform.reachable())
        await branch.app.database.run(_tell, branch)
        await branch.pass_time(minutes=30)
        assert branch.shown("周海") == []
        await server.connect(branch.app.address.replace("http", "ws") + "onebot/v11/ws")
        await eventually(branch.platform.reachable)
        await branch.app.drain()
        assert branch.shown("周海") == ["周六上午九点视频会"]
        assert branch.shown(branch.group) == ["今日报平安 1 人，谢谢大家。"]
        assert (await branch.says("吴芳", "签到")).marks == ["👌"]


async def _states(work: UnitOfWork) -> dict[str, int]:
    rows = await work.rows(select(outbox.c.state, func.count().label("n")).where(outbox.c.state != "sent").group_by(outbox.c.state))
    return {row.state: row.n for row in rows}


async def _tell(work: UnitOfWork, branch: OneBotBranch) -> None:
    work.enter(branch.branch)
    await posting.to_member(work, branch.members["周海"], Outgoing(Text.plain("周六上午九点视频会")))


async def test_a_notice_that_is_withdrawn_is_deleted_and_said_to_be(database_url: str) -> None:
    async with onebot_branch(database_url) as branch:
        await branch.says("王秀英", "公告 村口的路修好了")
        await branch.pass_time(seconds=5)
        [notice] = [each for each in branch.server.messages(branch.group) if each.sender is None]
        await branch.says("王秀英", "撤回公告 N1", group=False)
        await branch.pass_time(seconds=5)
        assert [str(each["message_id"]) for each in branch.server.called("delete_msg")] == [str(notice.id)]
        assert branch.shown(branch.group)[-1] == "【公告 N1 已撤回】"


async def test_that_something_is_in_doubt_is_said_once_a_day_even_where_that_is_in_doubt(database_url: str) -> None:
    async with onebot_branch(database_url) as branch:
        for number in range(3):
            for _ in range(4):
                branch.server.fail_next("send_private_msg", "timeout")

            async def remind(work: UnitOfWork, number: int = number) -> None:
                work.enter(branch.branch)
                said = Outgoing(Text.plain(f"提醒{number}"))
                await posting.to_member(work, branch.members["周海"], said, priority=Priority.NOTICE)

            await branch.app.database.run(remind)
            for _ in range(4):
                await branch.pass_time(seconds=1)
        tried = [each for each in branch.server.called("send_private_msg") if "不知道送到没有" in str(each)]
        assert len(tried) == 1
