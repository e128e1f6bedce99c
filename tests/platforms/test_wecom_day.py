"""A branch's day on WeCom, over the real protocol through the real router: what is said in the group, in private, and by cards."""

import re
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from tests.wecom_branch import WeComBranch, wecom_branch
from tests.wecom_server.callbacks import AES_KEY, TOKEN, Caller


@pytest.fixture
async def branch(database_url: str) -> AsyncIterator[WeComBranch]:
    async with wecom_branch(database_url) as opened:
        yield opened


async def test_who_checks_in_in_the_group_is_counted_and_the_group_hears_the_number(branch: WeComBranch) -> None:
    await branch.says("李小山", "签到", group=True)
    await branch.says("周海", "签到", group=True)
    assert branch.texts() == []
    await branch.pass_time(minutes=15)
    [tally] = branch.shown()
    assert "今日报平安 2 人" in tally.text
    assert not tally.answers


async def test_a_private_message_is_answered_in_the_stream_of_its_callback(branch: WeComBranch) -> None:
    await branch.says("李小山", "签到")
    [answer] = branch.shown("李小山")
    assert "一路平安" in answer.text
    assert answer.answers == "req-1"


async def test_an_announcement_is_asked_back_by_a_card_and_read_by_another(branch: WeComBranch) -> None:
    await branch.says("王秀英", "公告 周六上午九点视频会")
    await branch.presses("王秀英", "发")
    await branch.pass_time(seconds=5)
    [posted] = [each for each in branch.shown() if each.buttons]
    assert any("视频会" in each for each in branch.texts())
    assert [label for label, _ in posted.buttons] == ["收到"]
    await branch.presses("李小山", "收到", group=True)
    await branch.pass_time(seconds=2)
    await branch.says("王秀英", "谁没读")
    await branch.pass_time(seconds=2)
    assert "周海" in branch.texts("王秀英")[-1]
    assert "李小山" not in branch.texts("王秀英")[-1]


async def test_who_opens_the_chat_is_greeted_at_once_by_the_welcome(branch: WeComBranch) -> None:
    await branch.server.enter(branch.people["李小山"])
    await branch.settle()
    [welcome] = branch.shown("李小山")
    assert (welcome.kind, welcome.answers) == ("text", "req-1")
    assert "您好" in welcome.text


async def test_a_callback_that_comes_twice_counts_once(branch: WeComBranch) -> None:
    person = branch.people["李小山"]
    body = {**branch.server._about(person, None), "msgid": "m-1", "msgtype": "text", "text": {"content": "签到"}}
    for _ in range(3):
        await branch.server.callback("aibot_msg_callback", body)
    await branch.settle()
    assert len(branch.shown("李小山")) == 1


async def test_what_falls_due_while_the_line_is_down_waits_and_goes_when_it_stands_again(branch: WeComBranch) -> None:
    await branch.says("李小山", "签到", group=True)
    branch.server.refusing = 1000
    await branch.server.drop_all()
    await branch.server.until(lambda: branch.server.refusing < 1000)
    await branch.pass_time(minutes=15)
    assert branch.texts() == []
    branch.server.refusing = 0
    await branch.server.until(lambda: branch.server.subscribed and branch.app.platforms[-1].reachable())
    await branch.app.drain()
    assert "今日报平安 1 人" in branch.texts()[0]


async def test_a_person_of_the_bot_and_the_app_binds_both_and_is_counted_once(database_url: str) -> None:
    app = {"corp_id": "ww1234", "agent_id": "1000002", "app_secret": SecretStr("app-secret-2")}
    async with wecom_branch(database_url, **app, callback_token=SecretStr(TOKEN), callback_key=SecretStr(AES_KEY)) as branch:
        await branch.app._serve()  # without the background tasks: the test itself says when time passes
        call = Caller(f"{branch.app.address.rstrip('/')}/wecom/app", int(branch.now.timestamp()))
        person = branch.people["李小山"]

        async def tells(text: str) -> str:
            call.now = int(branch.now.timestamp())
            assert await call.says("LiXiaoShan", text) == 200
            await branch.app.drain()
            return person.app[-1].text

        assert "我还不认识您" in await tells("签到")
        await branch.says("李小山", "绑定新账号")
        code = re.search(r"[A-Z0-9]{8}", branch.texts("李小山")[-1])
        assert code
        await tells(f"绑定 {code.group()}")
        await branch.pass_time(seconds=5)
        await branch.says("李小山", "签到")
        await branch.pass_time(seconds=5)
        await tells("签到")
        await branch.says("王秀英", "签到情况")
        assert "1 人" in branch.texts("王秀英")[-1]
        await call.tells("LiXiaoShan", MsgType="event", Event="enter_agent", EventKey="")
        await branch.pass_time(seconds=5)
        assert "您好，我在" in person.app[-1].text
