"""Who may do what. Roles are those of the bound person, never the platform's admin flag or what a message claims."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.errors import UserError
from bot.texts import Text
from storage.keys import BranchId, MemberId


class Permission(StrEnum):
    """What can be allowed, named matter:deed, in the order in which help lists it: the daily things first."""

    CHECK_IN = "check_in:own"
    SET_PLACE = "place:own"
    READ_NOTICES = "notice:read"
    STUDY = "study:own"
    DUES_OWN = "dues:own"
    UNDO = "deed:undo"
    SEE_COUNTS = "place:counts"
    ASK_AID = "aid:ask"
    OFFER_AID = "aid:offer"
    HELP = "help:read"
    CHECK_LEDGERS = "ledger:check"
    PLEDGE = "fund:pledge"
    PAIR = "pairing:own"
    TELL_HARDSHIP = "bulletin:own"
    OWN_DATA = "data:own"
    OWN_SETTINGS = "settings:own"
    REPORT_IN = "membership:ask"
    BIND = "account:bind"
    SEE_PLACES = "place:names"
    SEE_CHECK_INS = "check_in:names"
    SEE_UNHEARD = "member:unheard"
    KEEP_DUES = "dues:keep"
    SEE_ARREARS = "dues:arrears"
    PUBLISH_DUES = "dues:publish"
    SET_DUES_POLICY = "dues:policy"
    DECIDE_REDUCTION = "dues:reduction"
    ANNOUNCE = "notice:write"
    SEE_ALARMS = "aid:alarms"
    VERIFY_AID = "aid:verify"
    SEE_READERS = "notice:readers"
    CURATE = "study:curate"
    KEEP_WORDS = "entry:words"
    INVITE = "member:invite"
    REMOVE = "member:remove"
    APPOINT = "role:appoint"
    BIND_GROUP = "group:bind"
    ENTER = "entry:use"
    ENTER_FOR_OTHERS = "member:enter"
    KEEP_FUND = "fund:keep"
    PROPOSE_PAYOUT = "fund:propose"
    APPROVE_PAYOUT = "fund:approve"
    MATCH_PAIRS = "pairing:match"
    SEE_REGISTER = "register:see"
    KEEP_REGISTER = "register:keep"
    CARRY_REGISTER = "register:carry"
    ASSIGN_LIAISON = "liaison:assign"
    LIAISE = "liaison:own"
    SEEK = "finding:run"
    SHARE = "sharing:agree"
    SEE_UNITS = "unit:counts"
    OPEN_PAGES = "page:open"
    KEEP_UNITS = "unit:keep"
    SEE_UNDELIVERED = "delivery:failed"
    SEE_MESSAGE_COUNTS = "delivery:counts"
    FOUND = "branch:found"
    JOBS = "jobs:run"


class Role(StrEnum):
    """What somebody is in a branch."""

    STRANGER = "stranger"
    MEMBER = "member"
    PROBATIONARY = "probationary"
    GUEST = "guest"
    LIAISON = "liaison"
    DUES_KEEPER = "dues_keeper"
    CURATOR = "curator"
    COMMITTEE = "committee"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    ORGANISER = "organiser"
    OPERATOR = "operator"


ROLE_NAMES: dict[Role, Text] = {
    Role.STRANGER: Text("未登记", "not bound"),
    Role.MEMBER: Text("党员", "member"),
    Role.PROBATIONARY: Text("预备党员", "probationary member"),
    Role.GUEST: Text("流入党员", "guest"),
    Role.LIAISON: Text("联络员", "liaison"),
    Role.DUES_KEEPER: Text("组织委员", "dues keeper"),
    Role.CURATOR: Text("学习委员", "curator"),
    Role.COMMITTEE: Text("支部委员", "committee member"),
    Role.DEPUTY: Text("副书记", "deputy secretary"),
    Role.SECRETARY: Text("书记", "secretary"),
    Role.ORGANISER: Text("组织员", "organiser"),
    Role.OPERATOR: Text("管理员", "operator"),
}

P = Permission
_ANYBODY = frozenset({P.REPORT_IN, P.BIND, P.HELP})
_MEMBER = _ANYBODY | {
    P.CHECK_IN,
    P.SET_PLACE,
    P.OWN_DATA,
    P.OWN_SETTINGS,
    P.UNDO,
    P.READ_NOTICES,
    P.SEE_COUNTS,
    P.CHECK_LEDGERS,
    P.DUES_OWN,
    P.STUDY,
    P.ASK_AID,
    P.OFFER_AID,
    P.PLEDGE,
    P.PAIR,
    P.TELL_HARDSHIP,
}
_FUND_KEEPER = frozenset({P.KEEP_FUND, P.PROPOSE_PAYOUT, P.APPROVE_PAYOUT})
_COMMITTEE = frozenset({P.DECIDE_REDUCTION, P.SEE_ARREARS, P.APPROVE_PAYOUT})
_SECRETARY = _MEMBER | {
    P.SEE_PLACES,
    P.SEE_CHECK_INS,
    P.SEE_UNHEARD,
    P.ANNOUNCE,
    P.SEE_ALARMS,
    P.VERIFY_AID,
    P.SEE_READERS,
    P.CURATE,
    P.INVITE,
    P.REMOVE,
    P.APPOINT,
    P.BIND_GROUP,
    P.ENTER,
    P.ENTER_FOR_OTHERS,
    P.KEEP_WORDS,
    P.KEEP_DUES,
    P.SEE_ARREARS,
    P.PUBLISH_DUES,
    P.SET_DUES_POLICY,
    P.DECIDE_REDUCTION,
    P.SEE_UNDELIVERED,
    P.SEE_MESSAGE_COUNTS,
    P.MATCH_PAIRS,
    P.SEE_REGISTER,
    P.KEEP_REGISTER,
    P.CARRY_REGISTER,
    P.ASSIGN_LIAISON,
    P.LIAISE,
    P.SEEK,
    P.SHARE,
    P.OPEN_PAGES,
    *_FUND_KEEPER,
}
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.STRANGER: _ANYBODY,
    Role.MEMBER: _MEMBER,
    Role.PROBATIONARY: _MEMBER,
    Role.GUEST: _MEMBER,
    Role.LIAISON: _MEMBER | {P.SEE_UNHEARD, P.SEE_ALARMS, P.LIAISE, P.SEEK},
    Role.DUES_KEEPER: _MEMBER | _FUND_KEEPER | {P.KEEP_DUES, P.ENTER, P.SEE_REGISTER, P.KEEP_REGISTER, P.CARRY_REGISTER},
    Role.LIAISON: _MEMBER | {P.SEE_UNHEARD, P.SEE_ALARMS, P.LIAISE},
    Role.DUES_KEEPER: _MEMBER | _FUND_KEEPER | {P.KEEP_DUES, P.ENTER, P.SEE_REGISTER, P.KEEP_REGISTER, P.CARRY_REGISTER, P.OPEN_PAGES},
    Role.CURATOR: _MEMBER | {P.CURATE, P.ENTER},
    Role.COMMITTEE: _MEMBER | _COMMITTEE | {P.SEEK},
    Role.DEPUTY: _MEMBER
    | _COMMITTEE
    | {P.SEE_ALARMS, P.VERIFY_AID, P.ENTER, P.PROPOSE_PAYOUT, P.MATCH_PAIRS, P.SEE_REGISTER, P.ASSIGN_LIAISON, P.SEEK, P.OPEN_PAGES},
    Role.SECRETARY: _SECRETARY,
    Role.ORGANISER: _MEMBER | {P.SEE_UNITS, P.OPEN_PAGES},
    Role.OPERATOR: frozenset({P.KEEP_UNITS, P.INVITE, P.APPOINT, P.REMOVE, P.SEE_UNDELIVERED, P.FOUND, P.CHECK_LEDGERS}),
}
"""What each role may do. One table, so that 权限 can explain it and a test can read it. `JOBS` is no role's: only a job of ours passes."""

