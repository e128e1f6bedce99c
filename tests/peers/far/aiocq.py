"""A bot of aiocqhttp: tells what it understood, and answers by what its users would call.

python aiocq.py PORT [API_ROOT]
"""

import asyncio
import os
import sys

from aiocqhttp import CQHttp, Event, Message, MessageSegment
from lines import tell

bot = CQHttp(
    access_token=os.environ.get("TOKEN"),
    secret=os.environ.get("SECRET"),
    api_root=sys.argv[2] if len(sys.argv) > 2 else None,
    message_class=Message,
    api_timeout_sec=10,
)


@bot.on_startup
async def started():
    tell("started")


async def understood(event: Event):
    told = {"name": event.name}
    told |= {name: event[name] for name in ("user_id", "group_id", "sub_type", "flag", "message_id") if name in event}
    if event.type == "message":
        told |= {"text": event.message.extract_plain_text(), "segments": [segment.type for segment in event.message]}
    tell("event", **told)
    try:
        if event.detail_type == "group" and event.type == "message":
            answer = MessageSegment.reply(event.message_id) + MessageSegment.text(f"收到[{told['text']}]&,")
            tell("answered", **await bot.send(event, answer))
        elif event.type == "message":
            tell("answered", **await bot.send(event, f"私下收到：{told['text']}"))
        elif event.type == "request":
            await bot.set_group_add_request(flag=event.flag, sub_type=event.sub_type, approve=True)
            tell("approved", flag=event.flag)
    except Exception as wrong:
        tell("failed", words=repr(wrong))


for kind in ("message", "notice", "request", "meta_event"):
    bot.subscribe(kind, understood)

if __name__ == "__main__":
    asyncio.run(bot.run_task(host="127.0.0.1", port=int(sys.argv[1])))
