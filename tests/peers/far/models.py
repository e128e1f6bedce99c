"""The models of NoneBot's adapter for OneBot, as a reader of what is ours: asked by JSON lines, answers by JSON lines."""

import asyncio

import nonebot
from lines import asked, tell

nonebot.init(driver="~none")
from nonebot.adapters.onebot.v11 import Adapter, Message  # noqa: E402  it asks for the driver when it is imported
from nonebot.adapters.onebot.v11.utils import escape, unescape  # noqa: E402
from nonebot.compat import type_validate_python  # noqa: E402


def answer(question):
    """One answer to one question."""
    match question:
        case {"event": event}:
            found = Adapter.json_to_event(event)
            return {"model": type(found).__name__ if found else None, "name": found.get_event_name() if found else None}
        case {"message": segments}:
            read = type_validate_python(Message, segments)
            return {"cq": str(read), "plain": read.extract_plain_text(), "types": [each.type for each in read]}
        case {"cq": words}:
            return {"segments": [{"type": each.type, "data": each.data} for each in Message(words)]}
        case {"escape": texts}:
            return {"escaped": [escape(text) for text in texts], "outside": [escape(text, escape_comma=False) for text in texts]}
        case {"unescape": texts}:
            return {"unescaped": [unescape(text) for text in texts]}
    raise ValueError(question)


async def main():
    tell("started")
    async for question in asked():
        try:
            tell("answer", **answer(question))
        except Exception as wrong:
            tell("failed", words=repr(wrong))


asyncio.run(main())
