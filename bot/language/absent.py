"""Asking who has not been heard of: 谁三个月没消息了, 哪些人联系不上."""

from bot.language.normalise import bare
from bot.patterns import Pattern

_LONGEST = 40
_ABSENT = Pattern(
    "(?:帮我|请|给我)?(?:看看|查一?下?|列一下|看一下)?(?:还)?有?(?:谁|哪些人|哪几个人?|哪个)[^,。!?]{0,12}"
    "(?:没有?(?:一点)?(?:消息|音信|动静|联系(?!人)|信儿?|露面|冒泡)|联系不上|失联|找不到人)[^,。!?]{0,4}"
    "|(?:很久|好久|长期|一直)(?:没有?)(?:消息|联系|音信)的(?:人|同志|党员)?(?:有谁|有哪些)?"
    "|who (?:has not|hasn't) been heard (?:of|from).{0,20}"
)


def asked(text: str) -> str | None:
    """The empty string for a question who has not been heard of; None for anything else."""
    said = bare(text)
    return "" if len(said) <= _LONGEST and _ABSENT.fullmatch(said) else None
