"""In the middle of questions somebody turns to something else: that is done, and the questions wait."""

from collections.abc import Collection
from dataclasses import replace

from bot import reading
from bot.commands import Called, Context, Reply
from bot.language.rule import SURE
from bot.services import talk


async def something_else(ctx: Context, intents: Collection[str]) -> Called | None:
    """What words mean that are plainly no answer: one of some intents, surely, and nothing the speaker may not do; else None."""
    found = reading.read(ctx.registry, ctx.args, await talk.setting(ctx.work, ctx.actor, ctx.incoming))
    plainly = len(found.calls) == 1 and found.understanding.intent in intents and found.understanding.confidence >= SURE
    return found.calls[0] if plainly and ctx.actor.may(found.calls[0].command.needs) else None


async def done(ctx: Context, other: Called) -> Reply:
    """Do what they turned to."""
    return await other.command.handler(replace(ctx, args=other.args, word="", question=None, choice=0, meaning=other.meaning))
