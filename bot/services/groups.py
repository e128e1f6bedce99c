"""Which group chat is the branch's."""

from collections.abc import Mapping
from typing import Any

from bot.errors import UserError
from bot.messages import Outgoing
from bot.permissions import Actor, Permission, Subject, require
from bot.services import posting
from bot.texts import Text
from storage.chats import Group
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork

TAKEN = Text("这个群已经是别的支部的，不能再绑定。", "This group is another branch's and cannot be bound.")
ALREADY = Text("这个群已经绑定好了。", "This group is bound already.")
NOT_BOUND = Text("这个群没有绑定。", "This group is not bound.")
HERE = Text(
    "大家好，我是{branch}的机器人，平时不出声。想知道我能做什么，私聊我发“帮助”。",
    "Hello, I am the bot of {branch}, and mostly silent. To see what I can do, send me “help” in private.",
)


def chat_key(data: Mapping[str, Any]) -> ChatKey:
    """The chat that a question or a deed is about."""
    return ChatKey(*data["chat"])


async def branch_to_bind(work: UnitOfWork, actor: Actor, chat: ChatKey) -> Text:
    """The name of the branch that a group may be bound to. Raises `UserError` when the group is taken."""
    require(actor, Permission.BIND_GROUP, Subject(work.branch_id))
    group = await work.chats.get(chat)
    if group is not None:
        raise UserError(ALREADY if group.branch_id == work.branch_id else TAKEN)
    return await _name(work)


async def bind(work: UnitOfWork, actor: Actor, chat: ChatKey, title: str, greeting: Text = HERE) -> None:
    """Make a group the branch's, and say so there in one sentence."""
    await branch_to_bind(work, actor, chat)
    work.chats.bind(chat, title[:200])
    await posting.to_chat(work, chat, Outgoing(greeting(branch=await _name(work))))
    _note(work, actor, "group_bound", chat, title)


async def of_branch(work: UnitOfWork, actor: Actor) -> list[Group]:
    """The groups of the branch."""
    require(actor, Permission.BIND_GROUP, Subject(work.branch_id))
    return await work.chats.of_branch()


async def unbind(work: UnitOfWork, actor: Actor, chat: ChatKey) -> None:
    """Let a group go, with what was still to be said there."""
    require(actor, Permission.BIND_GROUP, Subject(work.branch_id))
    group = await work.chats.get(chat)
    if group is None or group.branch_id != work.branch_id:
        raise UserError(NOT_BOUND)
    await _let_go(work, chat)
    _note(work, actor, "group_unbound", chat, group.title)


async def undo_binding(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take back the binding of a group."""
    require(actor, Permission.BIND_GROUP, Subject(work.branch_id))
    await _let_go(work, chat_key(data))


async def undo_unbinding(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Bind again a group that was let go."""
    chat = chat_key(data)
    await branch_to_bind(work, actor, chat)
    work.chats.bind(chat, data["title"])


async def _let_go(work: UnitOfWork, chat: ChatKey) -> None:
    work.chats.unbind(chat)
    await work.outbox.drop_in(chat)


async def _name(work: UnitOfWork) -> Text:
    branch = await work.branches.get(work.branch_id)
    return Text(branch.name, branch.latin or branch.name)


def _note(work: UnitOfWork, actor: Actor, kind: str, chat: ChatKey, title: str) -> None:
    if actor.member is not None:
        work.deeds.add(actor.member, kind, {"chat": list(chat), "title": title})
