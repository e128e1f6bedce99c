"""What the branch has and the bot does not is understood and answered with whom to ask; a stranger learns no name."""

import pytest

from bot import discovery
from bot.texts import Text
from handlers.not_yet import ASK, MATTERS, WHO, YOURSELF
from tests.dialogue import STRANGER, Dialogue

SECRETARY = Text("书记王秀英", "")


async def _says(chat: Dialogue, name: str, words: str) -> list[str]:
    return chat.to(name, await chat.private(name, words))


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("我要把组织关系转到苏州", "transfer_request"),
        ("活动证丢了", "card_request"),
        ("想找个电焊的活", "job_seek"),
        ("我想提个意见", "opinion_submit"),
        ("约个时间谈话，晚上九点后都行", "talk_request"),
    ],
)
async def test_a_matter_that_is_not_built_yet_is_answered_with_whom_to_ask(chat: Dialogue, words: str, intent: str) -> None:
    assert await _says(chat, "李小山", words) == [ASK(matter=MATTERS[intent], who=SECRETARY).zh]


async def test_the_secretary_is_sent_further_and_a_stranger_learns_no_name(chat: Dialogue) -> None:
    assert await _says(chat, "李小山", "找谁") == [WHO(who=SECRETARY).zh]
    assert "上级党组织" in (await _says(chat, "王秀英", "找谁"))[0]
    assert "王秀英" not in str(await _says(chat, STRANGER, "我要把组织关系转到苏州"))


async def test_the_secretary_is_not_sent_to_the_secretary(chat: Dialogue) -> None:
    assert await _says(chat, "王秀英", "我提议村口装个路灯，请大家议一议") == [YOURSELF(matter=MATTERS["proposal_create"]).zh]


async def test_the_group_hears_nothing_of_it(chat: Dialogue) -> None:
    assert await chat.group("李小山", "活动证丢了") == []


def test_nothing_that_another_command_does_is_said_to_be_missing() -> None:
    done = {intent for each in discovery.registry().commands if each.word != "找谁" for intent in each.intents}
    assert done & set(MATTERS) == {"profile_update"}  # a telephone number may be what a helper is waiting for
