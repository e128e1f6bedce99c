"""What a message means: the intents of `bot.language.intents` and their slots, with the rule that found each. Pure, and the only way.

Every rule is asked whose cues occur. The one that is surest wins; a message of several clauses may mean several things at once, if
these go together and no clause is left that means something else. In a group only what is unmistakable counts.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from bot.language import courtesies
from bot.language.calls import between_faces
from bot.language.manner import everyday
from bot.language.normalise import together
from bot.language.repairs import repaired
from bot.language.rule import Rule
from bot.language.said import Said, Setting
from bot.language.simplified import simplified
from bot.language.slips import respelled
from bot.patterns import Pattern

GROUP_NEEDS = 0.9
"""How sure a rule must be of what is said in a group and to nobody in particular."""
PRIVATE_NEEDS = 0.5
NONE = "none"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a message means. `args` are the words that the command for it takes, as they would stand behind its name."""

    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    confidence: float = 1.0
    why: str = ""
    args: str = ""
    aside: bool = False
    answers: bool = False
    """Whether it means so as the answer to what was said last."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that a message means, in the order in which it says so; nothing at all where one stays silent."""

    meanings: tuple[Meaning, ...] = ()

    @property
    def intent(self) -> str:
        """The intents joined with +; `none` for nothing."""
        return "+".join(each.intent for each in self.meanings) or NONE

    @property
    def slots(self) -> dict[str, Any]:
        """The slots of all meanings."""
        return {name: value for each in self.meanings for name, value in each.slots.items()}

    @property
    def confidence(self) -> float:
        """Of the least sure meaning, 0 to 1."""
        return min((each.confidence for each in self.meanings), default=1.0)

    @property
    def answers(self) -> bool:
        """Whether all of it answers what was said last."""
        return bool(self.meanings) and all(each.answers for each in self.meanings)

    @property
    def why(self) -> list[str]:
        """The rules that found it."""
        return [each.why for each in self.meanings]


def understand(text: str, setting: Setting, *, addressed: bool | None = None) -> Understanding:
    """What a text means in its setting. `addressed`: whether it is said to the bot; by default in private, or where it mentions one."""
    whole = Said(together(between_faces(text)), setting)
    spoken_to = (not setting.in_group or whole.mentioned) if addressed is None else addressed
    plain = simplified(whole.line)
    if (meant := repaired(plain) or courtesies.parted(plain)) != plain:
        whole = Said(meant, setting)
    said, best = next(((each, found) for each in _readings(whole) if (found := _best(each)) is not None), (whole, None))
    if best is None or best.intent == NONE or best.confidence < (PRIVATE_NEEDS if spoken_to else GROUP_NEEDS):
        return Understanding()
    several = _several(said, best)
    return Understanding(several or (best,))


def _readings(whole: Said) -> Iterator[Said]:
    """The message without courtesies, as a whole, then what explains it else: simplified, without hesitation, mended, in everyday words."""
    polite = courtesies.without(whole.line)
    plain = Said(polite, whole.setting) if polite else whole
    if polite:
        yield plain
    yield whole
    if (read := simplified(plain.line)) != plain.line:
        yield Said(read, whole.setting)
    if spoken := courtesies.without_hesitation(plain.line):
        yield Said(courtesies.without(spoken) or spoken, whole.setting)
    if meant := respelled(plain.words):
        yield Said(meant, whole.setting)
    if plainly := everyday(simplified(courtesies.without_hesitation(plain.line) or plain.line)):
        yield Said(plainly, whole.setting)


def surest(text: str, setting: Setting, intents: Collection[str]) -> Meaning | None:
    """What a text means that is known to mean one of these intents; None where no rule finds one."""
    said = Said(together(between_faces(text)), setting)
    found = [each for each in _found(said) if each.intent in intents]
    return max(found, key=lambda each: each.confidence, default=None)


def _best(said: Said) -> Meaning | None:
    return max(_found(said), key=lambda each: each.confidence, default=None)


