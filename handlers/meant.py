"""The answer to “did you mean …?”: a yes does what was meant."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands import Context, Reply, answer
from bot.permissions import Permission, require
from bot.texts import Text
from bot.unsure import KIND, LOST, restored

LEFT = Text("好，那没有记。请再说一遍，打字也行。", "All right, nothing was noted. Please say it again.")


@answer(KIND, needs=Permission.HELP)
async def meant(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return LEFT
    done: list[Reply] = []
    for kept in ctx.question.data["calls"]:
        called = restored(ctx.registry, kept)
        require(ctx.actor, called.command.needs)
        again = replace(ctx, args=called.args, word=called.word, meaning=called.meaning, question=None, choice=0)
        done.append(await called.command.handler(again))
    return [each for reply in done if reply is not None for each in (reply if isinstance(reply, Sequence) else [reply])]


@answer(LOST, needs=Permission.HELP)
async def menu(ctx: Context) -> Reply:
    help_ = restored(ctx.registry, {"command": "帮助", "args": ""})
    return await help_.command.handler(replace(ctx, args="", word=help_.word, question=None, choice=0))
