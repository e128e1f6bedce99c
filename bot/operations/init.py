"""`zhibu init` and `zhibu link`: the first set-up without a database shell."""

from bot.clock import Clock
from bot.config import Settings
from bot.operations import opening
from bot.operations.trouble import Trouble
from bot.permissions import Actor, ActorKind, Role
from bot.services import browser_chat, membership
from bot.services.people import by_name
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

INSTEAD = "set [database] url to a new file, for example sqlite+aiosqlite:///var/branch.db"


async def found(settings: Settings, clock: Clock, branch: str, secretary: str) -> str:
    """Found a branch; answers the secretary's one-time code. Raises `Trouble`."""
    async with opening.opened(settings, clock) as database:
        await opening.refuse_sample(database, INSTEAD)
        names = {each.name for each in await database.run(opening.branches)}
        if branch in names:
            raise Trouble(f"there is a branch “{branch}” already; a new code for its secretary comes with --again")
        return await database.run(membership.found, branch, secretary)


async def again(settings: Settings, clock: Clock, branch: str | None, secretary: str | None) -> str:
    """A new code for a secretary who lost theirs. Raises `Trouble`."""
    async with opening.opened(settings, clock) as database:
        await opening.refuse_sample(database, INSTEAD)
        chosen = await opening.the_branch(database, branch)
        return await database.run(_again, chosen, secretary)


async def _again(work: UnitOfWork, branch: BranchId, secretary: str | None) -> str:
    work.enter(branch)
    return await membership.new_secretary_code(work, secretary)


def next_steps(settings: Settings, code: str) -> str:
    """What to do with a secretary's code."""
    steps = [
        f"One-time code for the secretary: {code} (good for 7 days)",
        "1. Start the bot: zhibu run, with the same configuration.",
        f"2. The secretary writes to the bot in private: 绑定 {code}",
    ]
    if settings.telegram.secret():
        steps[-1] += f" – or opens https://t.me/NAME_OF_THE_BOT?start={code}"
    else:
        steps[-1] += " – without Telegram: zhibu link NAME prints an address that opens the chat page as the secretary."
    return "\n".join([*steps, "3. In the branch's group the secretary writes: 绑定本群"])


async def link(settings: Settings, clock: Clock, name: str, branch: str | None) -> str:
    """The one-time address that opens the browser chat as a member. Raises `Trouble`."""
    async with opening.opened(settings, clock) as database:
        await opening.refuse_sample(database, "its page lets you be anybody without a link")
        token = await database.run(_link, await opening.the_branch(database, branch), name)
    web = settings.web
    host = f"[{web.host}]" if ":" in web.host else web.host
    return f"{(web.address or f'http://{host}:{web.port}').rstrip('/')}/enter/{token}"


async def _link(work: UnitOfWork, branch: BranchId, name: str) -> str:
    work.enter(branch)
    operator = Actor(ActorKind.OPERATOR, branch, None, frozenset({Role.OPERATOR}))
    return await browser_chat.make_link(work, operator, (await by_name(work, name)).id)
