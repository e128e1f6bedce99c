"""A bot of NoneBot2 with its adapter for QQ's official API, fed by webhook: tells what it understood, and answers."""

import nonebot
from lines import tell
from nonebot.adapters.qq import Adapter, Bot, C2CMessageCreateEvent, Event, GroupAtMessageCreateEvent, MessageSegment

nonebot.init()
driver = nonebot.get_driver()
driver.register_adapter(Adapter)
everything = nonebot.on(priority=1, block=False)


@driver.on_startup
async def started():
    tell("started")


@everything.handle()
async def understood(bot: Bot, event: Event):
    told = {"name": event.get_event_name(), "model": type(event).__name__}
    if isinstance(event, GroupAtMessageCreateEvent | C2CMessageCreateEvent):
        told |= {"text": event.get_plaintext(), "user": event.get_user_id(), "message_id": event.id}
        told["group"] = getattr(event, "group_openid", None)
    tell("event", **told)
    if "text" not in told:
        return
    try:
        for words in ("收到", "再说一句"):
            sent = await bot.send(event, MessageSegment.text(words))
            tell("answered", id=sent.id)
    except Exception as wrong:
        tell("failed", words=repr(wrong))


if __name__ == "__main__":
    nonebot.run()
