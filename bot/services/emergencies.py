"""Somebody is in danger: the numbers to call, and the officers who should call them, on every account they have.

The alarm says who and that they should call now; what was written is neither passed on nor kept.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from bot.clock import BEIJING
from bot.errors import UserError
from bot.language.emergencies import Danger
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import consents, deployment, posting, privacy, trail
from bot.services.aid_cases import speaker
from bot.services.people import person, present
from bot.services.trail import Kind as Trailed
from bot.services.whom import secretary
from bot.texts import Text
from storage.accounts import Account
from storage.keys import AccountKey, ChatKey, MemberId
from storage.members import Member
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

AGAIN = timedelta(minutes=10)
"""Within this time a second message of the same person alarms nobody anew."""
RECENT = timedelta(hours=24)
ALERTED = (Role.SECRETARY, Role.DEPUTY, Role.LIAISON)

_NUMBERS = {
    Danger.FIRE: Text(
        "请马上离开有烟火的地方，打 {fire} 报火警；有人受伤打 {medical}。",
        "Get out of the smoke now and call {fire}; for injured people {medical}.",
    ),
    Danger.TRAPPED: Text(
        "请马上打 {fire} 救援，有人受伤打 {medical}。别乱动，省着手机电。",
        "Call {fire} for rescue now, {medical} for injured people. Keep still, save the battery.",
    ),
    Danger.MEDICAL: Text(
        "请马上打 {medical} 急救，说清地点，别挂电话，听医生指挥。",
        "Call the ambulance {medical} now, say where you are, stay on the line.",
    ),
    Danger.WATER: Text(
        "请马上打 {police} 和 {medical}，喊人帮忙，找绳子竹竿，自己别下水。",
        "Call {police} and {medical} now, shout for help, use a rope or pole; do not jump in.",
    ),
    Danger.SEA: Text(
        "请马上打 {sea}（水上遇险求救）或 {police}，说清船名和位置。穿好救生衣，人别分散。",
        "Call {sea} (rescue at sea) or {police} now: the boat's name and where you are. Life jackets on, stay together.",
    ),
    Danger.GAS: Text(
        "先开窗、离开屋子，别开灯别打火，到外面打 {medical} 和 {fire}。",
        "Open the windows and get out, no lights, no flames; outside call {medical} and {fire}.",
    ),
    Danger.VIOLENCE: Text(
        "请先躲到安全的地方，马上打 {police}；有人受伤打 {medical}。",
        "Get to a safe place and call {police} now; for injured people {medical}.",
    ),
    Danger.HOME: Text(
        "打人犯法，不是您的错。请先躲到安全的地方，马上打 {police}；受伤打 {medical}。家里人动手，过后还可以打妇女维权热线 {women}。",
        "Nobody may beat you, and it is not your fault. Get to a safe place and call {police} now; hurt, {medical}. "
        "If it is your family, the women's hotline {women} helps afterwards.",
    ),
    Danger.SELF_HARM: Text(
        "您难受成这样，一定很不容易。请现在就打心理援助热线 {hotline}，有人听您说；已经受伤就打 {medical}。身边有人，就请他陪着您。",
        "This must be very hard. Please call the hotline {hotline} now, somebody listens; if you are hurt, call {medical}. "
        "If anybody is near, ask them to stay with you.",
    ),
    Danger.SAD: Text(
        "心里难受，说出来就好一点。想找人说说话，打心理援助热线 {hotline}，有人听；要支部帮忙，发“求助”，或者直接找联络员，都行。",
        "A heavy heart gets lighter when you tell it. The hotline {hotline} listens. "
        "For help from the branch send “help me” or ring the liaison.",
    ),
    Danger.TIRED: Text("辛苦了，歇一歇。", "You have worked hard; take a rest. "),
    Danger.UNCLEAR: Text(
        "有危险请马上打 {police}；伤病打 {medical}，着火被困打 {fire}。",
        "In danger call {police} now; {medical} for injuries, {fire} for fire and rescue.",
    ),
}
BOTH = Text("书记和联络员", "the secretary and the liaison")
_SECRETARY, _LIAISON = Text("书记", "the secretary"), Text("联络员", "the liaison")
_CALLED = Text(
    "已经通知{who}，请他们马上给您打电话。别光等，先自己打上面的电话。没事了，回“误报”。",
    "I have asked {who} to ring you at once. Do not wait for them: call the numbers yourself. If all is well, send “false alarm”.",
)
_CALLED_ALREADY = Text(
    "刚才已经通知过{who}了，没有接到电话就再催他们。", "I told {who} a moment ago already; if nobody called, ring them yourself."
)
_LEFT_WORD = Text(
    "给{who}留了话，可他们不一定马上看得到。别等，请您自己马上打上面的电话，再叫身边的人。没事了，回“误报”。",
    "I left word for {who}, who may not see it soon. Do not wait: call the numbers above yourself at once, and people near you. "
    "If all is well, send “false alarm”.",
)
_NOBODY = Text(
    "这会儿通知不到{who}，请您自己马上打上面的电话，再叫身边的人。",
    "I cannot reach {who} now: call the numbers above yourself at once, and people near you.",
)
CALLED, CALLED_ALREADY, LEFT_WORD, NOBODY = (each(who=BOTH) for each in (_CALLED, _CALLED_ALREADY, _LEFT_WORD, _NOBODY))
"""What is said in a branch that has both."""
IN_GROUP_ONLY = Text(
    "要紧的事别等：火警 {fire}，急救 {medical}，报警 {police}，心里难受 {hotline}；支部这边请打给{who}。"
    "我在这里没法私下回您：请向书记要个邀请码，先私聊我发“绑定 邀请码”，再跟我说。",
    "Do not wait with what is urgent: fire {fire}, ambulance {medical}, police {police}, hotline {hotline}; of the branch call {who}. "
    "I cannot answer you in private here: ask the secretary for a code, send me “bind CODE” in private first, then tell me.",
)
_ALERT = Text(
    "【紧急】{who} {at} 说遇到危险。请现在就打电话；打不通，请报 {police}。原话不转发，也没有保存。",
    "[URGENT] {who} said at {at} that they are in danger. Call them now; if nobody answers, call {police}. "
    "Their words are not passed on or kept.",
)
_ALERT_UNNAMED = Text(
    "【紧急】有一位同志 {at} 说遇到危险。这里不能写名字：请马上发“网页”打开网页，再发“紧急情况”看是谁。",
    "[URGENT] Somebody said at {at} that they are in danger. Names may not be written here: send “web”, open the page and send “alarms”.",
)
_WELL = Text("{who}说没事了，刚才是误报，放心。", "{who} says that all is well; it was a false alarm.")
_WELL_UNNAMED = Text("刚才说遇到危险的同志没事了，是误报，放心。", "Whoever was in danger says that all is well; it was a false alarm.")
_ALL_WELL = Text("没事就好，已经告诉{who}了。", "Good. I have told {who}.")
ALL_WELL = _ALL_WELL(who=BOTH)
NO_ALARM = Text("没有正在进行的紧急求助。要帮忙就发“求助”。", "There is no alarm of yours. If you need help, send “help me”.")
NONE = Text("这一天里没有紧急情况。", "There was no alarm within a day.")
_LINE = Text("{who}，{at}{over}", "{who}, {at}{over}")
_OVER = Text("，本人说没事了", ", all is well")


_HEAVY = Text(
    "听您这么说，我放心不下，心里再难也有人愿意听：心理援助热线 {hotline}。",
    "I worry when you say that. However hard it is, somebody wants to listen: the hotline {hotline}.",
)
LATER = Text(
    "好，先不打。什么时候想说话都行：热线 {hotline}，或者直接找联络员。",
    "Nobody will call now. Whenever you want to talk: the hotline {hotline}, or the liaison.",
)


async def warmly(work: UnitOfWork, *, sure: bool) -> Text:
    """What is said to somebody who despairs; those who are `sure` are told of the ambulance, too."""
    return (_NUMBERS[Danger.SELF_HARM] if sure else _HEAVY)(**await deployment.numbers(work))


async def later(work: UnitOfWork) -> Text:
    """What is said to them when they want nobody to call now."""
    return LATER(**await deployment.numbers(work))


async def numbers(work: UnitOfWork, danger: Danger) -> Text:
    """What to do at once, with the numbers of this deployment."""
    return _NUMBERS[danger](**await deployment.numbers(work))


async def alarm(work: UnitOfWork, actor: Actor) -> Text:
    """Alert the officers about the one who speaks; answers what that person is told of it."""
    member = speaker(work, actor, Permission.ASK_AID)
    last = next(iter(await work.alarms.of(member)), None)
    again = last if last is not None and last.over_at is None and last.at > work.now - AGAIN else None
    letters = await work.outbox.in_slots(_slot(again.id)) if again is not None else []
    if any(_arrives(each) for each in letters):
        return _CALLED_ALREADY(who=await whom(work, actor))
    slot = _slot(again.id if again is not None else work.alarms.add(member))
    told = {"at": f"{work.now.astimezone(BEIJING):%H:%M}", "police": (await deployment.numbers(work))["police"]}
    alert, unnamed = _ALERT(who="{who}", **told), _ALERT_UNNAMED(**told)
    under_way = {each.chat for each in letters if each.state == "waiting"}
    reached = await _tell(work, await present(work, member), alert, unnamed, slot=slot, under_way=under_way, anew=again is None)
    if any(deployment.takes_now(work, each.key.platform, each.used_at) for each in reached):
        return _CALLED(who=await whom(work, actor))
    return (_LEFT_WORD if reached else _NOBODY)(who=await whom(work, actor))


async def whom(work: UnitOfWork, actor: Actor) -> Text:
    """Who is told, as it is said to the one who speaks: nobody is named whom the branch does not have."""
    roles = {role for each in await work.members.present() if each.id != actor.member for role in each.roles}
    if Role.LIAISON.value not in roles:
        return _SECRETARY
    return BOTH if Role.SECRETARY.value in roles else _LIAISON


def _slot(alarm_id: int) -> str:
    return f"alarm:{alarm_id}"


def _arrives(letter: Letter) -> bool:
    """Whether an alert was delivered, or is on its way and no platform has refused it yet."""
    return letter.chat is not None and (letter.state in {"sent", "sending"} or (letter.state == "waiting" and not letter.attempts))


async def stands(work: UnitOfWork, member_id: MemberId) -> bool:
    """Whether an alarm of a member is not over."""
    return any(each.over_at is None and each.at > work.now - RECENT for each in await work.alarms.of(member_id))


async def reaches(work: UnitOfWork, actor: Actor) -> bool:
    """Whether the one who speaks has a private chat."""
    return actor.member is not None and await posting.reached(work, actor.member) is not None


async def in_group_only(work: UnitOfWork, actor: Actor, key: AccountKey) -> Text | None:
    """What is said in the group to somebody who has to be answered and whom nothing reaches in private; None where it does.

    It is the same whatever they said, and names only whom to call. They are who is known in one group of a platform and nowhere else.
    """
    if actor.member is None or key.platform not in deployment.APART or await posting.reached(work, actor.member) is not None:
        return None
    who = await secretary(work, actor.member, key.platform)
    return IN_GROUP_ONLY(who=who, **await deployment.numbers(work))


async def may_ask(work: UnitOfWork, actor: Actor, platform: str) -> bool:
    """Whether a question would reach the one who speaks at once, where they are; on a platform abroad it may wait for their consent."""
    return actor.member is not None and await consents.may_go_abroad(work, actor.member, platform)


async def answer(work: UnitOfWork, key: AccountKey, *texts: Text) -> bool:
    """Answer in private at once, whatever was agreed to about the platform: nothing personal is in it. False without a private chat."""
    account = await work.accounts.get(key)
    if account is None or account.chat is None:
        return False
    for each in texts:
        await posting.alarm(work, account, Outgoing(each))
    return True


async def all_well(work: UnitOfWork, actor: Actor) -> Text:
    """The one who speaks says that it was a false alarm: those who were alerted hear it. Raises `UserError` without an alarm."""
    member = speaker(work, actor, Permission.ASK_AID)
    standing = [each for each in await work.alarms.of(member) if each.over_at is None and each.at > work.now - RECENT]
    if not standing:
        raise UserError(NO_ALARM)
    for each in standing:
        work.alarms.end(each)
    await _tell(work, await present(work, member), _WELL, _WELL_UNNAMED)
    return _ALL_WELL(who=await whom(work, actor))


async def listed(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """Who was in danger within a day, for those who are alerted; on a platform abroad only those who may be named there."""
    require(actor, Permission.SEE_ALARMS, Subject(work.branch_id))
    recent = await work.alarms.since(work.now - RECENT)
    members = {each.id: each for each in await work.members.present()}
    await trail.saw(work, actor, [each.member_id for each in recent], Trailed.AID)
    lines = []
    for each in recent:
        if each.member_id in members:
            who = await privacy.named(work, platform, members[each.member_id])
            lines.append(_LINE(who=who, at=f"{each.at.astimezone(BEIJING):%H:%M}", over=_OVER if each.over_at else Text("", "")))
    return lines


async def _tell(
    work: UnitOfWork,
    about: Member,
    named: Text,
    unnamed: Text,
    *,
    slot: str | None = None,
    under_way: Collection[ChatKey | None] = (),
    anew: bool = True,
) -> list[Account]:
    """Tell every officer but the person through every account where it is not `under_way`; answers those accounts.

    Whoever has no account gets it when they come; that is not queued twice, unless `anew`.
    """
    officers = await _officers(work, about.id)
    accounts = [each for each in await work.accounts.of_branch() if each.member_id in {officer.id for officer in officers} and each.chat]
    open_accounts = [each for each in accounts if each.chat not in under_way]
    platforms = dict.fromkeys(each.key.platform for each in accounts)
    named_there = {platform for platform in platforms if (await privacy.shown(work, platform, [about]))[0]}
    for account in open_accounts:
        text = named(who=person(about)) if account.key.platform in named_there else unnamed
        await posting.alarm(work, account, Outgoing(text), slot=slot)
    reached = {account.member_id for account in accounts}
    for officer in officers:
        if anew and officer.id not in reached:
            await posting.to_member(work, officer.id, Outgoing(named(who=person(about))), priority=Priority.EMERGENCY)
    return open_accounts


async def _officers(work: UnitOfWork, without: MemberId) -> Sequence[Member]:
    roles = {role.value for role in ALERTED}
    return [each for each in await work.members.present() if roles & each.roles and each.id != without]
