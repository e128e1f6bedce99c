"""Texts that people hand in behind a heading (心得：…), and who only says that they want to (我想交思想汇报)."""

from bot.language.as_written import chinese
from bot.language.normalise import HAN
from bot.language.rule import LIKELY, TO_THE_BOT
from bot.language.said import Said
from bot.patterns import Pattern

_BEFORE = (
    r"(?:我的?|俺|本人|这是|以下是|下面是|来|交|写|提交|发|上交|分享|谈谈?|说说?|汇报|递交|补交|补|书记|您好|你好|一下|"
    r"一篇|一份|个|点|[,， ]|今天|本月|本季度|"
    r"第?[一二三四]季度|[0-9]{1,2}月份?|的){0,5}"
)
_TEXT = Pattern(f"[{HAN}]{{2}}|[a-z]{{3}} ?[a-z]{{2}}")


def headed(what: str) -> Pattern:
    """A pattern for `text_of`: the words `what` as a heading, parted from the text by a sign or a space."""
    return Pattern(
        rf"(?i:^(?:{_BEFORE}|[^:：,，。;；]{{0,14}}?(?={what}\s?[:：])){what}(?:一下|如下|是|内容|"
        rf"来了)?(?P<sign>[:：,，。;；\s—-]{{1,4}})(?P<text>.+)$)"
    )


def wish(what: str, verbs: str) -> Pattern:
    """A pattern for who only says that they want to hand in such a text: 我想交思想汇报, 写个心得."""
    return Pattern(
        r"(?:我|俺|本人|想|要|来|准备|打算|现在|今天|可以|能|得|该|也|书记|你好|您好|,|本月|这个月|这个?季度|本季度|把|有){0,6}"
        rf"(?:{verbs})?(?:好|完)?了?(?:一?[下份篇个点条]|我的?|上)?(?:[0-9]{{1,2}}月份?的?|本月的?|[本这]个?季度的?|"
        rf"第?[一二三四]季度的?|季度)?{what}"
        rf"(?:给(?:支部|组织|党组织|书记|您|你))?(?:要|想)?(?:(?:{verbs})(?:一下|上去|给谁|给你|给您|给组织)?)?(?:了|吧|啊|呀|可以吗|行吗|吗|么|能吗|,|谢谢|书记){{0,3}}"
    )


def alone(said: Said) -> float:
    """How sure it is that such a text is handed in: plain where only the bot is told, talk among people."""
    return LIKELY if said.setting.in_group else TO_THE_BOT


def typed(said: Said) -> str:
    """A message on one line, with Chinese punctuation, without who is called in it and without faces."""
    return chinese(said.spaced)


def text_of(said: Said, pattern: Pattern) -> str:
    """The text behind the heading; empty where there is none."""
    found = pattern.match(typed(said))
    told = found["text"].strip(" ,，:：;；、") if found else ""
    return told if _TEXT.search(told.casefold()) else ""
