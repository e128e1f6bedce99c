"""How a text calls something by its name: the name alone, or the name and what it takes."""

import re
from dataclasses import dataclass
from functools import cache

from bot.language.normalise import bare, clean


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message as it is held against names: made ready once, not once for each of hundreds of names."""

    said: str
    """Without a slash before it."""
    slash: bool
    bare: str

    @classmethod
    def of(cls, text: str) -> "Spoken":
        """What a text says."""
        cleaned = clean(text)
        said = cleaned.removeprefix("/")
        return cls(said, said != cleaned, bare(said))

    def after(self, name: str, *, takes: bool) -> str | None:
        """What stands behind a name with which a text begins; None if it does not. What takes nothing is only itself."""
        said = self.said
        if not takes or not self.slash:
            if self.bare == bare_name(name):
                return ""
            if not takes:
                return "" if self.slash and said.split(" ", 1)[0].casefold() == name else None
        head, rest = said[: len(name)], said[len(name) :]
        if head.casefold() != name.casefold() or (rest and not re.match(r"[\s,，:：、（(#]", rest) and not _joins(name, rest)):
            return None
        return rest.strip(" \t\n,，:：、")


@cache
def bare_name(name: str) -> str:
    """A name as it is compared."""
    return bare(name)


def _joins(name: str, rest: str) -> bool:
    """Whether arguments may follow at once: a number or latin letters after a Chinese name (`收到3`, `绑定AB12`)."""
    return not name.isascii() and rest[0].isascii() and rest[0].isalnum()


def original(text: str, word: str, args: str) -> str:
    """The arguments with their own line breaks, where the text begins plainly with the name."""
    plain = text.strip().removeprefix("/")
    if args and plain[: len(word)].casefold() == word.casefold():
        return plain[len(word) :].strip(" \t\n,，:：、")
    return args
