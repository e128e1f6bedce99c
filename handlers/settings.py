"""安静、时区、少发点、语言: how a person wants to be spoken to."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Reply, Where, command, undoes
from bot.permissions import Permission
from bot.services import settings
from bot.texts import Text

GOOD = Text("好。", "Done. ")
HELP_QUIET = Text("设免打扰的钟点", "set your quiet hours")
TAKES_QUIET = Text("22-7（几点到几点），或 关", "22-7 (from and until which hour), or off")
CHANGE_QUIET = Text("要改就发“安静 23-6”，不要就发“安静 关”。", " To change them send “quiet 23-6”, for none “quiet off”.")
HELP_ZONE = Text("人在国外，设当地时区", "set your time zone when you are abroad")
TAKES_ZONE = Text("城市，如 东京", "a city, such as Tokyo")
CHANGE_ZONE = Text("在别处就发“时区 东京”这样的一句。", " If you are elsewhere, send something like “zone Tokyo”.")
HELP_FEWER = Text("提醒每月只收一条汇总", "get reminders as one message a month")
FEWER = Text(
    "好。以后提醒攒到每月 1 号一条说完；公告和您问的照常。想恢复，发“正常发”。",
    "Done. Reminders will come as one message on the 1st of each month; notices and answers as before. To go back, send “normal”.",
)
HELP_NORMAL = Text("提醒恢复正常，有一条发一条", "get each reminder at its time again")
NORMAL = Text("好，恢复正常，攒着的这就发您。", "Done, back to normal. What was kept for you comes now.")
HELP_LANGUAGE = Text("换成英文或中文", "switch between English and Chinese")
TAKES_LANGUAGE = Text("English 或 中文", "English or 中文")
SPOKEN = Text("好，以后跟您说{language}。", "Done, I will speak {language} with you.")
UNDONE = Text("好，设置改回原来的了。", "Done, your settings are as they were.")


@command(
    "安静",
    "免打扰",
    "quiet",
    needs=Permission.OWN_SETTINGS,
    help=HELP_QUIET,
    where=Where.PRIVATE,
    takes=TAKES_QUIET,
    intents=("remind_settings:quiet",),
    spoken_to=True,
)
async def quiet(ctx: Context) -> Reply:
    hours = ctx.args or settings.hours_of(str(ctx.meaning.slots.get("quiet", "")) if ctx.meaning is not None else "")
    if not hours:
        return await settings.quiet(ctx.work, ctx.actor) + CHANGE_QUIET
    await settings.set_quiet(ctx.work, ctx.actor, hours)
    return GOOD + await settings.quiet(ctx.work, ctx.actor)


@command("时区", "zone", needs=Permission.OWN_SETTINGS, help=HELP_ZONE, where=Where.PRIVATE, takes=TAKES_ZONE, spoken_to=True)
async def zone(ctx: Context) -> Reply:
    if not ctx.args:
        return await settings.time_zone(ctx.work, ctx.actor) + CHANGE_ZONE
    await settings.set_zone(ctx.work, ctx.actor, ctx.args)
    return GOOD + await settings.time_zone(ctx.work, ctx.actor)


@command(
    "少发点",
    "少发一点",
    "一月一条",
    "提醒太多",
    "发太多了",
    "less",
    needs=Permission.OWN_SETTINGS,
    help=HELP_FEWER,
    where=Where.PRIVATE,
    intents=("remind_settings:mode", "remind_settings"),
    spoken_to=True,
)
async def fewer(ctx: Context) -> Reply:
    await settings.set_digest(ctx.work, ctx.actor, wanted=True)
    return FEWER


@command("正常发", "照常发", "normal", needs=Permission.OWN_SETTINGS, help=HELP_NORMAL, where=Where.PRIVATE, spoken_to=True)
async def normal(ctx: Context) -> Reply:
    await settings.set_digest(ctx.work, ctx.actor, wanted=False)
    return NORMAL


@command("语言", "language", needs=Permission.OWN_SETTINGS, help=HELP_LANGUAGE, where=Where.PRIVATE, takes=TAKES_LANGUAGE, spoken_to=True)
async def language(ctx: Context) -> Reply:
    return SPOKEN(language=await settings.set_language(ctx.work, ctx.actor, ctx.args))


@undoes(settings.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await settings.undo(ctx.work, ctx.actor, data)
    return UNDONE
