"""What people do, and what they may expect of it. They know only what the platform shows them."""

import random
import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

from bot.clock import BEIJING, beijing_day
from tests.telegram_server import User
from tests.torture.branch import ASKER, KEEPER, SECRETARY, Branch
from tests.torture.expected import NOTICE, Expected
from tests.torture.secretary import Secretary

CARD = re.compile(r"党费 C(\d+)：")
WEIGHTS = {"check_in": 4, "read": 6, "claim": 2, "confirm": 2, "pledge": 2, "undo": 1, "arrive": 1, "announce": 1, "decide": 1}


class Crowd:
    """Everybody. Half of them speak in the group, half in private, so that each chat's order is each person's order."""

    def __init__(self, branch: Branch, chance: random.Random) -> None:
        self.branch = branch
        self.server = branch.server
        self.chance = chance
        self.expected = Expected()
        self.secretary = Secretary(branch, self.expected, chance)
        people = [name for name in branch.users if name not in {KEEPER, SECRETARY, ASKER}]
        self.in_group, self.in_private = people[::2], people[1::2]
        self._months = {name: [f"{month}月" for month in chance.sample(range(7, 13), 6)] for name in people}
        self._given: dict[str, int] = defaultdict(lambda: 100)
        self._pressed: set[int] = set()
        self._arrived: set[int] = set()
        self._announced = 0
        self._asked = False

    @property
    def today(self) -> date:
        return beijing_day(self.now)

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.server.date, UTC)

    def act(self) -> None:
        """Somebody does something; where there is nothing to confirm or to read yet, somebody else reports."""
        kind = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        getattr(self, f"_{kind}")()

    def sleep(self) -> None:
        """Over night a preview that nobody decided on expires; the secretary begins anew."""
        self._asked = False

    def _says(self, name: str, text: str, *, group: bool = False) -> None:
        user = self.branch.users[name]
        self.server.say(user, self.branch.group if group else user, text)

    def _answered(self, name: str, pattern: str) -> None:
        self.expected.answers[self.branch.users[name].id].append(pattern)

    def _user(self, name: str) -> User:
        return self.branch.users[name]

    def _check_in(self) -> None:
        group = self.chance.random() < 0.5
        here = [name for name in (self.in_group if group else self.in_private) if (name, self.today) not in self.expected.check_ins]
        if not here:
            self._claim()
            return
        name = self.chance.choice(here)
        self.expected.check_ins.add((name, self.today))
        self._says(name, "签到", group=group)
        if not group:
            self.expected.often[self._user(name).id, "收到，一路平安"] += 1

    def _read(self) -> None:
        notices = [
            (message, int(found[1])) for message in self.server.shown(self.branch.group)[-80:] if (found := NOTICE.match(message.text))
        ]
        if not notices:
            self._pledge()
            return
        message, number = self.chance.choice(notices[-6:])
        group = self.chance.random() < 0.6
        fresh = [name for name in (self.in_group if group else self.in_private) if (name, number) not in self.expected.reads]
        if not fresh:
            return
        name = self.chance.choice(fresh)
        self.expected.reads.add((name, number))
        data = [data for row in message.buttons for label, data in row if label == "收到"]
        if group and data and self.chance.random() < 0.5:
            self.server.press(self._user(name), message, data[0])
        else:
            self._says(name, f"收到 N{number}", group=group)
            if not group:
                self._answered(name, f"公告 N{number} 记上了")

    def _claim(self) -> None:
        able = [name for name, months in self._months.items() if months]
        name = self.chance.choice(able)
        month = self._months[name].pop()
        self.expected.claims.add((name, month))
        self._says(name, f"已交 20 {month}")
        self._answered(name, rf"编号 C\d+：{month} 20 元")

    def _confirm(self) -> None:
        """The keeper presses; a card that was shown twice is pressed twice. What no card tells of is in the list."""
        keeper = self._user(KEEPER)
        for label in ("到账了", "全部确认"):
            for message, data in self.server.buttons(keeper, label):
                if message.id in self._pressed:
                    continue
                self._pressed.add(message.id)
                self.server.press(keeper, message, data)
                if found := CARD.match(message.text):
                    self.expected.confirmed.add(int(found[1]))
                self.expected.listed.update(map(int, re.findall(r"C(\d+)", message.text)))
                return
        self._says(KEEPER, "待确认")

    def _pledge(self, name: str = "") -> int:
        name = name or self.chance.choice([each for each in self.in_group + self.in_private if self._given[each] < 198])
        self._given[name] += 1
        fen = self._given[name] * 100
        self.expected.pledges[name, fen] = "pledged"
        self._says(name, f"认捐 A1 {fen // 100}")
        self._answered(name, rf"P\d+，A1 {fen // 100}\.00 元，待到账")
        return fen

    def _undo(self) -> None:
        """Two gifts and one undo: done twice, it would take back both."""
        name = self.chance.choice(self.in_private)
        if self._given[name] > 180:
            return
        self._pledge(name)
        fen = self._pledge(name)
        self._says(name, "撤销")
        self.expected.pledges[name, fen] = "withdrawn"
        self.expected.often[self._user(name).id, "撤回了，不用给了"] += 1

    def _arrive(self) -> None:
        """The keeper notes that the money of a gift came, as the giver was told its number."""
        name = self.chance.choice(self.in_group)
        for number, amount in re.findall(r"P(\d+)，A1 (\d+)\.00 元", "\n".join(each.text for each in self.server.shown(self._user(name)))):
            if int(number) not in self._arrived:
                self._arrived.add(int(number))
                self.expected.pledges[name, int(amount) * 100] = "received"
                self._says(KEEPER, f"到账 P{number}")
                self._answered(KEEPER, f"P{number} 到账")
                self.expected.often[self._user(name).id, f"到账了：P{number} "] += 1
                return
        self._pledge(name)

    def _announce(self) -> None:
        """The secretary lets a notice be posted in a minute or two: first the words, later the button under the preview."""
        secretary = self._user(SECRETARY)
        words = f"通知第{self._announced}号"
        for message, data in self.server.buttons(secretary, "到时发"):
            if self._asked and words in message.text:
                self.server.press(secretary, message, data)
                self._asked = False
                self.expected.notices.add(words)
                return
        if not self._asked:
            self._asked = True
            self._announced += 1
            at = (self.now + timedelta(minutes=self.chance.choice((2, 3)))).astimezone(BEIJING)
            self._says(SECRETARY, f"公告 今天{at:%H:%M} 通知第{self._announced}号")

    def _decide(self) -> None:
        """The secretary decides what is open, or looks what is; not while writing a notice, whose preview would be given up."""
        if not self.secretary.decides() and not self._asked:
            self.secretary.looks()
