"""The models of NoneBot's adapter for OneBot, as a reader of what is ours: asked by JSON lines, answers by JSON lines."""

import ast
import asyncio
from pathlib import Path

import nonebot
from lines import asked, tell

nonebot.init(driver="~none")
from nonebot.adapters.onebot import v11  # noqa: E402
from nonebot.adapters.onebot.v11 import Adapter, Message  # noqa: E402  it asks for the driver when it is imported
from nonebot.adapters.onebot.v11.utils import escape, unescape  # noqa: E402
from nonebot.compat import type_validate_python  # noqa: E402


def signatures():
    """The actions of OneBot v11 as the adapter writes them down for its users: required and optional parameters."""
    stub = ast.parse((Path(v11.__file__).parent / "bot.pyi").read_text(encoding="utf-8"))
    methods = [each for each in ast.walk(stub) if isinstance(each, ast.AsyncFunctionDef)]
    told = {}
    for each in methods:
        names, defaults = [one.arg for one in each.args.kwonlyargs], each.args.kw_defaults
        told[each.name] = {name for name, given in zip(names, defaults, strict=True) if given is None}, set(names)
    return told


SIGNATURES = signatures()


def answer(question):
    """One answer to one question."""
    match question:
        case {"action": action, "params": params}:
            required, all_of_them = SIGNATURES.get(action, (set(), set(params)))
            missing, more = sorted(required - params.keys()), sorted(params.keys() - all_of_them)
            return {"known": action in SIGNATURES, "missing": missing, "more": more}
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
