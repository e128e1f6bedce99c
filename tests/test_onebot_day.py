"""A branch's day in a QQ group: the whole program against a local OneBot."""

from tests.onebot_branch import onebot_branch


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
