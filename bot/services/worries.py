"""A door for the worries people come with: the lesson about them, and 求助."""

from datetime import timedelta

from bot.language.worries import Worry
from bot.permissions import Actor, Permission, Subject, require
from bot.services import library
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

KIND = "worry"
LIVES = timedelta(hours=12)
LESSON = Text("有一课讲这个：《{title}》。", "There is a lesson about it: {title}. ")
HELP = Text(
    "要人帮忙，点“求助”，私下说，书记核实后再请大家帮。", "If you need help, press “help me”: in private first, verified, then asked for."
)
_WAGES = Text("工资的事别着急，也别硬来。", "Wages: stay calm, there is a way. ")
_INJURY = Text("先把伤治好，病历和单据都留着。", "Have the injury treated first and keep every paper. ")
_PAPERS = Text("证件是您自己的，谁也不能扣。", "Your papers are yours; nobody may keep them. ")
_ILLNESS = Text("家里有病人，您辛苦了。", "Somebody ill at home is hard. ")
WORDS = {Worry.WAGES: _WAGES, Worry.INJURY: _INJURY, Worry.PAPERS: _PAPERS, Worry.ILLNESS: _ILLNESS}
SOUGHT = {Worry.WAGES: "拖欠工资", Worry.INJURY: "工伤", Worry.PAPERS: "身份证", Worry.ILLNESS: "异地就医"}
"""What the library is searched for."""
_READ = Choice(Text("看这课", "read it"), ("看", "看课", "看看", "好", "好的", "可以", "yes", "ok"))
_ASK = Choice(Text("求助", "help me"), ("要人帮忙", "要人帮", "帮忙", "要帮忙", "我要求助", "helpme"))


async def door(work: UnitOfWork, actor: Actor, worry: Worry) -> Ask:
    """One short message: the lesson, where the library has one, and 求助."""
    require(actor, Permission.STUDY, Subject(work.branch_id, actor.member))
    best = next(iter(await library.search(work, actor, SOUGHT[worry])), None)
    if best is None:
        return Ask(KIND, WORDS[worry] + HELP, (_ASK,), LIVES, {"lesson": ""})
    return Ask(KIND, WORDS[worry] + LESSON(title=library.title(best)) + HELP, (_READ, _ASK), LIVES, {"lesson": best.id})


def comfort(work: UnitOfWork, actor: Actor, words: Text) -> Ask:
    """A kind word where no lesson helps, and 求助. Nothing of what was told is kept."""
    require(actor, Permission.STUDY, Subject(work.branch_id, actor.member))
    return Ask(KIND, words + HELP, (_ASK,), LIVES, {"lesson": ""})
