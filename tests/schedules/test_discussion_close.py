"""A discussion ends in the morning after its three days."""

from tests.dialogue import Dialogue


async def test_it_is_not_ended_before_its_time(chat: Dialogue) -> None:
    await chat.private("王秀英", "讨论 秋收忙不忙？")
    await chat.private("王秀英", "对")
    assert [each for each in chat.in_group(await chat.days_pass(2)) if "谢谢" in each] == []
    assert [each for each in chat.in_group(await chat.days_pass(2)) if "谢谢" in each] == ["这次讨论先到这儿，谢谢大家。"]
    assert [each for each in chat.in_group(await chat.days_pass(3)) if "谢谢" in each] == []
