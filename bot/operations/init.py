"""`zhibu init` and `zhibu link`: the first set-up without a database shell."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.config import Settings
from bot.operations import opening
from bot.operations.trouble import Trouble
from bot.permissions import OPERATOR
from bot.services import browser_chat, deployment, finding, membership
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

STOPPED = "zhibu is not running, so this address opens nothing yet: start it with “zhibu run”, and open the address within 15 minutes."
INSTEAD = "set [database] url to a new file, for example sqlite+aiosqlite:///var/branch.db"


@dataclass(frozen=True, slots=True)
class Issued:
    """A one-time code, and the address that takes it on Telegram where the bot's name is known."""

    code: str
    link: str | None


async def found(settings: Settings, clock: Clock, branch: str, secretary: str) -> Issued:
    """Found a branch; answers the secretary's one-time code. Raises `Trouble`."""
    async with opening.beside(settings, clock) as database:
        await opening.refuse_sample(database, INSTEAD)
        names = {each.name for each in await database.run(opening.branches)}
        if branch in names:
            raise Trouble(f"there is a branch “{branch}” already; a new code for its secretary comes with --again")
        return await database.run(_found, branch, secretary)


async def _found(work: UnitOfWork, branch: str, secretary: str) -> Issued:
    code = await membership.found(work, OPERATOR, branch, secretary)
    return Issued(code, await deployment.deep_link(work, code))


async def again(settings: Settings, clock: Clock, branch: str | None, secretary: str | None) -> Issued:
    """A new code for a secretary who lost theirs. Raises `Trouble`."""
    async with opening.beside(settings, clock) as database:
        await opening.refuse_sample(database, INSTEAD)
        chosen = await opening.the_branch(database, branch)
        return await database.run(_again, chosen, secretary)


async def _again(work: UnitOfWork, branch: BranchId, secretary: str | None) -> Issued:
    work.enter(branch)
    code = await membership.new_secretary_code(work, OPERATOR, secretary)
    return Issued(code, await deployment.deep_link(work, code))


def next_steps(settings: Settings, issued: Issued) -> str:
    """What to do with a secretary's code."""
    code = issued.code
    steps = [
        f"One-time code for the secretary: {code} (good for 7 days)",
        "1. Start the bot: zhibu run, with the same configuration.",
        f"2. The secretary writes to the bot in private: 绑定 {code}",
    ]
    if settings.telegram.secret():
        unknown = f"https://t.me/NAME_OF_THE_BOT?start={code} (with the name of your bot, which is known here after the first start)"
        steps[-1] += f" – or opens {issued.link or unknown}"
    else:
        steps[-1] += " – without Telegram: zhibu link NAME prints an address that opens the chat page as the secretary."
    return "\n".join([*steps, "3. In the branch's group the secretary writes: 绑定本群"])


async def link(settings: Settings, clock: Clock, name: str, branch: str | None) -> tuple[str, str]:
    """The one-time address that opens the browser chat as a member, and what keeps it from opening now. Raises `Trouble`."""
    async with opening.beside(settings, clock) as database:
        await opening.refuse_sample(database, "its page lets you be anybody without a link")
        token = await database.run(_link, await opening.the_branch(database, branch), name)
    web, served = settings.web, opening.running_at(settings, clock)
    host = f"[{web.host}]" if ":" in web.host else web.host
    address = served or web.address or f"http://{host}:{web.port}"
    return f"{address.rstrip('/')}/enter/{token}", STOPPED if served is None else ""


async def _link(work: UnitOfWork, branch: BranchId, name: str) -> str:
    work.enter(branch)
    return await browser_chat.make_link(work, OPERATOR, (await finding.by_name(work, name, finding.HERE)).id)
