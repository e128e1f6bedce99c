"""Whose message somebody answers: who answers one of the bot's speaks to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.messages import Incoming, Quoted
from bot.platforms.json_fields import mapping
from bot.platforms.onebot.calls import Failure, Line
from bot.platforms.onebot.fields import ident, moment, wire_id
from bot.platforms.onebot.greeting import ASK
from bot.platforms.onebot.hear import hear
from bot.platforms.onebot.memory import Memory

log = structlog.get_logger("onebot")


@dataclass(frozen=True, slots=True)
class Answered:
    """Asks over the line of one account what its memory does not hold."""

    instance: str
    line: Line
    memory: Memory
    clock: Callable[[], datetime]

    async def known(self, event: Incoming) -> Incoming:
        """The event, knowing whether it answers a message of ours. What is not remembered OneBot is asked for."""
        answered = event.reply_to
        if answered is None:
            return event
        ours = self.memory.sent.get(answered)
        if ours is not None:
            return replace(event, mentioned=event.mentioned or ours)
        try:
            message = mapping(await self.line.call("get_msg", {"message_id": wire_id(answered)}, ASK))
        except Failure as error:
            log.info("Whose message was answered could not be learnt.", error=type(error).__name__)
            return event
        ours = ident(mapping(message.get("sender")).get("user_id")) == self.instance
        self.memory.sent.keep(answered, ours)
        if not ours:
            return event
        said = hear(message.get("message"), message.get("raw_message"), self.instance).text
        quoted = Quoted(said, moment(message.get("time"), self.clock)) if said else None
        return replace(event, mentioned=True, quoted=quoted)
