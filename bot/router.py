"""An event on its way in: who speaks, what they mean, whether they may, the handler, the outbox – in one transaction."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from bot import clock as clocks
from bot import questions, reading, replies, unsure
from bot.clock import Clock
from bot.commands import Called, Command, Context, Registry, Reply, Where
from bot.errors import UserError
from bot.language import identity
from bot.language.normalise import is_blank
from bot.messages import Chat, ChatKind, EventKind, Incoming
from bot.metrics import Metrics
from bot.permissions import Actor, ActorKind, Permission, Role, require
from bot.services import accounts, awaiting, deployment, group_talk, identity_told, people, strangers, talk, uncertain, warming
from bot.services.abroad import NOTHING_ASKED
from bot.services.people import actor_of, heard
from bot.texts import Text
from storage.accounts import Account
from storage.database import Database, Seen
from storage.faults import Unstorable
from storage.unit_of_work import UnitOfWork

LONGEST = 1000
"""Characters of a message that is still read; nobody types more with a thumb."""
LATE = timedelta(days=3)
"""A message that arrives up to this much later still counts for the moment at which it was said."""
TOO_LONG = Text("太长了，请分开发。", "That is too long; please send it in parts.")
GONE = Text("这个按钮已经用过或过期了，请重新发一次。", "This button was used or has expired; please ask again.")
BROKEN = Text(
    "出了点问题，这条没有记上，请再发一次。还不行，就把编号 {error} 告诉书记。",
    "Something went wrong and nothing was kept; please send it again. If it happens again, tell the secretary the number {error}.",
)

log = structlog.get_logger()


def _masked(incoming: Incoming) -> Incoming:
    """An event without the identity-card and bank-card numbers that somebody pasted: from here on nothing sees them."""
    found = identity.masked(incoming.text) if incoming.kind is not EventKind.BUTTON else None
    return incoming if found is None or not found.count else replace(incoming, text=found.text, masked=True)


class Router:
    """Takes events of every platform. `wake` is called when there may be something to deliver; `typed` tells where there are no buttons."""

    def __init__(
        self,
        database: Database,
        registry: Registry,
        wake: Callable[[], None],
        clock: Clock = clocks.now,
        *,
        metrics: Metrics | None = None,
        typed: Callable[[Chat], bool] = lambda _: False,
    ) -> None:
        self._database = database
        self._registry = registry
        self._wake = wake
        self._clock = clock
        self._metrics = metrics or Metrics()
        self._typed = typed

    async def receive(self, incoming: Incoming) -> None:
        """Act on an event and return after the commit. Raises when nothing could be stored: the platform must not be told it was."""
        incoming = _masked(incoming)
        with structlog.contextvars.bound_contextvars(cause=incoming.cause):
            result = "unstored"
            try:
                result = await self._taken(incoming)
            finally:
                self._told(incoming, result)
                self._wake()

    def _told(self, incoming: Incoming, result: str) -> None:
        """What became of an event, in numbers; talk among people is neither logged nor counted."""
        if result == "not for us":
            return
        lag = (self._clock() - incoming.at).total_seconds()
        platform = incoming.chat.key.platform
        self._metrics.event(platform, result, lag)
        log.info("event", platform=platform, kind=incoming.kind.value, result=result, lag=round(lag, 3))

    async def _taken(self, incoming: Incoming) -> str:
        run = partial(self._database.run_once, key=incoming.key, warm=warming.warm, hint=(incoming, None))
        try:
            called = self._registry.called(incoming.text) if incoming.kind is EventKind.MESSAGE else None
            hint = (incoming, called.command.warm if called is not None else None)
            return "done" if await run(partial(self._route, incoming, called), hint=hint) else "not for us"
        except Seen:
            return "repeated"
        except UserError as refusal:
            with suppress(Seen):  # the same event was refused a moment ago
                await run(partial(self._refuse, incoming, refusal.text))
            return "refused"
        except Unstorable:
            raise  # no apology could be kept either; the platform brings it again
        except Exception:
            error = secrets.token_hex(3)
            log.exception("a handler failed", error_id=error, platform=incoming.chat.key.platform)
            with suppress(Seen):
                await run(partial(self._apologise, incoming, error))
            return "failed"

    async def _route(self, incoming: Incoming, called: Called | None, work: UnitOfWork) -> bool:
        if work.now - LATE <= incoming.at <= work.now:
            work.said(incoming.at)
        if incoming.kind is EventKind.MIGRATED and incoming.new_chat_id:
            await work.dispatch.move(incoming.chat.key, incoming.new_chat_id)
            work.inbox.note(incoming.key, incoming.chat.key)
            return True
        await uncertain.prove(work, incoming)
        if incoming.chat.key.platform in deployment.PASSIVE:
            await awaiting.opened(work, incoming.chat.key)
        context = await self._context(incoming, work)
        if context is None:
            return False
        if incoming.kind is EventKind.MESSAGE:
            acted = await self._message(context, called)
        elif incoming.kind is EventKind.BUTTON:
            acted = await self._button(context)
        else:
            acted = await self._event(context)
        if incoming.masked and await identity_told.tell(work, context.actor, incoming):
            acted = True
        if acted:
            await self._acted(context)
        return acted

    async def _acted(self, context: Context) -> None:
        context.work.inbox.note(context.incoming.key, context.incoming.chat.key)
        if context.actor.member is not None:
            await heard(context.work, context.actor.member)

    async def _context(self, incoming: Incoming, work: UnitOfWork) -> Context | None:
        """Who speaks, in which branch; None in a group that is nobody's, where only a secretary's binding it is heard.

        On a platform that calls them by another id in each group (`deployment.APART`) they first have to say who they are there.
        """
        work.cause = incoming.cause
        account = await work.accounts.get(incoming.sender.key)
        if account is not None and account.removed:
            account = None
        group = await work.chats.get(incoming.chat.key) if incoming.chat.kind is ChatKind.GROUP else None
        home = account.branch_id if account is not None else None
        binds = incoming.chat.kind is ChatKind.GROUP and (group is None or group.branch_id != home) and self._binds(incoming)
        branch = home if binds or incoming.chat.kind is ChatKind.PRIVATE else group.branch_id if group is not None else None
        if branch is not None:
            work.enter(branch)
        elif incoming.chat.kind is ChatKind.GROUP and not (binds and account is None) and not self._introduces(incoming):
            return None
        actor = await self._actor(work, account)
        if binds and account is not None and not actor.may(Permission.BIND_GROUP):
            return None
        if incoming.chat.kind is ChatKind.PRIVATE and account is not None and incoming.kind is not EventKind.BLOCKED:
            await accounts.seen_in_private(work, account, incoming.chat.key.chat_id)
        if incoming.reply_to is not None:
            incoming = await group_talk.heard(work, incoming)
        member = await work.members.get(actor.member) if actor.member is not None else None
        return Context(work, actor, incoming, "", await deployment.language(work, member), self._registry)

    def _binds(self, incoming: Incoming) -> bool:
        called = self._registry.called(incoming.text)
        return called is not None and "bindgroup" in called.command.names

    def _introduces(self, incoming: Incoming) -> bool:
        """Whether somebody says to the bot, in a group that is nobody's, who they are, or wants to bind it without having said that."""
        if incoming.chat.key.platform not in deployment.APART or incoming.kind is not EventKind.MESSAGE or not incoming.mentioned:
            return False
        called = self._registry.called(incoming.text)
        return called is not None and not {"bind", "bindgroup"}.isdisjoint(called.command.names)

    async def _actor(self, work: UnitOfWork, account: Account | None) -> Actor:
        stranger = Actor(ActorKind.PERSON, work.entered, None, frozenset({Role.STRANGER}))
        if account is None or account.branch_id != work.entered:
            return stranger
        member = await work.members.get(account.member_id)
        return stranger if member is None or member.removed_at is not None else actor_of(member)

    async def _message(self, context: Context, called: Called | None) -> bool:
        incoming, addressed = context.incoming, context.addressed
        grave = self._registry.grave(incoming.text) if addressed and len(incoming.text) > LONGEST else None
        if grave is None and len(incoming.text) > LONGEST:
            return await replies.post(context, TOO_LONG if addressed or called is not None else None)
        if (urgent := grave or self._registry.urgent(incoming.text, called, addressed=addressed)) is not None:
            return await self._run(context, urgent)
        if context.actor.member is not None and not context.in_group:
            answered = await questions.by_words(
                context.work,
                context.actor.member,
                incoming.text,
                incoming.chat.key.platform,
                named=called is not None,
                typed=self._typed(incoming.chat),
            )
            if isinstance(answered, questions.Several):
                return await replies.post(context, await questions.which(context.work, answered, incoming.chat.key.platform))
            if answered is not None and self._is_meant(incoming, answered):
                return await self._answer(context, answered)
        if called is None and not incoming.spoken and (await self._replied(context) or await self._pressed_by_word(context)):
            return True
        return await self._said(context, called)

    def _is_meant(self, incoming: Incoming, answered: questions.Answered) -> bool:
        """Whether words answer an open question: not where they were only heard, nor where they cannot be its answer."""
        if answered.choice != questions.OWN_WORDS:
            return True
        fits = self._registry.answers[answered.question.kind].fits
        return not incoming.spoken and (fits is None or fits(incoming.text))

    async def _said(self, context: Context, called: Called | None) -> bool:
        """Something that answers nothing: a command by its name, or a sentence."""
        incoming, addressed = context.incoming, context.addressed
        if called is not None and called.command.spoken_to and not addressed:
            return False
        calls = (called,) if called is not None else (await self._read(context)).calls
        heeded = [each for each in calls if self._heeded(context, each)]
        if incoming.spoken and context.actor.member is not None:
            return await self._spoken(context, heeded)
        if heeded:
            return await self._run(context, *heeded)
        if context.in_group and context.actor.member is None and self._binds(incoming):
            return await strangers.bind_first(context.work, incoming)
        return addressed and await self._unclear(context)

    @staticmethod
    async def _spoken(context: Context, calls: Sequence[Called]) -> bool:
        """A voice message: what was heard in it is asked back before anything is done."""
        if calls:
            return await replies.post(context, unsure.whether(calls, unsure.HEARD))
        return await replies.post(context, unsure.NOT_HEARD if context.addressed else None)

    async def _replied(self, context: Context) -> bool:
        """Somebody answers a message of ours in the group that waits for answers."""
        incoming = context.incoming
        if not context.in_group or incoming.reply_to is None or context.actor.member is None:
            return False
        slot = await context.work.outbox.slot_of(incoming.chat.key, incoming.reply_to)
        if slot is None:
            return False
        taker = self._registry.replied.get(slot.partition(":")[0])
        if taker is None or not context.actor.may(taker.needs):
            return False
        context.work.matter = _file(taker.handler)
        return await replies.post(context, await taker.handler(replace(context, args=slot)))

    async def _pressed_by_word(self, context: Context) -> bool:
        """In a group without buttons somebody says to the bot what stands on one."""
        if not context.in_group or not context.addressed or context.actor.member is None or not self._typed(context.incoming.chat):
            return False
        answered = await questions.to_everybody(context.work, context.incoming.text)
        return answered is not None and await self._answer(context, answered)

    @staticmethod
    def _heeded(context: Context, called: Called) -> bool:
        """A member who may not is told so when speaking to the bot; a stranger is only heeded in what strangers may."""
        return context.actor.may(called.command.needs) or (context.addressed and context.actor.member is not None)

    async def _unclear(self, context: Context) -> bool:
        if context.actor.member is None:
            return await strangers.turn_away(context.work, context.incoming)
        if not context.in_group and await questions.nothing_to_cancel(context.work, context.actor.member, context.incoming.text):
            return await replies.post(context, NOTHING_ASKED)
        if context.in_group:
            return not is_blank(context.incoming.text) and await replies.post(context, await unsure.unclear_in_group(context))
        return await replies.post(context, await unsure.unclear(context)) or await self._menu(context)

    async def _menu(self, context: Context) -> bool:
        menu = self._registry.called("help")
        return menu is not None and await self._run(context, menu)

    async def _read(self, context: Context) -> reading.Reading:
        """What a text means that calls nothing by its name."""
        setting = await talk.setting(context.work, context.actor, context.incoming)
        return reading.read(self._registry, context.incoming.text, setting, addressed=context.addressed)

    async def _run(self, context: Context, *calls: Called) -> bool:
        """Do what was meant, one thing after the other, and answer all of it in one reply."""
        answered: list[tuple[Reply, bool]] = []
        member = context.actor.member
        asked = await context.work.questions.latest(member) if member is not None and calls[0].meaning is not None else None
        for called in calls:
            require(context.actor, called.command.needs)
            context.work.matter = _file(called.command.handler)
            reply = await called.command.handler(_with(context, called))
            if not context.in_group and len(calls) == 1 and unsure.repeats(asked, reply):
                return await self._menu(context)
            answered.append((reply, _private(called.command, context)))
            if reply is not None:
                await self._spoken_of(context, called.command.matter)
        acted = await replies.post_all(_with(context, calls[0]), answered)
        if acted and not context.in_group and member is not None:
            await context.work.questions.disarm(member)
        return acted

    @staticmethod
    async def _spoken_of(context: Context, matter: str) -> None:
        """What 依据 means from now on."""
        if matter and context.actor.member is not None:
            await people.spoke_of(context.work, context.actor.member, matter)

    async def _button(self, context: Context) -> bool:
        answered = await questions.by_button(context.work, context.incoming.text)
        question = answered.question if answered else None
        if question is None or question.branch_id != context.work.entered:
            if context.in_group or context.actor.member is None:
                return False
            return await replies.post(context, await questions.outcome(context.work, context.actor.member, context.incoming.text) or GONE)
        if context.actor.member is None or question.member_id not in {None, context.actor.member} or answered is None:
            return False
        return await self._answer(context, answered)

    async def _answer(self, context: Context, answered: questions.Answered) -> bool:
        taker = self._registry.answers[answered.question.kind]
        require(context.actor, taker.needs)
        context.work.matter = _file(taker.handler)
        await questions.spend(context.work, answered)
        filled = Context(
            context.work,
            context.actor,
            context.incoming,
            context.incoming.text.strip() if answered.choice == questions.OWN_WORDS else answered.rest,
            context.language,
            context.registry,
            question=answered.question,
            choice=answered.choice,
        )
        await replies.post(filled, await taker.handler(filled))
        await self._spoken_of(context, taker.matter)
        return True

    async def _event(self, context: Context) -> bool:
        acted = False
        for observer in self._registry.observers:
            if context.incoming.kind in observer.kinds:
                context.work.matter = _file(observer.handler)
                acted |= await replies.post(context, await observer.handler(context))
        return acted

    async def _refuse(self, incoming: Incoming, text: Text, work: UnitOfWork) -> None:
        await uncertain.prove(work, incoming)
        context = await self._context(incoming, work)
        if context is not None:
            await replies.post(context, text, private=context.in_group and context.actor.member is not None)
        work.inbox.note(incoming.key, incoming.chat.key)

    async def _apologise(self, incoming: Incoming, error: str, work: UnitOfWork) -> None:
        context = await self._context(incoming, work)
        if context is not None:
            await replies.post(context, BROKEN(error=error))
        work.inbox.note(incoming.key, incoming.chat.key, "failed", error)


def _with(context: Context, called: Called) -> Context:
    return Context(
        context.work,
        context.actor,
        context.incoming,
        called.args,
        context.language,
        context.registry,
        word=called.word,
        meaning=called.meaning,
    )


def _file(handler: Callable[..., Any]) -> str:
    """The name of a handler's file: what its letters are about."""
    return handler.__module__.rpartition(".")[2]


def _private(command: Command, context: Context) -> bool:
    return context.in_group and command.where is Where.PRIVATE
