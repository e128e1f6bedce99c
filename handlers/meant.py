"""The answer to “did you mean …?”: a yes does what was meant."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands import Command, Context, Reply, answer
from bot.permissions import Permission, require
from bot.texts import Text
from bot.unsure import KIND, LOST

LEFT = Text("好，那没有记。请再说一遍，打字也行。", "All right, nothing was noted. Please say it again.")


@answer(KIND, needs=Permission.HELP)
async def meant(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return LEFT
    done: list[Reply] = []
    for word, args in ctx.question.data["calls"]:
        command = _named(ctx, word)
        require(ctx.actor, command.needs)
        done.append(await command.handler(replace(ctx, args=args, word=word, question=None, choice=0)))
    return [each for reply in done if reply is not None for each in (reply if isinstance(reply, Sequence) else [reply])]


@answer(LOST, needs=Permission.HELP)
async def menu(ctx: Context) -> Reply:
    return await _named(ctx, "帮助").handler(replace(ctx, args="", word="帮助", question=None, choice=0))


def _named(ctx: Context, word: str) -> Command:
    return next(each for each in ctx.registry.commands if each.word == word)