def _found(said: Said) -> Iterator[Meaning]:
    """What each rule finds; of two equally sure ones the earlier in the list wins."""
    context, cued = said.setting.context, _cued(said.words)
    rules = _rules()
    for index in sorted((*cued, *_uncued(context))):
        rule = rules[index]
        if rule.contexts and context not in rule.contexts:
            continue
        found = rule.read(said)
        if found is not None:
            intent = found.intent or rule.intent
            yield Meaning(
                intent,
                found.slots,
                found.confidence,
                f"{rule.intent}: {found.why or rule.why}",
                found.args,
                found.aside,
                bool(rule.contexts),
            )


def _cued(words: str) -> set[int]:
    """The places in the list of the rules of which a cue occurs."""
    cues = _cues()
    return {index for begun in set(words) for cue, rules in cues.get(begun, ()) if cue in words for index in rules}


@cache
def _rules() -> tuple[Rule, ...]:
    from bot.language import intents  # noqa: PLC0415  sixty modules that a start can spare: they are loaded by the warm-up

    return intents.every()


@lru_cache(maxsize=64)
def _uncued(context: str) -> tuple[int, ...]:
    """The places in the list of the rules that are asked whatever is said."""
    return tuple(index for index, rule in enumerate(_rules()) if not rule.cues and (not rule.contexts or context in rule.contexts))


@cache
def _cues() -> Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]:
    """Every cue by its first character, and the rules that have it: of two thousand only a few have to be looked for."""
    rules: dict[str, list[int]] = {}
    for index, rule in enumerate(_rules()):
        for cue in rule.cues:
            rules.setdefault(cue, []).append(index)
    begun: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for cue, indexes in rules.items():
        begun.setdefault(cue[:1], []).append((cue, tuple(indexes)))
    return {first: tuple(cues) for first, cues in begun.items()}


def _several(said: Said, whole: Meaning) -> tuple[Meaning, ...]:
    """The meanings of the clauses, where these are several that go together; nothing where the message is one thing."""
    if not 2 <= len(said.parts) <= _MOST_PARTS:
        return ()
    found: dict[str, Meaning] = {}
    told: set[str] = set()
    for part in said.parts:
        meaning = _best(Said(part, said.setting))
        if meaning is not None and _only_tells(meaning.intent, part, whole.intent):
            continue
        if meaning is not None and meaning.intent != NONE and meaning.confidence >= PRIVATE_NEEDS and not _only_nods(meaning):
            first = found.setdefault(meaning.intent, meaning)
            if not (whole if meaning.intent == whole.intent else first).aside:
                told.add(meaning.intent)
            if not any(told <= each for each in _together()):
                return ()
    if whole.intent not in found:
        return ()
    found[whole.intent] = whole
    for meaning in _found(said) if not _WHERE_FOR.isdisjoint(found) else ():
        if meaning.intent in _WHERE_FOR and meaning.intent in found:
            found[meaning.intent] = meaning  # where one went tells what is asked for
    found = {intent: each for intent, each in found.items() if not each.aside or len(found) == 1}
    return tuple(found.values()) if len(found) > 1 and frozenset(found) in _together() else ()


def _only_tells(intent: str, part: str, beside: str) -> bool:
    """Whether a clause only tells where one looks for work, or that one is well after a journey."""
    if intent == "location_update":
        return beside in _WHERE_FOR and not _NEWS.search(part)
    return intent == "checkin" and beside == "return_report" and not _SIGNS.search(part)


def _only_nods(meaning: Meaning) -> bool:
    """Whether a clause is a 好的 that says nothing beside another (好的，学完了)."""
    return meaning.intent == "ack" and meaning.confidence < GROUP_NEEDS


_MOST_PARTS = 6
_SIGNS = Pattern("[报签卡]")
_WHERE_FOR = frozenset({"job_seek", "transfer_request"})
"""Intents for which a clause that says where one is only tells where; that one has just come there is a thing of its own."""
_NEWS = Pattern("(?:到|来|搬|换|调)[^,。]{1,14}[了啦咧嘞]|^(?:我|俺|人)?(?:已经?|刚刚?|才)(?:到|来|搬|换|调)|^我?(?:到|抵)达")


@cache
def _together() -> frozenset[frozenset[str]]:
    from bot.language.intents import TOGETHER  # noqa: PLC0415  as `_rules`

    return frozenset(map(frozenset, TOGETHER))
