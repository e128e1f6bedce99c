"""What a text means and which command does it: the one way from words to a call, of the router and of `zhibu understand`."""

from dataclasses import dataclass

from bot.commands import Called, Command, Registry
from bot.language.said import Setting
from bot.language.understanding import GROUP_NEEDS, Meaning, Understanding, surest, understand


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means and the commands that do it: one for each meaning that somebody takes care of."""

    understanding: Understanding
    calls: tuple[Called, ...] = ()


def read(registry: Registry, text: str, setting: Setting, *, addressed: bool = True) -> Reading:
    """What a text means, and what is done about it; the only way in which anything is understood.

    A command that is called by its name is meant; else the sentences that commands know and the language has no intent for; else
    what the language understands. What is said in a group and not to the bot (`addressed`) has to be unmistakable (`free`).
    """
    text = setting.spelt_out(text)
    called = registry.called(text)
    if called is not None and called.command.spoken_to and not addressed:
        return Reading(Understanding())
    if called is not None and (other := _rather(registry, called, text, setting, addressed=addressed)) is not None:
        return other
    if called is not None and (addressed or _in_context(called.command, setting)):
        return Reading(_meant(called, _named(registry, called, text, setting)), (called,))
    own = _sentence(registry, text, setting, addressed=addressed, known=False)
    if own is not None:
        return Reading(_meant(own, _of(own)), (own,))
    found = understand(text, setting, addressed=addressed)
    done = _done(registry, text, found, addressed=addressed)
    if not done.calls or found.confidence < GROUP_NEEDS:
        known = _sentence(registry, text, setting, addressed=addressed, known=True)
        if known is not None and not {each.intent for each in found.meanings} & _intents(known.command):
            return Reading(Understanding((surest(text, setting, _intents(known.command)) or _of(known),)), (known,))
    return done


def _rather(registry: Registry, called: Called, text: str, setting: Setting, *, addressed: bool) -> Reading | None:
    """What a text means that begins with a command's name and is none: an answer to what was said last, an English sentence.

    Start a vote: … begins with the English name of a command, and surely means something else. None where the command is called.
    """
    english = addressed and called.word.isascii() and called.word.isalpha() and " " in called.args.strip()
    if not (setting.context or english):
        return None
    found = understand(text, setting, addressed=addressed)
    if setting.context and found.answers:
        return _done(registry, text, found, addressed=addressed)
    if (
        not english
        or found.confidence < GROUP_NEEDS
        or {each.intent for each in found.meanings} & (_intents(called.command) | {"unauthorized"})
    ):
        return None
    done = _done(registry, text, found, addressed=addressed)
    return done if done.calls else None


def _meant(called: Called, meaning: Meaning) -> Understanding:
    return Understanding() if called.command.courtesy else Understanding((meaning,))


def _done(registry: Registry, text: str, found: Understanding, *, addressed: bool) -> Reading:
    """What is done about what was understood."""
    calls = tuple(filter(None, (_doing(registry, text, each, alone=len(found.meanings) == 1) for each in found.meanings)))
    return Reading(found, tuple(each for each in calls if addressed or each.command.free))


def _sentence(registry: Registry, text: str, setting: Setting, *, addressed: bool, known: bool) -> Called | None:
    """The command that knows a sentence; `known`: among those whose intents the language knows, or among the others."""
    for each, understands in registry.readers[known, addressed]:
        if _in_context(each, setting) and (args := understands(text)) is not None:
            return Called(each, "", args)
    return None


def _doing(registry: Registry, text: str, meaning: Meaning, *, alone: bool) -> Called | None:
    """The command that does what was understood: of several the one that knows the sentence, else the one named for it first."""
    told = [*(each for each in meaning.slots.values() if isinstance(each, str)), *meaning.slots]
    doing = next(
        filter(None, (registry.by_intent.get(each) for each in (*(f"{meaning.intent}:{each}" for each in told), meaning.intent))), ()
    )
    if not doing:
        return None
    if alone:
        for each in (*doing, *(each for each in registry.commands if meaning.intent in _intents(each))):
            if each.understands is not None and (args := each.understands(text)) is not None:
                return Called(each, "", args, meaning)
    return Called(doing[0], "", meaning.args, meaning)


def _named(registry: Registry, called: Called, text: str, setting: Setting) -> Meaning:
    """What a command called by its name means in the terms of the language; a name stands for its matter (党费20转过去了)."""
    command = called.command
    akin = (each for each in registry.commands if each is command or (command.matter and each.matter == command.matter))
    intents = {intent for each in akin for intent in _intents(each)} if command.intents else set()
    return (surest(text, setting, intents | {"unauthorized"}) if intents else None) or _of(called)


def _intents(command: Command) -> set[str]:
    return {each.partition(":")[0] for each in command.intents}


def _in_context(command: Command, setting: Setting) -> bool:
    return not command.contexts or setting.context in command.contexts


def _of(called: Called) -> Meaning:
    """A command as a meaning: its intent, or that it is one of our own words."""
    command = called.command
    why = f"the word {called.word}" if called.word else f"a sentence of {command.word}"
    if command.intents:
        return Meaning(command.intents[0].partition(":")[0], {}, 1.0, why, called.args)
    return Meaning("command", {"word": command.word}, 1.0, why, called.args)
