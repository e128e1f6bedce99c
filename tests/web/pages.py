"""Coming into the branch's pages in tests, reading them and sending their forms."""

import re
from html import unescape

from aiohttp import ClientSession

from bot.app import App
from tests.dialogue import Dialogue


async def enter(chat: Dialogue, session: ClientSession, name: str) -> None:
    """Come in by the link that the bot gives."""
    (told,) = chat.to(name, await chat.private(name, "支部网页"))
    found = re.search(r"http\S+/branch/enter/[\w-]{32}", told)
    assert found, told
    async with session.post(found[0], allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/branch")


async def get(app: App, session: ClientSession, path: str) -> tuple[int, str]:
    """A page: its status and text."""
    async with session.get(app.address + path) as answer:
        return answer.status, await answer.text()


async def send(app: App, session: ClientSession, form_of: str, path: str, **fields: str) -> tuple[int, str]:
    """A form with the stamp of a page; where it leads is followed."""
    async with session.post(app.address + path, data={"stamp": stamp(form_of), **fields}) as answer:
        return answer.status, await answer.text()


def stamp(page: str) -> str:
    """What a page's forms carry."""
    found = re.search(r'name="stamp" value="(\w{32})"', page)
    assert found
    return found[1]


def form(page: str) -> dict[str, str]:
    """What stands in the form that changes a person, as a browser would send it."""
    part = page[page.index("<details") : page.index("</details>")]
    fields = {name: unescape(value) for name, value in re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', part) if name != "stamp"}
    for name, options in re.findall(r'<select[^>]* name="(\w+)">(.*?)</select>', part):
        chosen = re.search(r'value="(\w+)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields
