"""How a handler says what it answers to. A decorated function becomes a `Command`, an `Answer` or an `Observer`; discovery finds them."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import ModuleType
from typing import Any

from bot.language.calls import slashed
from bot.language.naming import Spoken, bare_name, original
from bot.language.understanding import Meaning
from bot.messages import CommandHint, Drawing, EventKind, File, Incoming
from bot.permissions import Actor, Permission, Role, holders
from bot.services.asking import Ask, Choice
from bot.services.warming import Warm
from bot.texts import Language, Text
from storage.keys import MemberId
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

__all__ = ["Ask", "Choice", "Command", "Context", "Mark", "MemberId", "Pages", "Registry", "Reply", "Say", "Where"]


class Where(StrEnum):
    """Where a command is taken. `PRIVATE` typed in the group is answered in private."""

    PRIVATE = "private"
    GROUP = "group"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Say:
    """One message as a reply: here, or in private wherever it was asked."""

    text: Text
    private: bool = False
    picture: bytes | None = None
    file: File | None = None
    drawing: Drawing | None = None
    here: bool = False
    """In the group where it was asked, although the command is answered in private: whom nothing reaches there has to be told."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A long answer: a heading and lines, sent in pages of a message each with 下一页. Always private."""

    heading: Text
    lines: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Mark:
    """A quiet acknowledgement: a reaction where the platform has them, nothing elsewhere."""

    emoji: str = "👌"


