"""Groups that the bot only posts in: the 消息推送 webhooks of WeCom, which the operator names and a secretary binds by their name.

A name is as good as a key: who knows it may bind it, so that a deployment of several branches gives names that are not guessed.
"""

from collections.abc import Sequence

from bot.errors import UserError
from bot.permissions import Actor, Permission, Subject, require
from bot.services import groups
from bot.texts import Text
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork

_FACT = "outlets"
UNKNOWN = Text(
    "没有叫这个名字的推送。请先让管电脑的人把它写进 [wecom] webhooks_file，重启我，再发一次。",
    "There is no outlet of that name. Whoever runs the bot has to put it into [wecom] webhooks_file and restart it.",
)
HELLO = Text("大家好，{branch}的公告和每日一课以后也发在这里。", "Hello, the notices and lessons of {branch} are posted here from now on.")


async def note(work: UnitOfWork, names: Sequence[str]) -> None:
    """Note which outlets the configuration has; their keys stay there."""
    told = "\n".join(sorted(names))
    if (await work.settings.get(_FACT) or "") != told:
        work.settings.put(_FACT, told)


async def to_bind(work: UnitOfWork, actor: Actor, name: str) -> tuple[ChatKey, Text]:
    """The outlet of a name and the branch that it may be bound to. Raises `UserError` where there is none, or it is taken."""
    require(actor, Permission.BIND_GROUP, Subject(work.branch_id))
    if not name or name not in (await work.settings.get(_FACT) or "").split("\n"):
        raise UserError(UNKNOWN)
    chat = ChatKey("wecom", "webhook", name)
    return chat, await groups.branch_to_bind(work, actor, chat)


async def bind(work: UnitOfWork, actor: Actor, name: str) -> None:
    """Make an outlet one of the branch's groups, and say so there in one sentence."""
    chat, _ = await to_bind(work, actor, name)
    await groups.bind(work, actor, chat, name, HELLO)
