"""`make quiet`: a lively month of the 56 people of the sample, and what of it rang a telephone. Exit code 1 when a budget is broken.

Everybody has an account on a platform whose far side is a list (`tests.sink_platform`). Nothing is believed of what the program
counts itself: a message is an answer when whom it reaches – the person, or anybody in the group – said something in the minute before.
"""

import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.clock import BEIJING, beijing_day
from bot.config import DatabaseSection, Settings, Study, Web
from bot.messages import ChatKind, EventKind
from bot.operations import opening, sample
from bot.rules import quiet_hours
from bot.rules.attention import GROUP_A_DAY, MEMBER_A_WEEK
from bot.services import browser_chat
from storage.keys import ChatKey
from storage.members import Member
from storage.message_counts import MessageCount
from storage.unit_of_work import UnitOfWork
from tests.sink_platform import NAME, Delivered, SinkPlatform, account_key, private_chat

MONDAY = date(2026, 3, 2)
GROUP = "g-branch"
ANSWERED = timedelta(seconds=60)
CHECKED_IN = "今日报平安"
URGENT = ("【紧急】", "误报")
PASSIVE = ("薛守田", "钟伯年", "萧玉珍", "熊开富", "蔡有田", "范小军", "曹永清", "卢志强", "方德厚", "吕红霞", "贺兰芳", "徐桂兰")
"""Who does nothing at all, whatever comes."""
BURST = 4
"""The day of the month on which all but these check in within five minutes."""
WORKING = (7, 22)


@dataclass(frozen=True)
class Line:
    """What somebody does on a day of the month: says it in the group or in private, or presses the button of that label."""

    day: int
    at: str
    who: str
    where: str
    text: str

    @property
    def moment(self) -> datetime:
        return datetime.combine(MONDAY + timedelta(days=self.day), time.fromisoformat(self.at), BEIJING).astimezone(UTC)


def _read(script: str) -> list[Line]:
    lines = []
    for written in script.strip().splitlines():
        day, at, who, where, text = (part.strip() for part in written.split("|", 4))
        lines.append(Line(int(day), at, who, where, text))
    return lines


