"""What was said in the sample's group these last days: played through the real router at its own time, so that every button works."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from bot.clock import BEIJING, Clock, beijing_day
from bot.operations.sample import readers
from bot.operations.stage import Line, Running, Stage

_STORY = (
    (4, "19:42", "李小山", "深圳这几天雷阵雨，路上的同志慢点开。"),
    (3, "10:05", "王秀英", "公告 村口的老戏台修好了，国庆节唱三天大戏，能回来的同志回来看看。看到请点“收到”。"),
    (3, "10:31", "周海", "收到"),
    (3, "12:16", "孙丽", "收到"),
    (3, "12:20", "吴芳", "佛山这边加班，我争取回。"),
    (2, "07:58", "马文秀", "报平安"),
    (2, "08:20", "赵国强", "签到"),
    (1, "09:10", "王秀英", "公告 本月主题党日改到二十八日晚上八点，线上参加，链接当天发群里。看到请点“收到”。"),
    (1, "09:14", "李小山", "收到"),
    (1, "12:40", "周海", "平安，哈尔滨开始下雪了。"),
    (1, "12:41", "周海", "签到"),
    (1, "18:02", "孙丽", "平安"),
    (1, "20:15", "王秀英", "签到"),
)
"""Days ago, Beijing's time, who, and what was said in the group."""


async def perform(make: Callable[[Clock], Running], now: datetime) -> None:
    """Play the last days. Whoever has no account in the browser reads along elsewhere, so the counts grow."""
    lines = [Line(who, "group", text, _moment(now, ago, at)) for ago, at, who, text in _STORY]
    stage = Stage(make, lines[0].at or now)
    await stage.open()
    try:
        for number, line in enumerate(lines):
            until = lines[number + 1].at if number + 1 < len(lines) else None
            await stage.play(line, until, jobs=False)
            if line.text.startswith("公告"):
                await stage.database.run(readers)
    finally:
        await stage.close()


def _moment(now: datetime, ago: int, at: str) -> datetime:
    return datetime.combine(beijing_day(now) - timedelta(days=ago), time.fromisoformat(at), BEIJING)
