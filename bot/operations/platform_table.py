"""The table of docs/platforms.md: what each platform can do, from its own `capabilities`, and what holds where one cannot."""

import asyncio
from dataclasses import fields

from pydantic import SecretStr

from bot import clock
from bot.config import Settings
from bot.messages import Budget, Capabilities, ChatKind, Counted
from bot.platforms import configured
from bot.platforms.base import Platform
from bot.platforms.browser import BrowserPlatform
from bot.sections.onebot import OneBot
from bot.sections.qq import QQ
from bot.sections.telegram import Telegram
from bot.sections.wecom import WeCom

BEGIN, END = "<!-- capabilities -->", "<!-- /capabilities -->"

WHERE_NOT: dict[str, tuple[str, str]] = {
    "push": (
        "begin to speak",
        "it waits, is shown by `未送达`, and goes with the next message of the chat, the most urgent first",
    ),
    "edit": (
        "change its own message",
        "a number that grows is said after some minutes and once more in the evening; a question that changed is asked anew",
    ),
    "react": ("put a mark under a message", "the day's number tells that it was counted; in private an answer does"),
    "mark_in_words": ("say in a word that something was taken, where there are no marks", "the mark, or the day's number, says it"),
    "overhear": ("hear words in a group that do not name it", "whoever wants something says it to the bot: `@支部 收到`"),
    "hears": ("hear anything there at all", "whoever wants to answer says it to the bot in private"),
    "buttons": ("buttons", "a numbered list; the number, or the word beside it, does the same (in a group: after the bot's name)"),
    "pictures": ("pictures", "the words alone, which say what the picture shows"),
    "files": ("files", "the words, and that the file is to be had on another platform or on the bot's page"),
    "remove": ("delete a member's message", "its author is asked in private to take it back"),
    "admit": ("let people into the group", "by hand, in the platform's own group settings"),
    "repeat": ("say once more what may have arrived", "an answer is left to a person, by `未送达`: a frozen account looks the same"),
    "recognise": ("know its own message again", "what may have arrived is not sent twice, but shown by `未送达`"),
}
"""Each capability in words, and the fall-back without it."""
_COUNTED = {Counted.CHARACTERS: "characters", Counted.UTF16: "UTF-16 units", Counted.BYTES: "bytes"}


def samples() -> list[Platform]:
    """Each platform as its settings make it, with made-up secrets; none is started."""
    secret = SecretStr("123456:sample")
    settings = Settings(
        telegram=Telegram(token=secret),
        onebot=OneBot(accounts=("10000",), token=secret),
        qq=QQ(app_id="10000", secret=secret),
        wecom=WeCom(bot_id="sample", secret=secret, corp_id="ww1", agent_id="1", webhooks=SecretStr("sample sample-key")),
    )

    async def nothing(*_: object, **__: object) -> None:
        return None

    browser = BrowserPlatform(nothing, _unread, clock.now, sample=True, who_is=nothing)  # type: ignore[arg-type]
    made = configured.platforms(settings, clock.now, leads=asyncio.Event(), note=nothing, telegram_named=nothing, wake=lambda: None)
    return [browser, *made]


def _unread() -> None:
    raise RuntimeError("a sample reads nothing")


def table() -> str:
    """The table in Markdown: a row for each capability, a column for each platform."""
    platforms = samples()
    titles = [each.name for each in platforms]
    titles = [f"{each.name} ({each.instance})" if titles.count(each.name) > 1 else each.name for each in platforms]
    rows = [("", *titles, "where not"), ("---",) * (len(titles) + 2)]
    for name, (said, instead) in WHERE_NOT.items():
        rows.append((said, *(_where(each, name) for each in platforms), instead))
    rows.append(("longest message", *map(_longest, platforms), "in parts, cut at lines and sentences, nothing left out"))
    rows.append(("budget", *(_budget(each.budget) for each in platforms), "what is too much waits; the most urgent goes first"))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _where(platform: Platform, name: str) -> str:
    can = {kind: getattr(platform.capabilities(kind), name) for kind in ChatKind}
    if len(set(can.values())) == 1:
        return "yes" if can[ChatKind.GROUP] else "–"
    return "in groups" if can[ChatKind.GROUP] else "in private"


def _longest(platform: Platform) -> str:
    said = {f"{can.longest_text} {_COUNTED[can.counted]}" for can in map(platform.capabilities, ChatKind)}
    return ", ".join(sorted(said))


def _budget(budget: Budget) -> str:
    parts = [f"{budget.chat_per_second}/s in a chat", f"{budget.group_per_minute}/min in a group", f"{budget.all_per_second}/s in all"]
    if budget.private_per_minute is not None:
        parts.append(f"{budget.private_per_minute}/min in private")
    if budget.chat_per_hour is not None:
        parts.append(f"{budget.chat_per_hour}/h in a chat")
    return ", ".join(parts)


def missing() -> set[str]:
    """Capabilities that have no row."""
    return {each.name for each in fields(Capabilities)} - {"longest_text", "counted"} - set(WHERE_NOT)
