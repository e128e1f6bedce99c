"""Where people are reached: their private chats, and the pointer for those who have not opened one."""

from datetime import timedelta

from bot.messages import Incoming, Outgoing, ReplyTo
from bot.services import deployment, posting
from bot.texts import Text
from storage.accounts import Account
from storage.keys import AccountKey
from storage.unit_of_work import UnitOfWork

_FRESH = timedelta(minutes=10)
POINTER_APART = Text(
    "我把答复留着。QQ 在群里和私聊里认不出是同一个人：请向书记要个邀请码，私聊我发“绑定 邀请码”，就能看到。",
    "I have kept the answer for you. Here you are another person in private: ask the secretary for a code and send me “bind CODE” there.",
)
POINTER = Text(
    "我把答复留着，请先点我的头像，私聊里发个“你好”，就能看到。",
    "I have kept the answer for you: please open a private chat with me and say hello.",
)


async def seen_in_private(work: UnitOfWork, account: Account, private_chat: str) -> None:
    """Note where a person is reached; what waited for that is sent now."""
    if account.private_chat == private_chat and work.now - account.used_at < _FRESH and await _is_newest(work, account):
        return
    await work.accounts.change(account.key, private_chat=private_chat, used_at=work.now)
    if account.private_chat is None and (known := await work.accounts.get(account.key)) is not None and known.chat is not None:
        member = await work.members.get(account.member_id)
        if member is not None:
            await posting.introduce(work, member, known)
            await posting.forward_waiting(work, member, known)


async def _is_newest(work: UnitOfWork, account: Account) -> bool:
    """Whether no other account of the person was used since."""
    return all(each.used_at <= account.used_at for each in await work.accounts.of(account.member_id) if each.key != account.key)


async def blocked(work: UnitOfWork, key: AccountKey) -> None:
    """A person stopped the bot on this platform: what is for them waits, or goes elsewhere."""
    if await work.accounts.get(key) is not None:
        await work.accounts.change(key, private_chat=None)


async def point_to_private(work: UnitOfWork, incoming: Incoming) -> None:
    """In the group, once ever for each account: how to get an answer that is private."""
    account = await work.accounts.get(incoming.sender.key)
    if account is None or account.pointed_at is not None:
        return
    await work.accounts.change(account.key, pointed_at=work.now)
    pointer = POINTER_APART if account.key.platform in deployment.APART else POINTER
    await posting.to_chat(work, incoming.chat.key, Outgoing(pointer, reply_to=ReplyTo(incoming.message_id)))
