"""One scripted day of a branch, the same on every platform; people press where there are buttons and else type what they are told.

`make branch-day` plays it everywhere and compares what it left in the database.
"""

import asyncio
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import select

from bot.app import App
from storage.tables import question
from storage.unit_of_work import UnitOfWork
from tests.lesson_folder import library
from tests.towns import NEWCOMER, TOWNS, Town
from tests.typed import typed

BOT = "@支部"
LOOKS = 16
"""How often somebody looks for what should be there."""
CODE = re.compile(r"\b[A-Z0-9]{8}\b")


class Day:
    """The people of a town, and what they find to answer."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.typed: list[str] = []
        """What was typed in place of a button."""
        self._looks = 0

    async def private(self, name: str, text: str) -> None:
        """Somebody says something to the bot in private."""
        await self.town.writes(name, text, group=False)
        await self.town.passes(seconds=3)

    async def group(self, name: str, text: str) -> None:
        """Somebody says something in the group; where only what names the bot is told, they name it."""
        named = text if self.town.overhears or text.startswith(BOT) else f"{BOT} {text}"
        await self.town.writes(name, named, group=True)
        await self.town.passes(seconds=3)

    async def answers(self, name: str, label: str, *, group: bool = False) -> None:
        """Somebody presses the newest button of a label, or types what stands there for it. What waits comes once they write."""
        for _ in range(LOOKS):
            if await self._answers(name, label, group=group):
                break
            await self._looks_again(name, group=group)
        else:
            raise AssertionError(f"nothing tells {name} how to answer “{label}”")
        await self.town.passes(seconds=3)

    async def _looks_again(self, name: str, *, group: bool) -> None:
        """A little later; now and then they write, which lets in what waits for that."""
        self._looks += 1
        if self._looks % 4 == 3:
            await (self.group if group else self.private)(name, "谢谢")
        else:
            await self.town.passes(seconds=20)

    async def _answers(self, name: str, label: str, *, group: bool) -> bool:
        for message in reversed(self.town.reads(None if group else name)):
            if label in message.buttons:
                await self.town.presses(name, message, message.buttons[label], group=group)
                return True
            words = typed(message.text, label, number=len(self.typed) % 2 == 0)
            if words is not None:
                self.typed.append(words)
                await (self.group if group else self.private)(name, words)
                return True
        return False

    async def reads(self, name: str | None, words: str) -> str:
        """The newest message with some words that somebody reads, or the group; the person writes where it waits for that."""
        for _ in range(LOOKS):
            for message in reversed(self.town.reads(name)):
                if words in message.text:
                    return message.text
            await self._looks_again(name or "孙丽", group=name is None)
        raise AssertionError(f"{name or 'the group'} does not read “{words}”: {[each.text for each in self.town.reads(name)][-4:]}")


async def play(town: Town) -> Day:
    """The day."""
    day = Day(town)
    for part in (_morning, _places, _notice, _dues, _study, _talk, _aid, _people, _night):
        await part(day)
    return day


async def _morning(day: Day) -> None:
    """Check-ins, with slips of the thumb, and one taken back."""
    await day.group("李小山", "签到")
    await day.group("周海", "平安")
    await day.group("孙丽", "@支部 签道")
    await day.town.chats("赵国强", "今天哈尔滨真冷")
    await day.group("吴芳", "签到")
    await day.town.passes(minutes=8)
    await day.reads(None, "今日报平安")
    await day.private("吴芳", "撤销")


async def _places(day: Day) -> None:
    """Consent given and refused, a place said, an ambiguous one answered, one corrected."""
    await day.private("李小山", "我到哈尔滨了")
    await day.answers("李小山", "同意")
    await day.private("吴芳", "我到成都了")
    await day.answers("吴芳", "不同意")
    await day.private("周海", "我在朝阳")
    await day.answers("周海", "同意")
    await day.answers("周海", "辽宁省朝阳市")
    await day.private("李小山", "不对，是南京")


async def _notice(day: Day) -> None:
    """A notice, receipts in three ways, who has not read it."""
    await day.private("李小山", "公告 大家来我家吃饭")
    await day.private("王秀英", "公告 周六上午九点视频会，请大家准时")
    await day.answers("王秀英", "发")
    await day.reads(None, "周六上午九点视频会")
    await day.answers("李小山", "收到", group=True)
    await day.group("周海", "收到")
    await day.private("吴芳", "收到")
    await day.private("王秀英", "谁没读")
    assert "赵国强" in await day.reads("王秀英", "孙丽")


async def _dues(day: Day) -> None:
    """Dues assessed, claimed and confirmed."""
    await day.private("赵国强", "核定 李小山 在职 4000")
    await day.answers("赵国强", "对")
    await day.private("李小山", "已交")
    await day.answers("李小山", "对")
    await day.answers("赵国强", "到账了")
    await day.reads("李小山", "已确认")


async def _study(day: Day) -> None:
    """A lesson asked for, read, and its question answered."""
    await day.private("吴芳", "有没有养猪的课")
    await day.private("吴芳", "1")
    await day.private("吴芳", "学完了")
    await day.answers("吴芳", "好")
    await day.answers("吴芳", "A")


async def _talk(day: Day) -> None:
    """The next morning, since the group has heard enough: a question to it, answered in private and forwarded without a name."""
    await day.town.passes(hours=23)
    await day.private("王秀英", "任命 孙丽 学习委员")
    await day.private("孙丽", "讨论 回家过年大家最想办的一件事是什么")
    await day.answers("孙丽", "对")
    await day.reads(None, "【讨论】回家过年")
    await day.answers("吴芳", "说一句", group=True)
    await day.private("吴芳", "把村口的老桥修一修")
    await day.answers("吴芳", "放，不署名")


async def _aid(day: Day) -> None:
    """An appeal, verified, worded, posted; help offered and taken."""
    await day.private("李小山", "求助 我爱人查出肿瘤，想到北京看病，人生地不熟，谁能帮忙挂个号")
    await day.private("李小山", "3000 元")
    await day.answers("李小山", "以上属实")
    await day.answers("王秀英", "核实")
    await day.answers("李小山", "同意提就医")
    await day.answers("李小山", "同意发")
    await day.reads(None, "【互助 A1】")
    await day.answers("吴芳", "我能帮", group=True)
    await day.private("吴芳", "我认识协和的")
    await day.answers("李小山", "愿意联系")
    await day.answers("吴芳", "愿意")
    await day.private("吴芳", "电话 139 1111 2222")


async def _people(day: Day) -> None:
    """Somebody is invited and binds; somebody leaves."""
    await day.private("王秀英", f"邀请 {NEWCOMER}")
    code = CODE.findall(await day.reads("王秀英", "绑定"))[-1]
    await day.private(NEWCOMER, f"绑定 {code}")
    await day.town.leaves("周海")
    await day.private("王秀英", "移除 周海")
    await day.answers("王秀英", "对")


async def _night(day: Day) -> None:
    """An emergency, taken back; what has not been delivered."""
    await day.private("吴芳", "我妈晕倒了叫不醒")
    await day.private("吴芳", "误报")
    await day.private("王秀英", "未送达")


APART = frozenset(
    {
        *("inbox", "outbox", "question", "message_count", "transcript"),
        *("chat", "visitor", "account", "setting", "job_run"),
        *("lesson", "lesson_file", "vault_key"),
    }
)
"""Tables about messages on their way, about platforms and programs, and what is the same for every branch."""
_OTHER = re.compile(r"(^|_)(at|until|since|latin|previous)$|hash")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_SEALED = re.compile(r"v1\.[0-9a-f]{8}\.")
"""Sealed words never look the same twice; what they say is held against the register by its own tests."""
_RANDOM = 1_000_000_000
"""Ids are drawn at random from far more than that; numbers that people see are less."""


async def effects(app: App) -> dict[str, list[str]]:
    """What a day left in the database, row by row as canonical JSON: without ids, keys of platforms and moments; people by their names."""
    found: dict[str, list[str]] = await app.database.run(rows)
    return found


async def rows(work: UnitOfWork) -> dict[str, list[str]]:
    """The same, in a transaction."""
    tables = question.metadata.tables
    names = {row.id: row.name for row in await work.rows(select(tables["member"].c.id, tables["member"].c.name))}
    found: dict[str, list[str]] = {}
    for name, table in sorted(tables.items()):
        if name not in APART and (found_rows := await work.rows(select(table))):
            plain = [{column: value for column, value in row._mapping.items() if not _OTHER.search(column)} for row in found_rows]
            found[name] = sorted(json.dumps(_named(each, names), sort_keys=True, ensure_ascii=False, default=str) for each in plain)
    return found


def _named(value: Any, names: dict[int, str]) -> Any:
    """A value with people by their names and without the ids that are drawn."""
    if isinstance(value, dict):
        return {key: _named(each, names) for key, each in value.items() if not _OTHER.search(key)}
    if isinstance(value, list):
        return [_named(each, names) for each in value]
    if isinstance(value, str) and (_TIME.match(value) or _SEALED.match(value)):
        return "…"
    if isinstance(value, int) and value > _RANDOM:
        return names.get(value, "…")
    return value


async def _told() -> int:
    """Play it everywhere and print what it left, table by table; 1 where two platforms differ."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, town in TOWNS.items():
        with tempfile.TemporaryDirectory() as folder:
            async with town(f"sqlite+aiosqlite:///{folder}/day.db") as opened:
                day = await play(opened)
                found[name] = await effects(opened.app)
        print(f"{name:9} {sum(map(len, found[name].values()))} rows; typed in place of a button: {len(day.typed)}", flush=True)
    first = next(iter(found.values()))
    for table, rows in first.items():
        apart = [name for name, each in found.items() if each.get(table) != rows]
        print(f"{table:18} {len(rows):3}  " + (f"differs: {', '.join(apart)}" if apart else "the same everywhere"))
    return int(any(each != first for each in found.values()))


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        library(Path(place) / "lessons")
        sys.exit(asyncio.run(_told()))
