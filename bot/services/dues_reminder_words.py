"""How a plan of reminders is shown to who keeps the dues: names where they may be, and why somebody is not reminded."""

from collections.abc import Sequence

from bot.clock import beijing_day
from bot.services import privacy
from bot.services.dues_reminders import Owing, Plan
from bot.services.dues_words import money, told
from bot.services.people import person
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

HEADING = Text("会私下提醒 {count} 位，只发给本人，不在群里说：", "{count} would be reminded, each in private and never in the group:")
NOBODY = Text("这个月没有要提醒的。", "There is nobody to remind this month.")
SENT = Text("党费提醒发了，私下提醒 {count} 位。", "Dues reminders are out: {count}, each in private.")
_OWING = Text("{name} {months}，{amount}", "{name}, {months}, {amount}")
_GROUPS = {
    "reminded": Text("这个月提醒过的，不再提醒：{names}", "Reminded this month already: {names}"),
    "claimed": Text("报了已交、等您核对的：{names}", "Said to have paid, waiting for you: {names}"),
    "stopped": Text("不要提醒的（该交的还是要交）：{names}", "Wish for no reminders (the dues stay due): {names}"),
    "no_chat": Text("没私聊过机器人、发不到的，请打个电话：{names}", "Never wrote to the bot and cannot be reached; please call: {names}"),
    "not_agreed": Text("没同意在境外平台收消息、不发的：{names}", "Did not agree to messages on a platform abroad: {names}"),
    "not_assessed": Text("没核定、不提醒的，请先核定：{names}", "Not assessed and so not reminded; please assess: {names}"),
}


async def lines(work: UnitOfWork, plan: Plan, platform: str, *, sent: bool = False) -> tuple[Text, list[Text]]:
    """A plan in words: who is reminded of what, then the others by reason. After it was sent, the names of who was are left out."""
    groups: dict[str, Sequence[Member]] = {name: getattr(plan, name) for name in _GROUPS}
    everybody = [each.member for each in plan.remind] + [each for group in groups.values() for each in group]
    named = {each.id for each in (await privacy.shown(work, platform, everybody))[0]}
    told_groups = [_GROUPS[name](names=_names(members, named)) for name, members in groups.items() if members]
    if sent:
        return SENT(count=len(plan.remind)), told_groups
    owing = [_owing(work, each) for each in plan.remind if each.member.id in named]
    hidden = len(plan.remind) - len(owing)
    more = [privacy.MORE(count=hidden)] if hidden else []
    return (HEADING(count=len(plan.remind)) if plan.remind else NOBODY), [*owing, *more, *told_groups]


def _owing(work: UnitOfWork, each: Owing) -> Text:
    return _OWING(name=person(each.member), months=told(each.months, beijing_day(work.now)), amount=money(each.fen))


def _names(members: Sequence[Member], named: set[MemberId]) -> Text:
    shown = [person(each) for each in members if each.id in named]
    hidden = len(members) - len(shown)
    return Text.join(
        [Text.join(shown, "、", ", "), *([privacy.MORE(count=hidden)] if hidden else [])] if shown else [privacy.MORE(count=hidden)], " "
    )
