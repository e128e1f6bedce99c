"""What a person is told of their data before it is kept (PIPL art. 17): who, why, what, for how long, and how to use their rights."""

from bot.services import retention
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

HEADING = Text("您的资料怎么用：", "How your data is used:")
WHO = Text("谁：{branch}，找书记或管理员{operator}。", "Who: {branch}; ask the secretary or the operator{operator}.")
_OPERATOR = Text("（{operator}）", " ({operator})")
WHY = Text(
    "为什么：联系在外的同志、收党费、学习、互助，都是党支部法定的工作；不做别的，不打分，不排名。",
    "Why: keeping in touch, dues, study and mutual aid, which are a branch's work; nothing else, no marks, no ranking.",
)
WHAT = Text(
    "记什么：您的名册、报平安、党费、学习、求助；城市、照片、给流入地、走境外平台，都要您另外同意。身份证号、收入、行踪不记。",
    "What: your entry in the register, check-ins, dues, study, appeals; city, pictures, hosts and platforms abroad only if you agree. "
    "No identity numbers, no income, no movements.",
)
SAFE = Text(
    "怎么保管：电话、单位、备注加密；谁看过都有记录。群里不说个人的事。",
    "How it is kept: telephone, employer and notes are encrypted; who looked is written down. Nothing of one person is said in the group.",
)
RIGHTS = Text(
    "您的权利：看“我的”，拿走“导出”，改“我的手机换成…”，同意“我的同意”，谁看过“谁看过我的资料”，删“删除我的数据”。不满意可找上级党组织或网信部门。",
    "Your rights: “me”, “export”, “my phone is …”, “myconsents”, “who saw my data”, “delete my data”. If you are not satisfied, ask the "
    "higher committee or the authority for data protection.",
)


async def lines(work: UnitOfWork) -> list[Text]:
    """The whole of it, in short lines."""
    branch = await work.branches.get(work.branch_id) if work.entered is not None else None
    named = Text(branch.name, branch.latin or branch.name) if branch is not None else Text("本支部", "this branch")
    operator = await work.settings.get("operator")
    who = WHO(branch=named, operator=_OPERATOR(operator=operator) if operator else Text("", ""))
    return [who, WHY, WHAT, SAFE, *retention.TOLD, RIGHTS]
