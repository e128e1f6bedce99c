"""What was said in the sample's group these last days: played through the real router at its own time, so that every button works."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from bot.clock import BEIJING, Clock, beijing_day
from bot.operations.sample import readers
from bot.operations.stage import Line, Running, Stage

_STORY = (
    (4, "19:42", "李小山", "group", "深圳这几天雷阵雨，路上的同志慢点开。"),
    (3, "09:30", "马文秀", "private", "求助 孩子转到苏州上学，想请人帮忙看看入学材料"),
    (3, "09:31", "马文秀", "press", "只找同志帮忙"),
    (3, "09:32", "马文秀", "press", "以上属实"),
    (3, "10:05", "王秀英", "group", "公告 村口的老戏台修好了，国庆节唱三天大戏，能回来的同志回来看看。看到请点“收到”。"),
    (3, "10:20", "王秀英", "press", "核实"),
    (3, "10:25", "马文秀", "press", "同意发"),
    (3, "10:31", "周海", "group", "收到"),
    (3, "12:16", "孙丽", "group", "收到"),
    (3, "12:18", "周海", "private", "我能帮 A1"),
    (3, "12:20", "吴芳", "group", "佛山这边加班，我争取回。"),
    (2, "07:58", "马文秀", "group", "报平安"),
    (2, "08:20", "赵国强", "group", "签到"),
    (2, "09:00", "高晓峰", "private", "求助 老家下大雨，老屋冲塌了一角，想请大家帮一把修一修"),
    (2, "09:02", "高晓峰", "press", "跳过"),
    (2, "09:03", "高晓峰", "press", "家人"),
    (2, "09:03", "高晓峰", "private", "2000 元"),
    (2, "09:04", "高晓峰", "press", "以上属实"),
    (2, "09:30", "王秀英", "press", "核实"),
    (2, "09:40", "高晓峰", "press", "同意发"),
    (2, "12:00", "何春梅", "private", "认捐 A2 200"),
    (2, "12:10", "孙丽", "private", "认捐 A2 100 匿名"),
    (2, "12:30", "何春梅", "private", "我能帮 A2"),
    (2, "18:00", "赵国强", "private", "到账 P1"),
    (1, "09:10", "王秀英", "group", "公告 本月主题党日改到二十八日晚上八点，线上参加，链接当天发群里。看到请点“收到”。"),
    (1, "09:14", "李小山", "group", "收到"),
    (1, "12:40", "周海", "group", "平安，哈尔滨开始下雪了。"),
    (1, "12:41", "周海", "group", "签到"),
    (1, "18:02", "孙丽", "group", "平安"),
    (1, "20:15", "王秀英", "group", "签到"),
)
"""Days ago, Beijing's time, who, where (or `press`, for a button), and what was said.

No appeal waits for an offer: by day a liaison would be told so first of all.
"""


async def perform(make: Callable[[Clock], Running], now: datetime) -> None:
    """Play the last days. Whoever has no account in the browser reads along elsewhere, so the counts grow."""
    lines = [Line(who, where, text, _moment(now, ago, at)) for ago, at, who, where, text in _STORY]
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
