"""What reminders, paying elsewhere, arrears, closings and the yearly publication rest on."""

from collections.abc import Sequence

from bot.clock import beijing_day
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import dues_days
from bot.services import dues_arrears, dues_policies
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

_RULES = (
    Text(
        "第九条：一般在组织关系所在支部交；持《流动党员活动证》外出的，可以在外出地交。两边只交一份。",
        "Art. 9: dues are paid where the membership is; who is away with the activity card may pay where they are. Once is enough.",
    ),
    Text(
        "第十二条：一般按月交，经支部同意可以按季；可以托家人或别的党员代交；补交一般不超过 6 个月。",
        "Art. 12: monthly as a rule, quarterly with the branch's consent; family or another member may pay; back-pay generally no more "
        "than 6 months.",
    ),
    Text(
        "第十四条：任何组织不得垫交、扣缴党费，所以我不代垫、不代扣。",
        "Art. 14: nobody may advance or withhold dues, so the bot does neither.",
    ),
    Text(
        "支部收缴党费的情况每年向党员公布一次：只公布合计，各人只看自己的。",
        "The branch publishes its dues to the members once a year: totals only; each sees their own.",
    ),
    Text(
        "提醒只私下发，每月最多一次，本人可以停；在群里点名就成了“指尖上的形式主义”（2023 年的意见）。这是做法，不是条文。",
        "Reminders are private, once a month at most, and can be stopped; naming people in the group would be formalism (2023 opinions). "
        "That is a way of doing it, not an article.",
    ),
)
_DAY = Text("提醒日：每月 {day} 日，遇休息日顺延。", "Reminders: day {day} of the month, moved to a working day.")
_OWN = Text(
    "支部定的提醒日：每月 {day} 日，遇休息日顺延。原因：{reason}。",
    "The branch's own day: {day}, moved to a working day. Reason: {reason}.",
)


async def lines(work: UnitOfWork, actor: Actor) -> Sequence[Text]:
    """The articles and the branch's own day; what they say of six months' arrears, for whoever asks."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    chosen = await work.policies.get(dues_policies.DAY, beijing_day(work.now))
    day = _DAY(day=dues_days.USUAL_DAY) if chosen is None or chosen.value is None else _OWN(day=int(chosen.value), reason=chosen.reason)
    return [*_RULES, day, *dues_arrears.RULE]
