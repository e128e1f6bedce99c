"""A bot of NoneBot2 with its adapter for OneBot v11: tells what it understood, and answers by what its users would call."""

import nonebot
from lines import tell
from nonebot.adapters.onebot.v11 import Adapter, Bot, Event, GroupMessageEvent, GroupRequestEvent, MessageEvent, MessageSegment

nonebot.init()
driver = nonebot.get_driver()
driver.register_adapter(Adapter)
everything = nonebot.on(priority=1, block=False)


@driver.on_startup
async def started():
    tell("started")


@driver.on_bot_connect
async def connected(bot: Bot):
    tell("connected", self_id=bot.self_id)


@driver.on_bot_disconnect
async def gone(bot: Bot):
    tell("gone", self_id=bot.self_id)


@everything.handle()
async def understood(bot: Bot, event: Event):
    told = {"name": event.get_event_name(), "model": type(event).__name__}
    told |= {name: getattr(event, name) for name in ("user_id", "group_id", "sub_type", "flag", "message_id") if hasattr(event, name)}
    if isinstance(event, MessageEvent):
        told |= {"text": event.get_plaintext(), "to_me": event.to_me, "reply": event.reply and event.reply.message_id}
        told["segments"] = [segment.type for segment in event.original_message]
    tell("event", **told)
    try:
        if isinstance(event, GroupMessageEvent):
            answer = MessageSegment.reply(event.message_id) + MessageSegment.at(event.user_id) + f" 收到[{event.get_plaintext()}]&,"
            tell("answered", **await bot.send(event, answer))
        elif isinstance(event, MessageEvent):
            tell("answered", **await bot.send(event, f"私下收到：{event.get_plaintext()}"))
        elif isinstance(event, GroupRequestEvent):
            await event.approve(bot)
            tell("approved", flag=event.flag)
    except Exception as wrong:
        tell("failed", words=repr(wrong))


if __name__ == "__main__":
    nonebot.run()