PERMISSION_NAMES: dict[Permission, Text] = {
    P.REPORT_IN: Text("报到", "report in"),
    P.BIND: Text("绑定账号", "bind an account"),
    P.HELP: Text("看帮助", "read the help"),
    P.CHECK_IN: Text("报平安", "check in"),
    P.SET_PLACE: Text("报位置", "say where you are"),
    P.CHECK_LEDGERS: Text("验账", "check the ledgers"),
    P.PLEDGE: Text("认捐、看爱心基金", "give to the care fund and see it"),
    P.PAIR: Text("结对帮扶", "look after a household"),
    P.TELL_HARDSHIP: Text("请支部通报自己的困难", "have one's own hardship told in the group"),
    P.KEEP_FUND: Text("记爱心基金的账", "keep the care fund's books"),
    P.PROPOSE_PAYOUT: Text("提出爱心基金支出", "propose payments from the care fund"),
    P.APPROVE_PAYOUT: Text("批准爱心基金支出", "approve payments from the care fund"),
    P.MATCH_PAIRS: Text("安排结对帮扶", "match helpers and households"),
    P.OWN_DATA: Text("看、导出、删除自己的资料", "see, copy and delete your own data"),
    P.OWN_SETTINGS: Text("设自己的免打扰", "set your own quiet hours"),
    P.UNDO: Text("撤销自己刚做的", "undo what you just did"),
    P.READ_NOTICES: Text("看公告、回收到", "read and confirm announcements"),
    P.STUDY: Text("学习", "study"),
    P.CURATE: Text("排课、发早班车", "arrange lessons and the news digest"),
    P.SEE_COUNTS: Text("看分布人数", "see counts by place"),
    P.ASK_AID: Text("求助", "ask for help"),
    P.OFFER_AID: Text("帮别人的忙", "offer help"),
    P.SEE_PLACES: Text("看谁在哪座城市", "see who is in which city"),
    P.SEE_CHECK_INS: Text("看谁报了平安", "see who checked in"),
    P.SEE_UNHEARD: Text("看很久没消息的人", "see who has not been heard of"),
    P.DUES_OWN: Text("查、报自己的党费", "see and report one's own dues"),
    P.KEEP_DUES: Text("核对党费", "keep the dues"),
    P.SEE_ARREARS: Text("看连续欠缴党费的", "see months of dues open in a row"),
    P.PUBLISH_DUES: Text("向党员公布党费", "publish the dues to the members"),
    P.SET_DUES_POLICY: Text("定党费办法", "set the branch's ways with dues"),
    P.DECIDE_REDUCTION: Text("研究党费减免", "decide on reductions of dues"),
    P.ANNOUNCE: Text("发公告", "post announcements"),
    P.SEE_ALARMS: Text("看紧急情况", "see alarms"),
    P.VERIFY_AID: Text("核实求助", "verify appeals for help"),
    P.SEE_READERS: Text("看谁没读公告", "see who has not read an announcement"),
    P.KEEP_WORDS: Text("记支部自己的词语", "keep the branch's own words"),
    P.INVITE: Text("邀请、接收成员", "invite and accept members"),
    P.REMOVE: Text("移除、恢复成员", "remove and restore members"),
    P.APPOINT: Text("任免角色", "appoint and dismiss"),
    P.BIND_GROUP: Text("绑定支部群", "bind the branch's group"),
    P.ENTER: Text("补录", "enter for others"),
    P.ENTER_FOR_OTHERS: Text("替人补录位置、平安、联系", "enter places, check-ins and contacts for others"),
    P.SEE_REGISTER: Text("看名册", "see the register of members"),
    P.KEEP_REGISTER: Text("改名册", "keep the register of members"),
    P.CARRY_REGISTER: Text("导入、导出名册", "import and export the register"),
    P.ASSIGN_LIAISON: Text("安排联系人", "assign who looks after whom"),
    P.LIAISE: Text("记谈心走访", "note talks and visits"),
    P.SEEK: Text("找失去联系的同志", "look for those who are lost"),
    P.SHARE: Text("与流入地支部双向管理", "manage members together with a host branch"),
    P.SEE_UNITS: Text("看下级各支部的人数", "see the counts of the branches below"),
    P.OPEN_PAGES: Text("打开管支部的网页", "open the branch's pages"),
    P.KEEP_UNITS: Text("管组织架构", "keep the tree of organisations"),
    P.SEE_UNDELIVERED: Text("看没送达的消息", "see what was not delivered"),
    P.SEE_MESSAGE_COUNTS: Text("看消息量", "see how many messages were sent"),
    P.FOUND: Text("建立支部", "found a branch"),
    P.JOBS: Text("定时的事", "run what is done unasked"),
}