Reply = Text | Say | Ask | Pages | Mark | None | Sequence["Text | Say | Ask | Pages | Mark"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler is given: the transaction, who speaks, and what they said after the command's name."""

    work: UnitOfWork
    actor: Actor
    incoming: Incoming
    args: str
    language: Language
    registry: "Registry"
    word: str = ""
    """The command's name as it was typed; empty where the sentence was understood without one."""
    question: OpenQuestion | None = None
    choice: int = 0
    meaning: Meaning | None = None
    """What was understood, where the command was not called by its name."""

    @property
    def member(self) -> MemberId:
        """The member who speaks. Raises `LookupError` for a stranger; declared permissions keep strangers out."""
        if self.actor.member is None:
            raise LookupError("a stranger has no member")
        return self.actor.member

    @property
    def in_group(self) -> bool:
        """Whether this was said in a group."""
        return self.incoming.chat.kind == "group"

    @property
    def platform(self) -> str:
        """The platform this was said on, and where it is answered."""
        return self.incoming.chat.key.platform

    @property
    def addressed(self) -> bool:
        """Whether this was said to the bot: in private, with a slash, by its name or as an answer to it."""
        return not self.in_group or self.incoming.mentioned or slashed(self.incoming.text)


Handler = Callable[[Context], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can ask for."""

    names: tuple[str, ...]
    needs: Permission
    help: Text
    handler: Handler
    where: Where = Where.BOTH
    takes: Text | None = None
    """What may follow the name, for help; a command that takes nothing is only itself, not a sentence that begins like it."""
    understands: Callable[[str], str | None] | None = None
    """Pure: the arguments that a sentence without the name means, or None."""
    free: bool = False
    """In a group a sentence is understood even when the bot is not spoken to, because it is unmistakable."""
    hidden: bool = False
    """Works, but is not listed: a variant of another."""
    matter: str = ""
    """The name of the `Grounds` that 依据 tells of after this command."""
    urgent: Callable[[str], str | None] | None = None
    """Pure, as `understands`, for what cannot wait: heard even while a question is open, if it is said to the bot and names no command."""
    defers: bool = False
    """Gives way to the urgent command that its arguments mean: 求助 着火了."""
    warm: Warm | None = None
    """Fetches for many speakers at once what the handler will read by key. Only makes things faster."""
    also: tuple[str, ...] = ()
    """Names that are heard and never shown: what a name is mistyped as."""
    overheard: Callable[[str], str | None] | None = None
    """Pure, in place of `understands` for what is said in a group and not to the bot."""
    fits: Callable[[str], bool] | None = None
    """Whether words can be its arguments; where they cannot, its name is a word of a sentence (arrived in Harbin)."""
    courtesy: bool = False
    """Only politeness: answered, but nothing is meant by it (`none`)."""
    spoken_to: bool = False
    """In a group only when the bot is spoken to: among people its name is talk (辛苦了)."""
    contexts: frozenset[str] = frozenset()
    """Among people, and without its name, it means something only where this was said last (`bot.language.contexts`)."""
    intents: tuple[str, ...] = ()
    """What of `bot.language` it does: `intent`, or `intent:slot` with the name or the value of a slot that has to be there. `understands`
    then only finds the arguments and fills gaps."""

    @property
    def word(self) -> str:
        """The Chinese name that is shown."""
        return self.names[0]

    @property
    def heard(self) -> tuple[str, ...]:
        """All names that call it, the shown ones first."""
        return (*self.names, *self.also)

    @property
    def slash(self) -> str:
        """The latin name, for /commands."""
        return next(name for name in self.names if name.isascii())

    def named(self, spoken: "Spoken") -> tuple[str, str] | None:
        """The name and arguments, if what was said calls this command by a name."""
        for name in self.heard:
            args = spoken.after(name, takes=self.takes is not None)
            if args is not None and (not args or self.fits is None or self.fits(args)):
                return name, args
        return None


def command(
    *names: str,
    needs: Permission,
    help: Text,  # noqa: A002  the field's word
    where: Where = Where.BOTH,
    takes: Text | None = None,
    understands: Callable[[str], str | None] | None = None,
    free: bool = False,
    hidden: bool = False,
    matter: str = "",
    urgent: Callable[[str], str | None] | None = None,
    defers: bool = False,
    warm: Warm | None = None,
    also: tuple[str, ...] = (),
    intents: tuple[str, ...] = (),
    spoken_to: bool = False,
    contexts: frozenset[str] = frozenset(),
    fits: Callable[[str], bool] | None = None,
    overheard: Callable[[str], str | None] | None = None,
    courtesy: bool = False,
) -> Callable[[Handler], Command]:
    """Make a handler answer to names, the first of them Chinese, at least one of them latin for /commands."""
    return lambda handler: Command(
        names,
        needs,
        help,
        handler,
        where,
        takes,
        understands,
        free,
        hidden,
        matter,
        urgent,
        defers,
        warm,
        also,
        overheard,
        fits,
        courtesy,
        spoken_to,
        contexts,
        intents,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What takes the answer to a kind of question."""

    kind: str
    needs: Permission
    handler: Handler
    matter: str = ""
    """What 依据 means right after the answer; empty where the matter does not change."""
    fits: Callable[[str], bool] | None = None
    """Pure: whether somebody's own words can be the answer; others are heard as if nothing were asked, and the question stays open."""


def answer(kind: str, *, needs: Permission, matter: str = "", fits: Callable[[str], bool] | None = None) -> Callable[[Handler], Answer]:
    """Make a handler take the answers to a kind of question."""
    return lambda handler: Answer(kind, needs, handler, matter, fits)


@dataclass(frozen=True, slots=True)
class Observer:
    """What acts when something happens in a bound group that nobody said."""

    kinds: frozenset[EventKind]
    handler: Handler


def observer(*kinds: EventKind) -> Callable[[Handler], Observer]:
    """Make a handler act on events of the platform."""
    return lambda handler: Observer(frozenset(kinds), handler)


@dataclass(frozen=True, slots=True)
class Replied:
    """What takes an answer, in a group, to a message of ours that stands in a slot of that name; `ctx.args` is the slot."""

    slot: str
    needs: Permission
    handler: Handler


def replied(slot: str, *, needs: Permission) -> Callable[[Handler], Replied]:
    """Make a handler take what people answer in the group to one of our messages (`slot:…`), unless it is a command."""
    return lambda handler: Replied(slot, needs, handler)


@dataclass(frozen=True, slots=True)
class Undo:
    """How a kind of deed is taken back: given what was noted of it, does so and says it."""

    kind: str
    handler: Callable[[Context, Mapping[str, Any]], Awaitable[Text]]


def undoes(kind: str) -> Callable[[Callable[[Context, Mapping[str, Any]], Awaitable[Text]]], Undo]:
    """Make a handler take back deeds of a kind (see `storage.deeds`)."""
    return lambda handler: Undo(kind, handler)


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of data held about the person who asks, for 我的 and 导出."""

    name: str
    title: Text
    handler: Callable[[Context], Awaitable[Sequence[Text]]]


def holds(name: str, title: Text) -> Callable[[Callable[[Context], Awaitable[Sequence[Text]]]], Holding]:
    """Make a handler tell, line by line, what is held about the person who asks."""
    return lambda handler: Holding(name, title, handler)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be entered for a member (补录 <姓名> …) by who may: `understands` gives its arguments, or None."""

    understands: Callable[[str], str | None]
    example: Text
    handler: Callable[[Context, MemberId], Awaitable[Reply]]
    needs: Permission = Permission.ENTER_FOR_OTHERS


def entry(
    understands: Callable[[str], str | None], example: Text, *, needs: Permission = Permission.ENTER_FOR_OTHERS
) -> Callable[[Callable[[Context, MemberId], Awaitable[Reply]]], Entry]:
    """Make a handler take what is entered on somebody's behalf; `ctx.args` holds what was understood."""
    return lambda handler: Entry(understands, example, handler, needs)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a matter rests on: the rules and the branch's own decisions, told when asked 依据."""

    matter: str
    title: Text
    words: tuple[str, ...]
    handler: Callable[[Context], Awaitable[Sequence[Text]]]


def grounds(matter: str, title: Text, *words: str) -> Callable[[Callable[[Context], Awaitable[Sequence[Text]]]], Grounds]:
    """Make a handler tell, line by line, what a matter rests on; `words` name the matter after 依据."""
    return lambda handler: Grounds(matter, title, (title.zh, title.en, *words), handler)


@dataclass(frozen=True, slots=True)
class Called:
    """A command that a text calls, with its arguments."""

    command: Command
    word: str
    args: str
    meaning: Meaning | None = None
    """What was understood, where it was not called by its name."""


@dataclass(frozen=True)
class Registry:
    """Everything that handlers declare."""

    commands: tuple[Command, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    observers: tuple[Observer, ...] = ()
    replied: Mapping[str, Replied] = field(default_factory=dict)
    undos: Mapping[str, Undo] = field(default_factory=dict)
    holdings: tuple[Holding, ...] = ()
    entries: tuple[Entry, ...] = ()
    grounds: Mapping[str, Grounds] = field(default_factory=dict)

    @classmethod
    def of(cls, modules: Iterable[ModuleType]) -> "Registry":
        """Collect what modules declare. Raises `ValueError` when two commands share a name or two answers a kind."""
        found = [thing for module in modules for thing in vars(module).values()]
        commands = tuple(sorted((thing for thing in found if isinstance(thing, Command)), key=lambda each: each.names))
        answers = [thing for thing in found if isinstance(thing, Answer)]
        _unique([name.casefold() for each in commands for name in each.heard])
        _unique([each.kind for each in answers])
        takers = [thing for thing in found if isinstance(thing, Replied)]
        _unique([each.slot for each in takers])
        undos = [thing for thing in found if isinstance(thing, Undo)]
        _unique([each.kind for each in undos])
        rests = [thing for thing in found if isinstance(thing, Grounds)]
        _unique([word for each in rests for word in each.words])
        return cls(
            commands,
            {each.kind: each for each in answers},
            tuple(thing for thing in found if isinstance(thing, Observer)),
            {each.slot: each for each in takers},
            {each.kind: each for each in undos},
            tuple(sorted((thing for thing in found if isinstance(thing, Holding)), key=lambda each: each.name)),
            tuple(thing for thing in found if isinstance(thing, Entry)),
            {each.matter: each for each in sorted(rests, key=lambda each: each.matter)},
        )

    def called(self, text: str) -> Called | None:
        """The command that a text calls by name; the longest name wins."""
        spoken = Spoken.of(text)
        if not spoken.slash and (exact := self._by_name.get(spoken.bare)) is not None:
            return Called(*exact, "")
        begun = {each.casefold()[:1] for each in (spoken.said[:1], spoken.bare[:1])}
        nearby = dict.fromkeys(each for first in begun for each in self._by_beginning.get(first, ()))
        likely = [each for each in map(self.commands.__getitem__, nearby) if spoken.slash or each.takes is not None]
        matches = [(each, *found) for each in likely if (found := each.named(spoken)) is not None]
        if not matches:
            return None
        best, word, args = max(matches, key=lambda match: len(match[1]))
        return Called(best, word, original(text, word, args))

    def heard_alone(self, words: str) -> bool:
        """Whether words call a command in a group without naming the bot."""
        called = self.called(words)
        return called is not None and called.args == "" and not called.command.spoken_to

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Command, str]]:
        """The command that a bare name is; no other can have a longer name in the same words."""
        names = [(name, each) for each in self.commands for name in each.heard]
        return {bare_name(name): (each, name) for name, each in sorted(names, key=lambda pair: len(pair[0]))}

    @cached_property
    def _by_beginning(self) -> Mapping[str, Sequence[int]]:
        """Where the commands stand that have a name of some first letter: most messages begin like none."""
        found: dict[str, list[int]] = {}
        for at, each in enumerate(self.commands):
            for first in {begun.casefold()[:1] for name in each.heard for begun in (name, bare_name(name))}:
                found.setdefault(first, []).append(at)
        return found

    @cached_property
    def readers(self) -> Mapping[tuple[bool, bool], Sequence[tuple[Command, Callable[[str], str | None]]]]:
        """The commands that know sentences, by whether the language knows their intents and whether they are said to the bot.

        Of what cannot wait only what is sure comes before the language; what is doubtful gives way to what the language is sure of.
        """
        knowing = [(each, each.understands) for each in self.commands if each.understands is not None]
        first = [(each, each.urgent or reads) for each, reads in knowing if not each.intents]
        later = [(each, reads) for each, reads in knowing if each.intents or each.urgent is not None]
        among = [(each, each.overheard or reads) for each, reads in knowing if each.free]
        return {
            (False, True): first,
            (True, True): later,
            (False, False): [(each, reads) for each, reads in among if not each.intents],
            (True, False): [(each, reads) for each, reads in among if each.intents],
        }

    @cached_property
    def by_intent(self) -> Mapping[str, Sequence[Command]]:
        """The commands that declare an intent, or an intent with a slot, in the order of their names."""
        found: dict[str, list[Command]] = {}
        for each in self.commands:
            for intent in each.intents:
                found.setdefault(intent, []).append(each)
        return found

    def urgent(self, text: str, called: Called | None, *, addressed: bool) -> Called | None:
        """The command that a sentence cannot wait for; behind a name that gives way a few doubtful words are enough."""
        if not (addressed and called is None) and not (called is not None and called.command.defers):
            return None
        said = text if called is None else called.args
        for each in self.commands:
            if each.urgent is None or each.understands is None:
                continue
            doubtful = each.understands(said) if called is not None and len(said) <= _FEW else None
            if (args := each.urgent(said) or doubtful) is not None:
                return Called(each, "", args)
        return None

    def grave(self, text: str) -> Called | None:
        """The urgent command that has to ask about a text, be it too long for anything else."""
        found = ((each, each.understands(text)) for each in self.commands if each.urgent is not None and each.understands is not None)
        return next((Called(each, "", args) for each, args in found if args is not None), None)

    def hints(self) -> list[CommandHint]:
        """The commands as a platform's menu shows them."""
        return list(self._hints)

    @cached_property
    def _hints(self) -> list[CommandHint]:
        return [
            CommandHint(
                each.slash,
                each.word,
                each.help,
                group=each.where is not Where.PRIVATE,
                private=each.where is not Where.GROUP,
                roles=frozenset(role.value for role in holders(each.needs)) if Role.MEMBER not in holders(each.needs) else frozenset(),
            )
            for each in self.commands
            if not each.hidden
        ]


_FEW = 20


def _unique(names: Sequence[str]) -> None:
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise ValueError(f"declared twice: {', '.join(twice)}")
