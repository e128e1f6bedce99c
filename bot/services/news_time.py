"""When the news digest comes: a day of the week and a time, or never."""

from bot.language import study_words
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.study_schedule import Days
from bot.services import news, plan_talk
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

TOLD = Text(
    "早班车每周{weekday} {time} 发，前一晚 {hour} 点先给您看。要改，发“早班车时间 周五 12:00”；不要，发“早班车时间 关”。",
    "The digest comes every {weekday} at {time}; you see it the evening before at {hour}. To change: “newstime Friday 12:00”, or "
    "“newstime off”.",
)
OFF = Text("没有早班车。要有，发“早班车时间 周一 7:30”。", "There is no digest. To have one: “newstime Monday 7:30”.")
_WEEKDAYS = [
    Text(*names)
    for names in zip("一二三四五六日", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
]


async def told(work: UnitOfWork, actor: Actor) -> Text:
    """When the digest comes."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    chosen = await news.schedule(work)
    if chosen is None:
        return OFF
    return TOLD(weekday=_WEEKDAYS[chosen.weekday], time=f"{chosen.hour}:{chosen.minute:02}", hour=news.OFFERED_AT)


async def set_time(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Decide when the digest comes: 周五 12:00, or 关. Raises `UserError`."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    if study_words.is_off(words):
        await plan_talk.keep_schedule(work, actor, news.POLICY, {"days": "off"})
        return OFF
    chosen = await news.schedule(work) or news.USUAL
    weekday, rest = study_words.weekday(words)
    hour, minute = plan_talk.time_of(work, rest) if rest else (chosen.hour, chosen.minute)
    day = chosen.weekday if weekday is None else weekday
    value = {"days": Days.WEEKLY.value, "weekday": day, "hour": hour, "minute": minute}
    await plan_talk.keep_schedule(work, actor, news.POLICY, value)
    return Text("好。", "Done. ") + await told(work, actor)
