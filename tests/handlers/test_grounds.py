"""依据, as people meet it."""

from tests.dialogue import Dialogue


async def test_a_named_matter_tells_the_rule_it_rests_on(chat: Dialogue) -> None:
    told = "\n".join(chat.to("李小山", await chat.private("李小山", "依据 签到")))
    assert "指尖上的形式主义" in told


async def test_without_a_matter_it_asks_which(chat: Dialogue) -> None:
    seen = await chat.private("李小山", "依据？")
    assert "自愿报平安、不排名" in seen[-1].buttons
    told = "\n".join(chat.to("李小山", await chat.press("李小山", "自愿报平安、不排名")))
    assert "指尖上的形式主义" in told


async def test_after_an_answer_it_is_about_that_matter_and_the_member_sees_that_it_is_kept(chat: Dialogue) -> None:
    await chat.private("李小山", "每天必须签到")
    told = "\n".join(chat.to("李小山", await chat.private("李小山", "依据")))
    assert "自愿报平安、不排名，依据是" in told
    assert "最近问的事" in await _mine(chat)


async def test_after_an_answer_to_a_question_it_is_about_that_questions_matter(study: Dialogue) -> None:
    await study.private("李小山", "每天必须签到")
    await study.private("李小山", "课程")
    await study.private("李小山", "1")
    for asked in ("依据", "为什么？", "凭啥"):
        assert study.to("李小山", await study.private("李小山", asked))[0].startswith("学习，依据是：")
    assert await study.group("李小山", "为什么") == []


async def _mine(chat: Dialogue) -> str:
    seen = await chat.private("李小山", "我的")
    texts = chat.to("李小山", seen)
    while "下一页" in seen[-1].buttons:
        seen = await chat.private("李小山", "下一页")
        texts += chat.to("李小山", seen)
    return "\n".join(texts)


async def test_what_is_asked_in_the_group_and_not_of_the_bot_stays_unanswered(chat: Dialogue) -> None:
    assert await chat.group("李小山", "凭什么") == []


async def test_a_stranger_gets_no_answer_about_it(chat: Dialogue) -> None:
    assert "依据" not in "".join(chat.to("路人", await chat.private("路人", "依据 签到")))
