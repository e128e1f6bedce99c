"""Help that is offered: in answer to an appeal, or in advance."""

from typing import Any

from bot.language import appeals, contexts, offer_words
from bot.language.aid_places import where
from bot.language.as_written import chinese, typed
from bot.language.rule import SURE, Found, Rule
from bot.language.said import Said
from bot.language.sureness import if_private
from bot.patterns import Pattern

_LONGEST = 60
_HELPS = Pattern("帮|help|bang|志愿")


def _offer(said: Said) -> Found | None:
    words = said.words
    asked = said.setting.context == contexts.AID_APPEAL
    answers = asked and not said.setting.in_group and offer_words.answers(words)
    if appeals.skill(typed(said)) is not None and not asked:
        return None
    if len(words) > _LONGEST or offer_words.refuses(words) or not (answers or offer_words.offers(words)):
        return None
    told: dict[str, Any] = {"kind": offer_words.kind(words), "what": offer_words.what(words)}
    slots = {name: value for name, value in told.items() if value}
    if not (slots or asked or _HELPS.search(words)):
        return None
    return Found(slots | where(said), SURE if asked else if_private(said), args=chinese(said.line))


_SKILL = Pattern(
    "(?:我|俺)(?:会|懂|能|可以)(?:一?点)?(?P<what>电焊|焊接|木工|瓦工|水电|理发|剪头发?|开车|翻译|做饭|按摩|针灸"
    "|修车|修电脑|修家电|打字|写材料|写字|护理|量血压|辅导作业|教英语|裁缝|做衣服|开叉车|开挖机|拍照|摄影|做视频)"
)


def _skill(said: Said) -> Found | None:
    words = appeals.skill(typed(said))
    if words is None and (plain := _SKILL.fullmatch(said.words)):
        words = plain["what"]
    return Found({"what": words}, if_private(said), args=words) if words else None


RULES: tuple[Rule, ...] = (
    Rule(
        "aid_offer",
        _offer,
        ("我", "俺", "咱", "愿意", "需要", "认识", "i ", "count me", "wo ", "有熟人", "帮", "可以", "联系"),
        why="help with an appeal is offered",
    ),
    Rule("aid_offer", _offer, contexts=frozenset({contexts.AID_APPEAL}), why="help is offered, in answer to an appeal"),
    Rule("aid_offer", _skill, ("我", "俺", "帮忙", "特长"), why="what somebody can do for others"),
)
