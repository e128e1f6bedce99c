"""Courtesies that are nothing but courtesies: thanks, a goodbye, the question who one is talking to."""

from bot.language.normalise import bare
from bot.patterns import Pattern

THANKS, BYE, WHO = "thanks", "bye", "who"
_LONGEST = 20
_KINDS = (
    (
        THANKS,
        Pattern(
            "(?:好的?|嗯|行)?[, ]?(?:谢谢|多谢|感谢|谢了|谢啦|辛苦)(?:你|您|大家|书记|支部|机器人)?(?:了|啦|啊|呀|哈|哦|喽){0,2}"
            "|thanks a lot|thx|xie ?xie"
        ),
    ),
    (BYE, Pattern("(?:再见|拜拜|拜|回见|晚安|先这样|下次聊)(?:了|啦|吧|哈|啊){0,2}|good ?bye|bye(?: bye)?|good night")),
    (
        WHO,
        Pattern(
            "你(?:是|叫)?(?:谁|什么|啥|真人|人|机器人|机器)(?:呀|啊|吗|嘛|么|名字|东西){0,2}"
            "|你是(?:不是)?(?:真人|机器人|人工)(?:吗|呀)?|who are you|are you (?:a )?(?:human|bot|robot)"
        ),
    ),
)


def heard(text: str) -> str | None:
    """Which courtesy a text is; None where it says anything else."""
    said = bare(text)
    if len(said) > _LONGEST:
        return None
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(said)), None)
