"""A branch on QQ's official API, through the real router and outbox: what is answered, what waits, what goes when somebody writes."""

from sqlalchemy import func, select

from bot.messages import ChatKind, Outgoing, Priority
from bot.platforms.qq.windows import Windows
from bot.services import posting
from bot.texts import Text
from storage.tables import check_in, inbox, outbox
from storage.unit_of_work import UnitOfWork
from tests.qq_branch import QQBranch, qq_branch
from tests.qq_server.listener import key_of


async def _counts(work: UnitOfWork) -> tuple[int, int]:
    rows = [(await work.rows(select(func.count()).select_from(table)))[0][0] for table in (inbox, check_in)]
    return int(rows[0]), int(rows[1])


async def _states(work: UnitOfWork) -> list[str]:
    return [str(row.state) for row in await work.rows(select(outbox.c.state).order_by(outbox.c.id))]


async def _announce(branch: QQBranch, text: str, priority: Priority = Priority.NOTICE) -> None:
    async def post(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        await posting.to_chat(work, key_of(branch.group), Outgoing(Text.plain(text)), priority=priority)

    await branch.app.database.run(post)
    await branch.wait()


def _code(branch: QQBranch, name: str) -> str:
    """The code that somebody was shown last."""
    return next(
        each for text in reversed(branch.shown(name)) for each in text.split() if len(each) >= 8 and each.isascii() and each.isalnum()
    )


async def test_a_check_in_in_the_group_and_a_question_in_private_are_answered(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        said = await branch.says("李小山", "/签到")
        [answer] = [each for each in branch.server.messages(branch.group) if each.sender is None]
        assert (answer.text, answer.passive) == ("👌 记下了", said.id), "there are no marks in QQ, so it is said"
        await branch.says("周海", "帮助", group=False)
        assert "签到" in "".join(branch.shown("周海"))


async def test_the_days_number_comes_with_the_next_that_is_said(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        await branch.says("李小山", "签到")
        await branch.says("周海", "签到")
        await branch.pass_time(minutes=6)
        assert not [each for each in branch.shown(branch.group) if "2" in each], "nobody has spoken for five minutes"
        await branch.says("吴芳", "签到")
        await branch.wait(4)
        assert "3" in "".join(branch.shown(branch.group)), "the number of then"


async def test_a_callback_that_comes_again_counts_once(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        said = branch.server.say(branch.people["李小山"], "签到", branch.group)
        event = branch.server.pending[0]
        await branch.settle()
        for _ in range(5):
            assert (await branch.server.post(event))[0] == 200
        twin = event | {"id": "another envelope", "t": "GROUP_MESSAGE_CREATE"}
        assert (await branch.server.post(twin))[0] == 200
        await branch.settle()
        assert await branch.app.database.run(_counts) == (1, 1)
        assert [each.passive for each in branch.server.messages(branch.group) if each.sender is None] == [said.id]


async def test_what_nobody_asked_for_waits_visibly_and_goes_the_most_urgent_first(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        await _announce(branch, "公告：周六上午九点视频会")
        await _announce(branch, "台风要来了，大家先避一避", Priority.EMERGENCY)
        assert branch.shown(branch.group) == []
        assert await branch.app.database.run(_states) == ["awaiting", "awaiting"]
        await branch.says("王秀英", "未送达", group=False)
        assert "等那边有人跟我说句话" in "".join(branch.shown("王秀英"))
        await branch.says("李小山", "签到")
        await branch.wait(4)
        told = branch.shown(branch.group)
        assert set(told) == {"台风要来了，大家先避一避", "👌 记下了", "公告：周六上午九点视频会"}
        assert told[-1] == "公告：周六上午九点视频会"


async def test_a_group_that_lets_messages_in_is_written_to_at_once(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        await _announce(branch, "公告：周六上午九点视频会")
        assert branch.shown(branch.group) == []
        branch.server.changes("GROUP_MSG_RECEIVE", branch.people["王秀英"], branch.group)
        await branch.settle()
        await branch.wait(4)
        assert branch.shown(branch.group) == ["公告：周六上午九点视频会"]
        await branch.pass_time(hours=1)
        await _announce(branch, "公告：改到周日")
        assert branch.shown(branch.group)[-1] == "公告：改到周日"


async def test_the_fifth_reply_is_the_last_and_the_rest_comes_with_the_next_word(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        texts = [f"第 {number} 条：" + "太长了，不能与别的并成一条。" * 9 for number in range(6)]
        for each in texts:
            await _announce(branch, each, Priority.ANSWER)
        await branch.says("李小山", "今天真冷")
        await branch.wait(6)
        assert len(branch.shown(branch.group)) == 5, "its answer and four of what waited"
        await branch.says("周海", "是啊")
        await branch.wait(4)
        assert [each for each in branch.shown(branch.group) if each.startswith("第 ")] == texts, "none lost, none twice"
        assert max(anchor.replies for anchor in branch.server.anchors.values()) == 5


async def test_a_reminder_in_private_waits_for_a_word_of_its_person(database_url: str) -> None:
    async with qq_branch(database_url) as branch:

        async def remind(work: UnitOfWork) -> None:
            work.enter(branch.branch)
            said = Outgoing(Text.plain("别忘了周六的会"))
            await posting.to_member(work, branch.members["周海"], said, priority=Priority.REMINDER)

        await branch.app.database.run(remind)
        await branch.app.drain()
        assert branch.shown("周海") == []
        await branch.says("周海", "你好", group=False)
        await branch.wait(4)
        assert "别忘了周六的会" in "".join(branch.shown("周海"))


# ---- who is who: a person has one openid in private and another one in each group


async def test_a_secretary_brings_the_bot_into_a_group_by_codes_alone(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        group = branch.server.group("另一个群")
        secretary = branch.people["王秀英"]
        branch.server.changes("GROUP_ADD_ROBOT", secretary, group)
        branch.server.say(secretary, "绑定本群", group)
        await branch.settle()
        assert "绑定" in "".join(branch.shown(group)), "they are told that here they are not known yet"
        await branch.says("王秀英", "绑定新账号", group=False)
        code = _code(branch, "王秀英")
        branch.server.say(secretary, f"绑定 {code}", group)
        await branch.settle()
        branch.server.say(secretary, "绑定本群", group)
        await branch.settle()
        await branch.wait(4)
        assert "对吗" in branch.shown("王秀英")[-1]
        await branch.says("王秀英", "是", group=False)
        branch.server.say(secretary, "签到", group)
        await branch.settle()
        assert branch.server.shown(group)[-1] == "👌 记下了"


async def test_a_member_known_in_private_is_told_how_to_be_known_in_the_group(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        newcomer = branch.server.person("陈立夏")
        branch.people["陈立夏"] = newcomer
        await branch.says("陈立夏", "签到")
        [told] = branch.shown(branch.group)
        assert "私聊我发“绑定新账号”" in told
        assert (await branch.app.database.run(_counts))[1] == 0
        await branch.says("王秀英", "邀请 陈立夏", group=False)
        code = _code(branch, "王秀英")
        await branch.says("陈立夏", f"绑定 {code}", group=False)
        await branch.says("陈立夏", "绑定新账号", group=False)
        code = _code(branch, "陈立夏")
        await branch.says("陈立夏", f"绑定 {code}")
        await branch.says("陈立夏", "签到")
        assert branch.shown(branch.group)[-1] == "👌 记下了"
        await branch.says("陈立夏", "签到", group=False)
        assert (await branch.app.database.run(_counts))[1] == 1, "one person, whichever openid"


async def test_no_push_and_no_unanswerable_reply_was_ever_tried(database_url: str) -> None:
    """What QQ would refuse is not even asked for: a bot that keeps asking is looked at."""
    async with qq_branch(database_url) as branch:
        await branch.says("李小山", "签到")
        await branch.pass_time(hours=13)
        await branch.pass_time(hours=13)
        for each in branch.server.called("messages"):
            assert "msg_id" in each or "event_id" in each
        assert branch.platform.capabilities(ChatKind.GROUP).push is False


async def test_an_answer_that_a_restart_came_before_still_goes(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        branch.server.say(branch.people["周海"], "帮助")
        await branch.server.acknowledged()  # stored, and then the program is gone
        branch.platform._windows = branch.platform._sender._windows = Windows(lambda: branch.now)
        await branch.wait(2)
        assert "签到" in "".join(branch.shown("周海"))
