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


_THERE = {
    "onebot": "QQ（OneBot）: the secretary makes the bot's account a friend and sends it 绑定 {code}; in the group then 绑定本群",
    "wecom": "WeCom（企业微信）: the secretary sends the bot 绑定 {code} in private; in the group then @机器人 绑定本群",
    "qq": "QQ（官方机器人）: the secretary sends 绑定 {code} in private, and there 绑定新账号 for another code; "
    "in the group @机器人 绑定 with that code, then @机器人 绑定本群",
    "telegram": "Telegram: the secretary writes to the bot in private: 绑定 {code}{link}; in the group then 绑定本群",
}
"""What the secretary does on each platform."""


def next_steps(settings: Settings, issued: Issued) -> str:
    """What to do with a secretary's code, on each platform that is set up."""
    code = issued.code
    unknown = f"https://t.me/NAME_OF_THE_BOT?start={code} (with the name of your bot, which is known here after the first start)"
    link = f" – or opens {issued.link or unknown}"
    used = settings.platforms()
    steps = [
        f"One-time code for the secretary: {code} (good for 7 days)",
        "1. Start the bot: zhibu run, with the same configuration.",
        "2. " + ("The code works once, so begin on one of these:" if len(used) > 1 else "Then:" if used else "No platform is set up yet:"),
    ]
    steps += [f"   - {words.format(code=code, link=link)}" for name, words in _THERE.items() if name in used]
    if not used:
        steps.append("   - set up [onebot], [wecom], [qq] or [telegram] (docs/setup-….md); the code waits")
        steps.append(f"   - then the secretary writes to the bot in private: 绑定 {code}, and in the branch's group: 绑定本群")
    if len(used) > 1:
        steps.append("   On the others the same, with a code that 绑定新账号 gives the secretary where they are bound.")
    if settings.web.chat:
        steps.append("   - in the browser: zhibu link NAME prints an address that opens the chat page as the secretary")
    return "\n".join(steps)


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
