"""The way of an appeal, for the tests of its parts."""

from tests.dialogue import Dialogue, Seen

WORDS = "我爱人查出肿瘤，想到北京看病，人生地不熟，谁能帮忙挂个号"
ASKER, SECRETARY = "李小山", "王秀英"


async def asked(chat: Dialogue, who: str = ASKER, words: str = WORDS) -> list[Seen]:
    """Somebody asks in private, skips what is asked, and declares that it is true."""
    seen = await chat.private(who, f"求助 {words}")
    while "跳过" in seen[-1].buttons:
        seen = await chat.press(who, "跳过", seen[-1])
    return await chat.press(who, "以上属实", seen[-1])


async def verified(chat: Dialogue, who: str = ASKER, words: str = WORDS) -> list[Seen]:
    """… and the secretary verifies it."""
    await asked(chat, who, words)
    return await chat.press(SECRETARY, "核实")


async def posted(chat: Dialogue, who: str = ASKER, words: str = WORDS, *, health: str = "同意提就医") -> list[Seen]:
    """… and the person approves the words that were proposed."""
    seen = await verified(chat, who, words)
    if health in seen[-1].buttons:
        await chat.press(who, health)
    return await chat.press(who, "同意发")


def shown_now(chat: Dialogue) -> list[str]:
    """What of the bot stands in the group now, edits applied."""
    latest = {each["id"]: each for each in chat.shown if each["chat"] == chat.group_id() and each["from"]["id"] == "bot"}
    return [each["text"]["zh"] for each in latest.values()]