class ActorKind(StrEnum):
    """What acts: somebody, the operator at the command line, or a job of ours."""

    PERSON = "person"
    OPERATOR = "operator"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which branch, in which roles."""

    kind: ActorKind
    branch: BranchId | None
    member: MemberId | None
    roles: frozenset[Role]
    name: str = ""

    def may(self, permission: Permission) -> bool:
        """Whether some role of this actor, or being a job of ours, gives the permission."""
        return self.kind is ActorKind.JOB or permission in _granted(self.roles)


@cache
def _granted(roles: frozenset[Role]) -> frozenset[Permission]:
    """What several roles may do together."""
    return frozenset().union(*(GRANTS[role] for role in roles))


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a deed concerns: a branch, and perhaps one of its members."""

    branch: BranchId
    member: MemberId | None = None


OPERATOR = Actor(ActorKind.OPERATOR, None, None, frozenset({Role.OPERATOR}))
"""Whoever sits at the command line; of every branch."""


class NotAllowed(UserError):
    """The actor's roles do not give the permission."""


_NO = Text("这件事（{deed}）需要{roles}来做，您可以找他们。", "To {deed} takes the role of {roles}; please ask them.")
_NOBODY = Text("这件事（{deed}）不在聊天里做。", "To {deed} is not done in a chat.")
_ELSEWHERE = Text("这不是您支部的事，看不到。", "This is not your branch's, and cannot be seen.")


def holders(permission: Permission) -> list[Role]:
    """The roles of a branch that give a permission."""
    return [role for role in Role if permission in GRANTS[role] and role not in {Role.OPERATOR, Role.STRANGER}]


def require(actor: Actor, permission: Permission, subject: Subject | None = None) -> None:
    """Let pass or raise `NotAllowed`. Data never goes sideways: the subject's branch must be the actor's."""
    if subject is not None and actor.kind is not ActorKind.OPERATOR and actor.branch != subject.branch:
        raise NotAllowed(_ELSEWHERE)
    if actor.may(permission):
        return
    roles = [ROLE_NAMES[role] for role in holders(permission)]
    if not roles:
        raise NotAllowed(_NOBODY(deed=PERMISSION_NAMES[permission]))
    if Role.MEMBER in holders(permission):
        roles = [ROLE_NAMES[Role.MEMBER]]
    raise NotAllowed(_NO(deed=PERMISSION_NAMES[permission], roles=Text.join(roles, "或", " or ")))