SCRIPT = _read("""
0|08:40|吴芳|private|每天一题
0|08:45|石磊磊|private|少发点
0|09:00|王秀英|private|公告 周三上午九点支部党员大会，在外的同志线上参加，链接到时发。
0|09:01|王秀英|private|发
0|19:00|李小山|private|收到 N5
1|09:30|沈国栋|private|发起讨论 欠薪了先做什么？
1|09:31|沈国栋|private|对
1|10:00|余海燕|private|讨论 先留证据
1|10:01|余海燕|private|署名
1|10:10|高晓峰|private|讨论 再打12333
1|10:11|高晓峰|private|不署名
1|10:20|林小满|private|讨论 去劳动监察大队
1|10:21|林小满|private|署名
1|11:00|何春梅|private|讨论 找工友一起去
1|11:01|何春梅|private|署名
1|15:00|沈国栋|private|早班车 村口的老戏台修好了
2|08:30|王秀英|private|公告 今天上午九点党员大会，链接在会前十分钟发到群里，不方便的同志看回放。
2|08:31|王秀英|private|发
2|09:00|李小山|private|求助 我父亲要到北京看眼睛，想找个熟路的同志带一下
2|09:01|李小山|press|跳过
2|09:01|李小山|press|跳过
2|09:02|李小山|press|以上属实
2|11:00|王秀英|press|核实
2|11:10|李小山|press|同意发
2|12:00|石磊磊|private|我能帮 A1
2|12:10|李小山|press|愿意联系
2|15:00|沈国栋|private|画说家乡 丁香花开
2|15:01|沈国栋|private|发
3|09:00|沈国栋|private|心得 学了欠薪那一课，以后发工资先看条子，对不上当天就问。
3|09:01|沈国栋|press|分享，署名
3|10:00|周海|private|已交
3|10:01|周海|press|全交了
3|14:00|王秀英|private|公告 村卫生室周六体检，在家的老党员空腹来。
3|14:01|王秀英|private|发
4|09:00|周海|private|困难通报 家里房子被水淹了，要人帮忙清理
4|09:05|周海|private|同意发
4|10:00|王秀英|press|发
5|02:30|吴芳|private|我妈晕倒了叫不醒
5|02:50|吴芳|private|误报
6|19:30|沈国栋|press|发
7|09:00|王秀英|private|公告 清明回村祭扫的同志，请提前告诉支部，村里统一备车。
7|09:01|王秀英|private|发
7|10:00|陈立夏|private|我想结对帮扶一户
7|10:05|王秀英|press|安排
7|10:06|王秀英|private|村东李家
8|10:00|李小山|private|解决了 A1
8|14:00|余海燕|private|心得 我在苏州听了一堂课，讲得实在，回来跟大家说说。
8|14:01|余海燕|press|分享，署名
9|09:00|王秀英|private|公告 村里修路，三月十二日到十五日回来的车请走东口。
9|09:01|王秀英|private|发
9|16:00|沈国栋|private|画说家乡 丁香花开
9|16:01|沈国栋|private|发
10|09:00|沈国栋|private|早班车 县里的春耕贷款开始办了
11|09:00|林小满|private|求助 我的工钱拖了两个月，想请懂的同志看看怎么办
11|09:01|林小满|press|跳过
11|09:01|林小满|press|跳过
11|09:01|林小满|press|跳过
11|09:02|林小满|press|以上属实
11|10:00|王秀英|press|核实
11|10:05|林小满|press|同意发
11|18:00|高晓峰|private|我能帮 A2
13|19:30|沈国栋|press|发
14|09:00|王秀英|private|公告 三月份主题党日定在本周六下午三点，线上线下都行。
14|09:01|王秀英|private|发
15|09:00|赵国强|private|待确认
15|09:01|赵国强|private|全部确认
16|09:00|王秀英|private|公告 合作医疗补缴三月二十日截止，家里有老人的同志提醒一下。
16|09:01|王秀英|private|发
18|09:30|王秀英|private|公告 主题党日改到周日下午三点，地点不变。
18|09:31|王秀英|private|发
18|21:55|沈国栋|private|画说家乡 丁香花开
18|21:59|沈国栋|private|发
21|09:00|王秀英|private|公告 春季植树的同志周二早上七点在村口集合。
21|09:01|王秀英|private|发
21|09:30|沈国栋|private|发起讨论 村里的老房子怎么办？
21|09:31|沈国栋|private|对
21|10:00|余海燕|private|讨论 修一修还能住
21|10:01|余海燕|private|署名
21|10:10|何春梅|private|讨论 先登记再说
21|10:11|何春梅|private|不署名
22|15:00|林小满|private|解决了 A2
23|09:00|王秀英|private|公告 植树合影发在村务公开栏，谢谢参加的同志。
23|09:01|王秀英|private|发
23|10:00|王秀英|private|公布党费 2025
23|10:01|王秀英|private|发到群里
24|12:00|马文秀|private|免打扰 20-8
25|09:00|王秀英|private|公告 四月一日起村委会值班时间改为早八点。
25|09:01|王秀英|private|发
28|09:00|王秀英|private|公告 本月党费没交的同志，请私下找组织委员，不在群里说。
28|09:01|王秀英|private|发
29|10:00|沈国栋|private|发起讨论 春耕缺不缺人手？
29|10:01|沈国栋|private|对
""")


@dataclass
class Report:
    """What was delivered and what it means for the budgets."""

    days: int
    delivered: list[Delivered]
    asked: list[bool]
    counts: list[MessageCount]
    members: list[Member]
    burst: Counter[str] = field(default_factory=Counter)

    def rows(self) -> list[tuple[Delivered, bool]]:
        return list(zip(self.delivered, self.asked, strict=True))

    def unasked(self) -> list[Delivered]:
        """Messages that nobody had asked for, emergencies apart."""
        return [
            each for each, asked in self.rows() if each.what == "message" and not asked and not any(word in each.text for word in URGENT)
        ]

    def group_days(self) -> dict[date, int]:
        found = Counter(beijing_day(each.at) for each in self.unasked() if each.kind is ChatKind.GROUP)
        return {MONDAY + timedelta(days=day): found[MONDAY + timedelta(days=day)] for day in range(self.days)}

    def passive_weeks(self) -> dict[str, int]:
        """For each who did nothing the most unasked messages in any seven days."""
        worst = dict.fromkeys(PASSIVE, 0)
        for name in PASSIVE:
            days = [beijing_day(each.at) for each in self.unasked() if each.chat == private_chat(name)]
            worst[name] = max((sum(timedelta(0) <= day - start < timedelta(days=7) for day in days) for start in days), default=0)
        return worst

    def at_night(self) -> list[Delivered]:
        """Unasked messages in the quiet hours of whom they reached."""
        spans = {private_chat(each.name): (each.quiet_from, each.quiet_to) for each in self.members if each.quiet_from is not None}
        found = []
        for each in self.unasked():
            start, end = spans.get(each.chat, quiet_hours.DEFAULT)
            if quiet_hours.is_quiet(each.at, start or 0, end or 0, BEIJING):
                found.append(each)
        return found

    def broken(self) -> list[str]:
        """The budgets that were not kept, in words."""
        said = [f"{day}: {count} unasked messages in the group" for day, count in self.group_days().items() if count > GROUP_A_DAY]
        said += [f"{name}: {count} in seven days, doing nothing" for name, count in self.passive_weeks().items() if count > MEMBER_A_WEEK]
        said += [f"{each.at.astimezone(BEIJING):%m-%d %H:%M}: at night to {each.chat}: {each.text[:30]}" for each in self.at_night()]
        if self.burst["message"] > 1:
            said.append(f"the burst of check-ins made {self.burst['message']} messages")
        return said


