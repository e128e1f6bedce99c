"""A branch on QQ's official API, through the real router and outbox: what is answered, what waits, what goes when somebody writes."""

from tests.qq_branch import qq_branch


async def test_a_check_in_in_the_group_and_a_question_in_private_are_answered(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        said = await branch.says("李小山", "/签到")
        answers = [each for each in branch.server.messages(branch.group) if each.sender is None]
        assert answers, "the group hears of it"
        assert all(each.passive == said.id for each in answers)
        await branch.says("周海", "帮助", group=False)
        assert "签到" in "".join(branch.shown("周海"))
