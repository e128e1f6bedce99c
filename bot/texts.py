"""What is said, in every language it is said in.

The words themselves stand where they are said; this module only knows how a text is put together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Language(StrEnum):
    """A language a person or a deployment can choose."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One message in Chinese and its English twin, with the same `{placeholders}`."""

    zh: str
    en: str

    def __call__(self, **values: "Text | str | int") -> "Text":
        """The text with its placeholders filled; a value may itself be a `Text`."""
        return Text(
            zh=self.zh.format_map({name: _in(value, Language.ZH) for name, value in values.items()}),
            en=self.en.format_map({name: _in(value, Language.EN) for name, value in values.items()}),
        )

    def __add__(self, other: "Text") -> "Text":
        return Text(self.zh + other.zh, self.en + other.en)

    def __bool__(self) -> bool:
        return bool(self.zh)

    def to(self, language: Language) -> str:
        """The words in one language."""
        return self.en if language is Language.EN else self.zh

    @classmethod
    def plain(cls, words: str) -> Self:
        """Words that are the same in every language: what a person wrote, a code, a number."""
        return cls(words, words)

    @classmethod
    def join(cls, parts: Iterable["Text"], zh: str = "\n", en: str | None = None) -> Self:
        """Several texts with a separator between them (by default a line each)."""
        listed = list(parts)
        return cls(zh.join(part.zh for part in listed), (zh if en is None else en).join(part.en for part in listed))


def _in(value: Text | str | int, language: Language) -> str:
    return value.to(language) if isinstance(value, Text) else str(value)


LIMIT = {Language.ZH: 200, Language.EN: 450}
"""Longest message, in characters: readable on a small phone without scrolling far."""


def cut(words: str, room: int) -> list[str]:
    """Words in parts of at most `room` characters, cut at line ends and sentences where there are some; nothing is left out."""
    parts: list[str] = []
    while len(words) > room:
        end = max(words.rfind(mark, 0, room) for mark in "\n。！？；.!?;") + 1
        end = end if end > room // 3 else max(words.rfind(mark, 0, room) for mark in "，、, ") + 1
        end = end if end > room // 3 else room
        parts.append(words[:end].strip())
        words = words[end:]
    return [part for part in (*parts, words.strip()) if part]


def too_long(text: Text) -> bool:
    """Whether a text passes the limit in some language."""
    return any(len(text.to(language)) > LIMIT[language] for language in Language)


_MARGIN = 48
"""Characters kept free in a part, for a heading or “1/9”."""


def pieces(text: Text) -> list[Text]:
    """A long text in parts that each fit, cut at line ends and sentences; both languages in as many parts."""
    parts = {language: cut(text.to(language), LIMIT[language] - _MARGIN) for language in Language}
    count = max(map(len, parts.values()))
    filled = {language: each + [""] * (count - len(each)) for language, each in parts.items()}
    return [Text(zh, en) for zh, en in zip(filled[Language.ZH], filled[Language.EN], strict=True)]