class QuietMonth:
    """The play: time is ours, nothing sleeps."""

    def __init__(self, folder: Path, days: int, *, stride: timedelta = timedelta(minutes=30), crowd: int = 28) -> None:
        self.now = datetime.combine(MONDAY - timedelta(days=1), time(12), BEIJING).astimezone(UTC)
        self.days = days
        self._crowd = crowd
        self._stride = stride
        self._settings = Settings(
            database=DatabaseSection(url=f"sqlite+aiosqlite:///{folder / 'quiet.db'}"), web=Web(port=0, chat=False), study=Study()
        )
        self.sink = SinkPlatform(lambda: self.now)
        self._app: App
        self._spoke: dict[str, datetime] = {}
        self._asked: list[bool] = []
        self._members: list[Member] = []

    async def play(self) -> Report:
        async with opening.opened(self._settings, lambda: self.now) as database:
            await database.run(sample.load)
            await database.run(self._settle)
        self._app = App(self._settings, lambda: self.now)
        await self._app.open([self.sink])
        await self.sink.start(self._app.router.receive, ())
        try:
            burst = await self._month()
            counts, members = await self._app.database.run(self._counted)
        finally:
            await self._app.stop()
        return Report(self.days, self.sink.delivered, self._asked, counts, members, burst)

    async def _settle(self, work: UnitOfWork) -> None:
        """Everybody has a chat with the bot here, where it introduced itself long ago; the group is here, too."""
        branch = (await work.branches.all())[0].id
        work.enter(branch)
        self._members = await work.members.present()
        for each in self._members:
            work.accounts.bind(account_key(each.name), each.id, private_chat(each.name))
            await work.accounts.change(account_key(each.name), introduced_at=work.now)
        work.chats.unbind(browser_chat.chat_key(browser_chat.group_chat(branch)))
        work.chats.bind(ChatKey(NAME, "main", GROUP), "支部群")

    async def _counted(self, work: UnitOfWork) -> tuple[list[MessageCount], list[Member]]:
        work.enter((await work.branches.all())[0].id)
        return list(await work.message_counts.between(MONDAY, beijing_day(self.now))), await work.members.present()

    async def _month(self) -> Counter[str]:
        events = sorted([*(each for each in SCRIPT if each.day < self.days), *self._check_ins()], key=lambda each: each.moment)
        burst: Counter[str] = Counter()
        for each in events:
            await self._pass(each.moment)
            before = len(self.sink.delivered)
            await self._act(each)
            if each.day == BURST and each.text == "签到":
                burst.update(what.what for what in self.sink.delivered[before:] if what.chat == GROUP)
        await self._pass(datetime.combine(MONDAY + timedelta(days=self.days), time(0), BEIJING).astimezone(UTC))
        return burst

    def _check_ins(self) -> list[Line]:
        """Half of the members (or another crowd) most days, some of them in private; on one day everybody within five minutes."""
        chance = random.Random(7)
        names = [each.name for each in self._members if each.name not in PASSIVE]
        lines = []
        for day in range(self.days):
            for name in names[: self._crowd]:
                at = time(chance.randint(7, 21), chance.randint(0, 59))
                if day != BURST and chance.random() < 0.8:
                    lines.append(Line(day, f"{at:%H:%M}", name, chance.choice(("group", "group", "private")), "签到"))
        seconds = [number * 300 // len(names) for number in range(len(names))]
        if self.days > BURST and self._crowd > len(names) // 2:
            lines += [Line(BURST, f"08:{at // 60:02}:{at % 60:02}", name, "group", "签到") for name, at in zip(names, seconds, strict=True)]
        return lines

    async def _act(self, line: Line) -> None:
        if line.where == "press":
            chats = {GROUP, private_chat(line.who)}
            found = [each for each in self.sink.delivered if each.chat in chats and line.text in dict(each.buttons)]
            if not found:
                raise LookupError(f"{line.who} sees no button {line.text} on day {line.day}: {self._seen(line.who)}")
            self._spoke[line.who] = self.now
            group = GROUP if found[-1].chat == GROUP else ""
            await self.sink.says(line.who, dict(found[-1].buttons)[line.text], group=group, kind=EventKind.BUTTON)
        else:
            self._spoke[line.who] = self.now
            if line.where == "group":
                self._spoke[GROUP] = self.now
            await self.sink.says(line.who, line.text, group=GROUP if line.where == "group" else "")
        await self._deliver(self.now)

    def _seen(self, who: str) -> list[str]:
        return [each.text for each in self.sink.delivered if each.chat == private_chat(who)][-3:]

    async def _pass(self, until: datetime) -> None:
        while self.now < until:
            step = min(until, self._next())
            await self._deliver(step)
            self.now = max(self.now, step)
            await self._app.scheduler.tick()
            await self._deliver(self.now)

    def _next(self) -> datetime:
        """When the jobs run next: so often by day, and twice in the night."""
        local = self.now.astimezone(BEIJING)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        nights = [midnight + timedelta(hours=hour, minutes=59) for hour in (3, 6, 21, 23, 27)]
        steps = midnight + ((local - midnight) // self._stride + 1) * self._stride
        by_day = [steps] if WORKING[0] <= steps.hour < WORKING[1] and steps.date() == local.date() else []
        return min(each for each in [*nights, *by_day] if each > local).astimezone(UTC)

    async def _deliver(self, until: datetime) -> None:
        while True:
            await self._app.drain()
            for each in self.sink.delivered[len(self._asked) :]:
                who = GROUP if each.chat == GROUP else each.chat.removeprefix("p-")
                self._asked.append(each.at - self._spoke.get(who, datetime.min.replace(tzinfo=UTC)) <= ANSWERED)
            due = await self._app.next_due()
            if due is None or due > until:
                return
            self.now = max(self.now + timedelta(milliseconds=1), due)


def _table(report: Report) -> list[str]:
    """By day: what rang in the group unasked, what was an answer, what did not ring; then what each kind cost."""
    lines = [
        f"{'day':<12}{'group unasked':>14}{'answers':>9}{'check-ins':>10}{'edits':>7}{'marks':>7}{'private unasked':>17}{'answers':>9}"
    ]
    for day, unasked in report.group_days().items():
        rows = [(each, asked) for each, asked in report.rows() if beijing_day(each.at) == day]
        group = [(each, asked) for each, asked in rows if each.kind is ChatKind.GROUP]
        private = [asked for each, asked in rows if each.kind is ChatKind.PRIVATE and each.what == "message"]
        tally = sum(each.text.startswith(CHECKED_IN) and each.what == "message" for each, _ in group)
        answers = sum(asked and each.what == "message" for each, asked in group)
        silent = Counter(each.what for each, _ in group)
        figures = f"{unasked:>14}{answers:>9}{tally:>10}{silent['edit']:>7}{silent['mark']:>7}"
        lines.append(f"{day!s:<12}{figures}{len(private) - sum(private):>17}{sum(private):>9}")
    lines.append("")
    kinds: dict[str, Counter[str]] = {}
    for each in report.counts:
        kinds.setdefault(each.kind, Counter())[f"{each.place} {each.what}"] += each.count
    columns = ("group message", "private message", "group edit", "private edit", "group mark")
    lines.append(f"{'kind':<16}" + "".join(f"{name:>17}" for name in columns))
    for kind, found in sorted(kinds.items(), key=lambda each: -sum(each[1].values())):
        lines.append(f"{kind:<16}" + "".join(f"{found[name]:>17}" for name in columns))
    return lines


def _figures(report: Report) -> dict[str, Any]:
    days = report.group_days()
    return {
        "days": report.days,
        "members": len(report.members),
        "group_unasked_by_day": {str(day): count for day, count in days.items()},
        "group_unasked_most": max(days.values()),
        "group_unasked_mean": round(sum(days.values()) / len(days), 2),
        "passive_most_in_seven_days": report.passive_weeks(),
        "unasked_at_night": len(report.at_night()),
        "burst_of_check_ins": dict(report.burst),
        "counts": [[str(each.day), each.kind, each.place, each.what, each.count] for each in report.counts],
        "broken": report.broken(),
    }


async def main(days: int, target: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = await QuietMonth(Path(folder), days).play()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(_figures(report), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("\n".join(_table(report)))
    print(f"\nGroup, unasked: most {max(report.group_days().values())} a day (budget {GROUP_A_DAY}).")
    print(f"Who does nothing: most {max(report.passive_weeks().values())} in seven days (budget {MEMBER_A_WEEK}).")
    print(f"Check-ins of everybody in five minutes: {dict(report.burst)}. Unasked at night: {len(report.at_night())}. JSON: {target}")
    for each in report.broken():
        print(f"BROKEN {each}")
    return 1 if report.broken() else 0


def arguments(words: Sequence[str]) -> int:
    """How many days to play."""
    return int(words[0]) if words else 30


if __name__ == "__main__":
    sys.exit(asyncio.run(main(arguments(sys.argv[1:]), Path("var/quiet.json"))))
