"""The secretary, who looks at what may have arrived, asks whom it was for and decides: 重发 if something is missing, else mostly 不用了."""

import random
import re

from bot.services import uncertain
from tests.torture.branch import SECRETARY, Branch
from tests.torture.expected import NOTICE, Expected

CARD = re.compile(r"^(.+)有 (\d+) 条（.*可能已收到")
AGAIN, LEAVE = (choice.label.zh for choice in uncertain.CHOICES)
UNSURE = 0.3
"""How often somebody has a thing and lets it be sent once more all the same."""


class Secretary:
    """Knows no more than what people say they have before them."""

    def __init__(self, branch: Branch, expected: Expected, chance: random.Random) -> None:
        self._branch, self._server, self._expected, self._chance = branch, branch.server, expected, chance
        self._user = branch.users[SECRETARY]
        self._decided: set[int] = set()

    def looks(self) -> None:
        self._server.say(self._user, self._user, "未送达")

    def told(self) -> int:
        """How often it was said that something is in doubt."""
        return sum(each.text.count(uncertain.TOLD.zh) for each in self._server.shown(self._user))

    def decides(self) -> bool:
        """Answer the newest question; False if there is none."""
        open_cards = [(message, data) for message, data in self._server.buttons(self._user, AGAIN) if message.id not in self._decided]
        if not open_cards:
            return False
        self._decided |= {message.id for message, _ in open_cards}
        message, again = open_cards[-1]
        leave = next(data for row in message.buttons for label, data in row if label == LEAVE)
        found = CARD.match(message.text)
        if found is None:
            raise LookupError(f"whom is this about: {message.text}")
        group = found[1] == uncertain.GROUP.zh
        place = self._branch.group if group else self._branch.users[found[1]]
        texts = [each.text for each in self._server.shown(place)]
        missing = self._expected.missing_in_group(texts) if group else self._expected.missing(place.id, texts)
        if missing or self._chance.random() < UNSURE:
            self._expected.late[place.id] |= missing
            self._expected.sent_again += int(found[2])
            self._server.press(self._user, message, again)
        else:
            if group:
                self._expected.let_be |= {int(each[1]) for text in texts if (each := NOTICE.match(text))}
            self._expected.left += int(found[2])
            self._server.press(self._user, message, leave)
        return True
