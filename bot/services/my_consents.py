"""What a member agreed to, purpose by purpose: shown with the words that change it. Refused once, nobody asks again (PIPL art. 14–16)."""

from bot.clock import beijing_day
from bot.permissions import Actor, Permission, Subject, require
from bot.services import finals, offered
from bot.services.consents import PURPOSE_NAMES, Purpose
from bot.texts import Text
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

HEADING = Text(
    "您同意过什么（随时能改，当场生效，不影响别的）：", "What you agreed to (change it any time, at once; nothing else changes):"
)
WHICH = Text("您说的是哪一件？发“我的同意”看全部。比如“同意记位置”“不同意发照片”。", "Which do you mean? “myconsents” lists them all.")
_LINE = Text("{purpose}：{state}。{change}", "{purpose}: {state}. {change}")
_OPEN = Text("还没问过", "not asked yet")
_YES, _NO = Text("同意（{day}）", "agreed ({day})"), Text("不同意（{day}）", "refused ({day})")
TO_CHANGE: dict[Purpose, tuple[Text, Text]] = {
    Purpose.LOCATION: (Text("同意发“同意记位置”", "“keep my place” agrees"), Text("不同意发“以后别记我位置”", "“stop my place” refuses")),
    Purpose.CONTACT: (Text("同意发“可以联系我”", "“findme” agrees"), Text("不同意发“别让人找我”", "“hideme” refuses")),
    Purpose.SHARING: (Text("同意发“同意提供资料”", "“allow sharing” agrees"), Text("不同意发“不再提供资料”", "“stop sharing” refuses")),
    Purpose.PICTURES: (Text("同意发“同意发照片”", "“allow pictures” agrees"), Text("不同意发“不同意发照片”", "“no pictures” refuses")),
    Purpose.ABROAD: (Text("同意在那边发“同意”", "“agree”, said there"), Text("不同意在那边发“不同意”", "“disagree”, said there")),
}
HEALTH = Text(
    "求助里提到病情：每次求助单独问您，不同意就不写。", "Illness in an appeal: you are asked each time; with a no it is not written."
)
PICTURES_YES = Text(
    "记下了：可以发有您的照片。机器人自己不发照片，书记看得到您的意思。",
    "Noted: pictures with you may be shown. The bot posts none itself; the secretary sees your word.",
)
PICTURES_NO = Text(
    "记下了：不发有您的照片。书记在您的资料里看得到。改主意发“同意发照片”。",
    "Noted: no pictures with you. The secretary sees it with your data. “allow pictures” changes it.",
)


async def listed(work: UnitOfWork, actor: Actor) -> list[Text]:
    """Every purpose with what was said of it and when, and how to change it; of a platform abroad only where there is one."""
    member_id = _own(work, actor)
    answers = {each.purpose: each for each in await work.consents.of(member_id)}
    abroad = Purpose.ABROAD.value in answers or await offered.abroad(work)
    lines = []
    for purpose, (agree, refuse) in TO_CHANGE.items():
        if purpose is Purpose.ABROAD and not abroad:
            continue
        answer = answers.get(purpose.value)
        if answer is None:
            state, change = _OPEN, agree + Text("，", ", ") + refuse
        else:
            day = beijing_day(answer.at).isoformat()
            state, change = ((_YES if answer.given else _NO)(day=day), refuse if answer.given else agree)
        lines.append(_LINE(purpose=PURPOSE_NAMES[purpose], state=state, change=change))
    return [*lines, HEALTH]


def _own(work: UnitOfWork, actor: Actor) -> MemberId:
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("consent is a member's")
    return actor.member


async def pictures(work: UnitOfWork, actor: Actor, *, given: bool) -> Text:
    """Note whether pictures with a member may be shown: whoever looks at their data sees it; the bot itself shows none."""
    member_id = _own(work, actor)
    work.consents.put(member_id, Purpose.PICTURES.value, given=given)
    finals.note(work, actor, finals.PICTURES)
    return PICTURES_YES if given else PICTURES_NO
