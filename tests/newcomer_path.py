"""`make newcomer`: one who was lost, from the poster to the liaison – in chat and on the branch's pages, on the whole program.

Found → verified → bound → consented → placed → assigned. Prints what each sees; tests/test_newcomer_path.py plays it, too, and looks at
what it left in the database.
"""

import asyncio
import re
import tempfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import structlog
from aiohttp import ClientSession, CookieJar

from bot.services import deployment
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen
from tests.seeking import lose

SECRETARY, LIAISON, NAME, ACCOUNT = "王秀英", "孙丽", "郑远", "路人"
"""The one who was lost writes from an account that nobody knows."""
_TAG = re.compile(r"<(script|style|head).*?</\1>|<[^>]+>", re.DOTALL)


class Newcomer:
    """The path, told as it is gone."""

    def __init__(self, chat: Dialogue, tell: Callable[[str], None]) -> None:
        self.chat, self.tell = chat, tell

    async def goes(self) -> None:
        """The whole of it."""
        await lose(self.chat, NAME)
        await self.chat.app._serve()
        await self.chat.run(deployment.note_address, self.chat.app.address)
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as pages:
            await self._found_to_placed(pages)
            await self._assigned(pages)

    async def _found_to_placed(self, pages: ClientSession) -> None:
        self.tell("== found: a poster that names nobody, and who scans it reports in")
        await self._says(SECRETARY, "没联系上的")
        await self._says(SECRETARY, "开始寻找")
        code = await self.chat.in_branch(_code)
        await self._says(ACCOUNT, f"报到 {NAME} {code}")
        self.tell("== verified and bound: the secretary knows them, by one button")
        await self._presses(SECRETARY, "接收")
        await self._enters(pages)
        await self._opens(pages, "branch/finding", "1")
        self.tell("== consented and placed: asked once, in private, before anything is kept")
        await self._says(ACCOUNT, "我到哈尔滨了")
        await self._presses(ACCOUNT, "同意")
        await self._says(SECRETARY, f"谁在哪 {NAME}")

    async def _assigned(self, pages: ClientSession) -> None:
        self.tell("== assigned: suggested with its reason, ticked on the page, told to both")
        page = await self._opens(pages, "branch/liaisons", NAME)
        member = self.chat.members[NAME]
        fields = {"stamp": _stamp(page), "liaison": str(self.chat.members[LIAISON]), "member": str(member)}
        before = len(self.chat.shown)
        async with pages.post(f"{self.chat.app.address}branch/liaisons/assign", data=fields) as answer:
            assert answer.status == 200, await answer.text()
        self.tell(f"{SECRETARY} ticks {NAME}, and {LIAISON} for them")
        await self.chat.app.drain()
        for each in self.chat.shown[before:]:
            self.tell(f"    → {each['chat'].removeprefix('private-')}: {each['text']['zh']}")
        await self._opens(pages, f"branch/person/{member}", "哈尔滨")
        await self._says(ACCOUNT, "我的联系人")
        await self._says(ACCOUNT, "谁看过我的资料")

    async def _says(self, who: str, words: str) -> None:
        self.tell(f"{who}: {words}")
        self._told(await self.chat.private(who, words))

    async def _presses(self, who: str, label: str) -> None:
        self.tell(f"{who} presses [{label}]")
        self._told(await self.chat.press(who, label))

    def _told(self, seen: list[Seen]) -> None:
        for each in seen:
            buttons = f"  [{'] ['.join(each.buttons)}]" if each.buttons else ""
            self.tell(f"    → {each.chat.removeprefix('private-')}: {each.text}{buttons}")

    async def _enters(self, pages: ClientSession) -> None:
        """The secretary opens the pages by a link that works once."""
        (told,) = self.chat.to(SECRETARY, await self.chat.private(SECRETARY, "支部网页"))
        found = re.search(r"http\S+/branch/enter/[\w-]{32}", told)
        assert found, told
        async with pages.post(found[0], allow_redirects=False) as answer:
            assert answer.status == 303
        self.tell(f"{SECRETARY}: 支部网页 → in")

    async def _opens(self, pages: ClientSession, path: str, about: str) -> str:
        """A page; told are its lines that speak of something."""
        async with pages.get(self.chat.app.address + path) as answer:
            page = await answer.text()
            assert answer.status == 200, page
        lines = (" ".join(unescape(each).split()) for each in _TAG.sub("\n", page).split("\n"))
        told = " · ".join(dict.fromkeys(each for each in lines if about in each))
        self.tell(f"{SECRETARY} reads /{re.sub('[0-9]+$', 'N', path)}: {told}")
        return page


def _stamp(page: str) -> str:
    found = re.search(r'name="stamp" value="(\w{32})"', page)
    assert found
    return found[1]


async def _code(work: UnitOfWork) -> str:
    running = await work.seeking.running()
    return running.code if running else ""


async def _play() -> None:
    with tempfile.TemporaryDirectory(prefix="zhibu-newcomer-") as folder:
        chat = Dialogue(str(Path(folder) / "zhibu.db"))
        await chat.open()
        try:
            await Newcomer(chat, print).goes()
        finally:
            await chat.close()


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    asyncio.run(_play())
