"""The chat platforms in words: what each is called, and which of them this deployment offers."""

from collections.abc import Sequence

from bot.services import deployment
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

NAMES = {
    "onebot": Text("QQ", "QQ"),
    "qq": Text("QQ", "QQ"),
    "wecom": Text("企业微信", "WeCom"),
    "telegram": Text("Telegram", "Telegram"),
    "browser": Text("网页", "the web page"),
}
SPOKEN = {
    "browser": ("网页", "网页版", "浏览器", "web", "browser", "page"),
    "telegram": ("telegram", "tg", "电报", "飞机"),
    "onebot": ("qq", "扣扣", "企鹅"),
    "qq": ("qq", "扣扣", "企鹅", "qq官方"),
    "wecom": ("企业微信", "企微", "微信", "wecom", "wechat", "weixin"),
}
"""What people call each of them, in small letters."""
_FACT = "platforms"


def named(platform: str) -> Text:
    """What a platform is called among people."""
    return NAMES.get(platform, Text.plain(platform))


def called(words: str) -> frozenset[str]:
    """The platforms that a word names; none for any other word."""
    said = words.strip().casefold().removesuffix("群").removesuffix("那边").removesuffix("号")
    return frozenset(platform for platform, spoken in SPOKEN.items() if said in spoken)


async def note(work: UnitOfWork, platforms: Sequence[str]) -> None:
    """Note which platforms the program that runs serves."""
    found = " ".join(dict.fromkeys(platforms))
    if (await work.settings.get(_FACT) or "") != found:
        work.settings.put(_FACT, found)


async def apart(work: UnitOfWork) -> bool:
    """Whether on one of them somebody is another person in each group and in private."""
    return bool(deployment.APART & set((await work.settings.get(_FACT) or "").split()))


async def abroad(work: UnitOfWork) -> bool:
    """Whether one of them lies abroad."""
    return bool(deployment.ABROAD & set((await work.settings.get(_FACT) or "").split()))


async def in_words(work: UnitOfWork) -> Text:
    """What is offered, as people call it: QQ、企业微信或 Telegram. The web page goes without saying unless there is nothing else."""
    noted = (await work.settings.get(_FACT) or "").split()
    names = list(dict.fromkeys(named(each) for each in NAMES if each in noted and each != "browser")) or [NAMES["browser"]]
    *before, last = names
    return Text.join([Text.join(before, "、", ", "), last], " 或 " if last.zh.isascii() else "或", " or ") if before else last
