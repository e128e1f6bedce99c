"""Turning what a handler answers into messages: here or in private, in pages where it is long."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.commands import Ask, Choice, Context, Mark, MemberId, Pages, Reply, Say
from bot.messages import ChatKind, Outgoing, ReplyTo
from bot.services import accounts, asking, people, posting
from bot.texts import LIMIT, Language, Text, pieces, too_long
from storage.unit_of_work import UnitOfWork

NEXT = Choice(Text("下一页", "next page"), ("下一页", "更多", "more", "next"))
PAGE_LIVES = timedelta(minutes=10)
_ROOM = 24
"""Characters kept free on a page for “第 1/9 页”."""


async def post(context: Context, reply: Reply, *, private: bool = False) -> bool:
    """Queue what a handler answers; False if that is nothing. In private when asked to, wherever it was said."""
    if reply is None:
        return False
    for each in _each(reply):
        await _one(context, each, private=private)
    return True


async def post_all(context: Context, answered: Sequence[tuple[Reply, bool]]) -> bool:
    """Queue what several handlers answer to one message: their sentences in one message where they fit, a question last."""
    if len(answered) == 1:
        reply, private = answered[0]
        return await post(context, reply, private=private)
    said = [(each, private) for reply, private in answered if reply is not None for each in _each(reply)]
    plain = [each.text for each, _ in said if isinstance(each, Say) and _is_sentence(each)]
    joined = Text.join(plain, "\n", "\n")
    together = len(plain) > 1 and not too_long(joined)
    if together:
        private = any(private or (isinstance(each, Say) and each.private) for each, private in said)
        said = [(Say(joined, private=private), private), *(pair for pair in said if not _is_sentence(pair[0]))]
    marks = [pair for pair in said if isinstance(pair[0], Mark)][:1]
    for each, private in [
        *marks,
        *sorted((pair for pair in said if not isinstance(pair[0], Mark)), key=lambda pair: isinstance(pair[0], Ask)),
    ]:
        await _one(context, each, private=private)
    return any(reply is not None for reply, _ in answered)


def _each(reply: Reply) -> list[Say | Ask | Pages | Mark]:
    """The parts of a reply."""
    parts = [reply] if isinstance(reply, Text | Say | Ask | Pages | Mark) else list(reply or ())
    return [Say(each) if isinstance(each, Text) else each for each in parts]


def _is_sentence(part: Say | Ask | Pages | Mark) -> bool:
    return isinstance(part, Say) and not (part.picture or part.file or part.drawing)


async def _one(context: Context, reply: Say | Ask | Pages | Mark, *, private: bool) -> None:
    if isinstance(reply, Mark):
        if context.in_group and context.incoming.message_id:
            outgoing = Outgoing(Text("", ""), reaction=reply.emoji, reply_to=ReplyTo(context.incoming.message_id))
            await posting.to_chat(context.work, context.incoming.chat.key, outgoing)
        return
    if isinstance(reply, Say) and (too_long(reply.text)):
        reply = Pages(Text("", ""), pieces(reply.text))
    if isinstance(reply, Pages):
        await _pages(context, reply)
    elif isinstance(reply, Ask):
        await _to_person(context, await asking.prepare(context.work, context.member, reply))
    elif (private or reply.private) and not reply.here and context.actor.member is not None:
        await _to_person(context, _said(reply))
    else:
        await _here(context, _said(reply))


def _said(reply: Say) -> Outgoing:
    return Outgoing(reply.text, picture=reply.picture, file=reply.file, drawing=reply.drawing)


async def _here(context: Context, outgoing: Outgoing) -> None:
    chat, account = context.incoming.chat, await context.work.accounts.get(context.incoming.sender.key)
    if not context.in_group and account is not None and await people.is_present(context.work, account):
        await posting.to_member(context.work, account.member_id, outgoing, account=account if account.private_chat else None)
        return
    answered = ReplyTo(context.incoming.message_id) if chat.kind is ChatKind.GROUP and context.incoming.message_id else None
    await posting.to_chat(
        context.work,
        chat.key,
        replace(outgoing, reply_to=answered),
        kind=chat.kind,
    )


async def _to_person(context: Context, outgoing: Outgoing) -> None:
    account = await context.work.accounts.get(context.incoming.sender.key)
    here = account if account is not None and account.private_chat and account.member_id == context.member else None
    reached = await posting.to_member(context.work, context.member, outgoing, account=here)
    if not reached and context.in_group:
        await accounts.point_to_private(context.work, context.incoming)


async def _pages(context: Context, reply: Pages) -> None:
    """The first page now; the rest waits in the question under 下一页 and is erased with it."""
    await _to_person(context, await paged(context.work, context.member, reply))


async def paged(work: UnitOfWork, member: MemberId, reply: Pages, lives: timedelta = PAGE_LIVES, *, card: bool = False) -> Outgoing:
    """The first page, ready to be sent; with `card` its 下一页 leaves an open question of the person alone."""
    page, rest = split(reply)
    if not rest:
        return Outgoing(page)
    data = {"heading": [reply.heading.zh, reply.heading.en], "lines": [[line.zh, line.en] for line in rest]}
    return await asking.prepare(work, member, Ask(asking.PAGE, page, (NEXT,), lives, data, card))


def sheet(reply: Pages) -> list[Say]:
    """A long answer as private messages that follow each other at once: nothing of it waits in a question."""
    pages, rest = [], reply
    while rest.heading or rest.lines:
        page, lines = split(rest)
        pages.append(Say(page, private=True))
        rest = Pages(Text("", ""), lines)
    return pages


def split(reply: Pages) -> tuple[Text, list[Text]]:
    """What fits on one page, and the lines that do not."""
    page = reply.heading
    lines = [piece for line in reply.lines for piece in (pieces(line) if _over(line) else [line])]
    for number, line in enumerate(lines):
        longer = Text.join([page, line]) if page else line
        if _over(longer) and page != reply.heading:
            return page, lines[number:]
        page = longer
    return page, []


def _over(text: Text) -> bool:
    return any(len(text.to(language)) > LIMIT[language] - _ROOM for language in Language)
