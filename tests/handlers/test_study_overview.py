"""学习情况, as the curator meets it."""

from tests.dialogue import Dialogue
from tests.reading import read


async def _said(chat: Dialogue, text: str, person: str = "王秀英") -> str:
    return "\n".join(chat.to(person, await chat.private(person, text)))


async def test_the_curator_sees_numbers_and_small_ones_as_few(study: Dialogue) -> None:
    assert await _said(study, "学习情况") == "近 30 天还没有人看课。"
    for person in ("李小山", "周海", "吴芳"):
        await read(study, person, "pigs", done=person != "吴芳")
    await study.pass_time(minutes=1)
    await read(study, "李小山", "wages")
    told = await _said(study, "学习情况")
    assert told == ("近 30 天的课，只看人数，没有名单：\n《工资被拖欠怎么办》看过 不足 3 人\n《养猪先防病》看过 3 人，学完 不足 3 人")


async def test_others_do_not_and_talk_in_the_group_is_left_alone(study: Dialogue) -> None:
    assert "需要" in await _said(study, "学习情况", "李小山")
    assert await study.group("王秀英", "学习情况") == []
