"""The scripted month of the sample branch on a chat of words only: every button is typed as the message tells, and the same comes of it."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from bot.app import App
from bot.config import DatabaseSection, Settings, Study, Web
from bot.operations import ledger, opening, sample, say, story
from bot.operations.stage import Line, Message, Stage, named
from bot.services import browser_chat
from tests.branch_day import rows
from tests.databases import Databases
from tests.month import SCRIPT, dated
from tests.test_month import LOADED, MONDAY, OUTCOMES, Month, _members
from tests.typed import TEXT_ONLY, typed


class TypedStage(Stage):
    """A stage whose people have no buttons."""

    async def open(self) -> None:
        await super().open()
        assert self._app.browser
        self._app.browser.can = TEXT_ONLY
        self.said: list[Message] = []
        self._app.browser.watchers.append(lambda message: self.said.append(dict(message)))

    async def _say(self, line: Line) -> None:
        if line.where == "press":
            line = self._typed(named(self.people, self._roles, line.who), line)
        await super()._say(line)

    def _typed(self, user_id: str, line: Line) -> Line:
        """The words for a label in the newest message that tells of it; numbers and words take turns."""
        private = browser_chat.private_chat(user_id)
        for message in reversed(self.said):
            if message["from"]["id"] == "bot" and message["chat"] in {private, self._group}:
                words = typed(message["text"]["zh"], line.text, number=len(self.said) % 2 == 0)
                if words is not None:
                    return Line(line.who, "private" if message["chat"] == private else "group", words, line.at)
        raise AssertionError(f"nothing tells {line.who} how to answer “{line.text}”")


async def _play(url: str, make: type[Stage]) -> tuple[Month, dict[str, list[str]]]:
    """The month, and what it left in the database."""
    settings = Settings(database=DatabaseSection(url=url), web=Web(port=0), study=Study())
    async with opening.opened(settings, lambda: LOADED) as database:
        await database.run(sample.load)
        members = await database.run(_members)
    await story.perform(partial(App, settings), LOADED)
    script = say.lines(dated(SCRIPT.read_text(encoding="utf-8"), MONDAY))
    stage = make(partial(App, settings), script[0].at or LOADED)
    await stage.open()
    messages: list[Message] = []
    for line, until in _with_next(script):
        messages += await stage.play(line, until)
    await stage.close()
    async with opening.opened(settings, lambda: LOADED) as database:
        left: dict[str, list[str]] = await database.run(rows)
    audits = [line for _, audit in await ledger.verify(settings, lambda: LOADED) for line in ledger.told("", audit)]
    return Month(messages, members, audits), left


def _with_next(script: list[Line]) -> Iterator[tuple[Line, datetime | None]]:
    for line, following in zip(script, [*script[1:], None], strict=True):
        yield line, following.at if following else None


@pytest.mark.timeout(600)
async def test_a_month_of_typing_comes_to_the_same_as_one_of_pressing(databases: Databases, tmp_path: Path) -> None:
    typing, left = await _play(databases.blank(tmp_path / "typed.db"), TypedStage)
    pressing, usual = await _play(databases.blank(tmp_path / "pressed.db"), Stage)
    assert any(each["buttons"] for each in pressing.bot)
    assert not any(each["buttons"] for each in typing.bot)
    assert [(words, to) for words, to in OUTCOMES if not typing.said(words, to)] == []
    assert {name for name in {*left, *usual} if left.get(name) != usual.get(name)} == set()
