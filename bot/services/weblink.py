"""The way into the browser chat for one person: a one-time link."""

from bot.permissions import Actor, Permission, Subject, require
from bot.services import browser_chat, deployment, web_entry
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

LINK = Text(
    "点开后按“进入”就是您自己的网页。一刻钟内有效，只能用一次，别转给别人：\n{link}",
    "Open it and press “enter”: the web page is then yours. Good once, for a quarter of an hour; do not pass it on:\n{link}",
)
PAGES = Text("\n管支部的网页发“支部网页”。", "\nFor the branch's pages: “pages”.")
SAMPLE = Text(
    "这是演示支部，不用链接：网页上方可以选自己是谁。",
    "This is the sample branch and needs no link: choose at the top of the page who you are.",
)


async def invitation(work: UnitOfWork, actor: Actor) -> Text:
    """A link of the actor's own, or why there is none."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    address = await work.settings.get("address")
    further = PAGES if actor.may(Permission.OPEN_PAGES) and address else Text("", "")
    if await deployment.is_sample(work):
        return SAMPLE + further
    if not address or actor.member is None:
        return web_entry.NONE
    link = f"{address.rstrip('/')}/enter/{await browser_chat.make_link(work, actor, actor.member)}"
    return LINK(link=link) + web_entry.only_here(address) + further
