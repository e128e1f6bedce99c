"""What else cannot be taken back by 撤销 – money, dues, bulletins, pairings –: what it was, and what to send instead."""

from bot.permissions import Actor
from bot.services import undo
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

Step = tuple[Text, Text]
"""What was done, and the way back or on; both may name the matter by its `{number}`."""

_CANCEL = Text("不付了，发“取消付款 B{number}”。", "To drop it, send “cancelpayout B{number}”.")
_UNPAY = Text("记错了，发“冲正付款 B{number} 原因”。", "If that was a mistake, send “reversepayout B{number} why”.")
_APPROVE = Text("改主意了，付之前发“批准 B{number}”。", "If you change your mind, send “approve B{number}” before it is paid.")
_UNBOOK = Text("记错了，发“冲正 P{number} 原因”。", "If that was a mistake, send “reversepledge P{number} why”.")
_OFFICER = Text("弄错了，请直接跟书记说。", "If that was a mistake, please tell the secretary.")
_RENEW = Text("还要申请，再发“申请减免”。", "To ask again, send “less dues”.")
PROPOSED: Step = Text("付款 B{number} 提出了，已经去问批准的同志", "Payment B{number} is proposed and the approvers asked"), _CANCEL
PAID: Step = Text("付款 B{number} 记为已付", "Payment B{number} is noted as paid"), _UNPAY
CANCELLED: Step = (
    Text("付款 B{number} 取消了", "Payment B{number} is cancelled"),
    Text("还要付，重新发“支出 …”。", "To pay it, propose it anew: “payout …”."),
)
UNPAID: Step = (
    Text("付款 B{number} 冲正了", "Payment B{number} is taken back"),
    Text("其实付了，发“已付 B{number}”。", "If it was paid, send “paidout B{number}”."),
)
APPROVED: Step = (
    Text("付款 B{number} 您批准了", "You approved payment B{number}"),
    Text("付之前要收回，发“收回批准 B{number}”。", "To take it back before it is paid, send “unapprove B{number}”."),
)
REFUSED: Step = (
    Text("付款 B{number} 您不同意，已经告诉经办的同志", "You did not agree to payment B{number}, and who recorded it is told"),
    _APPROVE,
)
REFUSED_FOR_GOOD: Step = (
    Text(
        "付款 B{number} 您不同意，没有通过，已经告诉经办的同志",
        "You did not agree to payment B{number}; it is refused and who recorded it told",
    ),
    Text("还要付，请经办人重新发“支出 …”。", "To pay it, who recorded it proposes it anew: “payout …”."),
)
UNAPPROVED: Step = Text("付款 B{number} 您的批准收回了", "Your approval of payment B{number} is taken back"), _APPROVE
HIGHER: Step = Text("付款 B{number} 录了上级批准", "The higher approval of payment B{number} is entered"), _CANCEL
UNPLEDGED: Step = (
    Text("认捐 P{number} 撤回了", "Pledge P{number} is taken back"),
    Text("又想捐，再发“认捐 …”。", "To give, send “pledge …” again."),
)
REFUND_ASKED: Step = (
    Text("退款 P{number} 已经去问记账的同志", "Who keeps the books is asked to give P{number} back"),
    Text("不退了，请直接跟他们说一声。", "If you change your mind, please tell them."),
)
REFUNDED: Step = Text("P{number} 记了退款", "P{number} is noted as given back"), _UNBOOK
NOT_SEEN: Step = (
    Text("P{number} 记了还没看到，已经告诉本人", "P{number} is noted as not seen yet and its giver told"),
    Text("其实到了，发“到账 P{number}”。", "If it did come, send “arrived P{number}”."),
)
NOT_REFUNDED: Step = (
    Text("P{number} 您说了不退", "You said that P{number} is not given back"),
    Text("又要退，发“退款 P{number} 原因”。", "To give it back, send “refund P{number} why”."),
)
UNBOOKED: Step = (
    Text("P{number} 最近一笔冲正了", "The last entry of P{number} is taken back"),
    Text("其实没错，重新记一遍。", "If it was right, note it again."),
)
CLAIM_WITHDRAWN: Step = (
    Text("C{number} 撤回了", "C{number} is withdrawn"),
    Text("其实交了，再报一次就行。", "If you did pay, just report it again."),
)
DUES_REVERSED: Step = (
    Text("那张党费收据冲正了", "That receipt is reversed"),
    Text("其实没错，请本人重新报、再确认。", "If it was right, have it reported and confirmed again."),
)
HANDING_REVERSED: Step = (
    Text("那笔上缴冲正了", "That handing upward is reversed"),
    Text("其实缴了，重新发“上缴 …”。", "If it was handed up, enter it again."),
)
REDUCTION_WITHDRAWN: Step = Text("减免申请 J{number} 撤回了", "Application J{number} is withdrawn"), _RENEW
REDUCTION_AGREED: Step = (
    Text("减免 J{number} 记了支部的意见", "The branch's decision on J{number} is noted"),
    Text(
        "记错了，重发“减免同意 J{number} …”；不批，发“减免不批 J{number}”。",
        "If it was wrong, send “agree reduction J{number} …” again, or “decline reduction J{number}”.",
    ),
)
REDUCTION_APPROVED: Step = (
    Text("减免 J{number} 记了上级批准", "The higher approval of J{number} is noted"),
    Text("记错了，重新核定他的党费。", "If that was a mistake, assess their dues anew."),
)
REDUCTION_DECLINED: Step = (
    Text("减免 J{number} 没有批，已经告诉本人", "J{number} was declined and its person told"),
    Text("弄错了，请本人再申请一次。", "If that was a mistake, ask them to apply again."),
)
BULLETIN_ASKED: Step = (
    Text("困难通报交给书记看了", "The secretary is asked about your bulletin"),
    Text("要撤，发“撤下通报”。", "To take it back, send “takedown”."),
)
BULLETIN_POSTED: Step = (
    Text("困难通报 T{number} 您让发了", "You had bulletin T{number} posted"),
    Text("不该发，发“撤下通报 T{number}”。", "If it should not stand, send “takedown T{number}”."),
)
BULLETIN_DECLINED: Step = (
    Text("困难通报 T{number} 没有发，已经告诉本人", "Bulletin T{number} was not posted and its person told"),
    Text("弄错了，请本人再发一次。", "If that was a mistake, ask them to send it again."),
)
BULLETIN_DOWN: Step = (
    Text("困难通报 T{number} 撤下了，原话已删", "Bulletin T{number} is taken down and its words erased"),
    Text("还要通报，再发“困难通报 …”。", "To tell it again, send “hardship …”."),
)
OTHERS_BULLETIN_DOWN: Step = (
    BULLETIN_DOWN[0],
    Text("还要通报，请本人再发。", "If it should stand, ask its person to send it again."),
)
MATCHED: Step = (
    Text("结对安排好了", "The pair is matched"),
    Text("弄错了，发“补录 姓名 结束结对 [户名]”。", "If that was a mistake, enter its end: “enter NAME 结束结对 [HOUSEHOLD]”."),
)
NOT_MATCHED: Step = (
    Text("那位同志的结对这次不安排，已经告诉本人", "That wish for a pairing is not met this time, and its member told"),
    Text("又能安排了，发“安排结对 姓名 户名”。", "To match them after all, send “matchpair NAME HOUSEHOLD”."),
)
UNMATCHED: Step = Text("那户结对结束了", "That pairing is ended"), _OFFICER
ACCOUNT_UNBOUND: Step = (
    Text("那个账号解绑了", "That account is let go"),
    Text("要用回来，发“绑定新账号”，再到那边发码。", "To have it back, send “newaccount” and send the code from there."),
)
LET_IN: Step = (
    Text("那位想进群的，您同意了", "You let somebody into the group"),
    Text("弄错了，请在群里把人请出去。", "If that was a mistake, please take them out of the group."),
)
NOT_LET_IN: Step = (
    Text("那位想进群的，您拒绝了", "You did not let somebody into the group"),
    Text("弄错了，请对方再申请一次。", "If that was a mistake, let them ask again."),
)
JOIN_DECLINED: Step = (
    Text("那位同志的报到没有接收，已请对方和您联系", "That request to join was declined, and they were asked to get in touch with you"),
    Text("弄错了，发“邀请 姓名”，把码私下给本人。", "If that was a mistake, send “invite NAME” and hand them the code."),
)
SENT_AGAIN: Step = (
    Text("没把握的那几条重发了", "What may not have arrived is sent again"),
    Text("要是收到两遍，请跟对方说一声。", "If it came twice, please tell its reader."),
)
NOT_SENT_AGAIN: Step = (
    Text("没把握的那几条不重发了", "What may not have arrived is left as it is"),
    Text("其实没收到，请直接跟对方说。", "If it did not arrive, please tell its reader yourself."),
)
DISCUSSION_CLOSED: Step = (
    Text("讨论结束了", "The discussion is closed"),
    Text("还要讨论，再发“发起讨论 …”。", "To go on, “startdiscussion …”."),
)
REFLECTION_DELETED: Step = (
    Text("那篇心得删了", "That reflection is deleted"),
    Text("还要写，再发“心得 …”。", "To write again, send “reflection …”."),
)
REFLECTION_ANSWERED: Step = (
    Text("那篇心得您看过、回过了", "You have answered that reflection"),
    Text("要改口，请直接说。", "To mend it, tell them."),
)
ALARMED: Step = (
    Text("刚才报了紧急求助", "You raised an alarm"),
    Text("没事了，发“没事了”。", "If all is well, send “false alarm”."),
)
ALL_WELL: Step = (
    Text("报过“没事了”", "You said that all is well"),
    Text("又要帮忙，直接说出了什么事。", "If you need help, say at once what it is."),
)
CHASED: Step = (
    Text("党费提醒发出去了", "The reminders of dues went out"),
    Text("提醒错了，请跟本人说一声。", "If one was wrong, please tell its reader."),
)
STUDY_FORGOTTEN: Step = (
    Text("学习记录删了", "Your study records are deleted"),
    Text("以后学的照常记。", "What you study from now on is noted as usual."),
)
CHECK_INS_FORGOTTEN: Step = (
    Text("报平安的记录删了", "Your check-ins are deleted"),
    Text("今天要报，再发“签到”。", "To check in today, send “checkin”."),
)
HANDED_OVER: Step = (
    Text("已经告诉记账的同志：认捐的钱交了", "Who keeps the books was told that your gift was handed over"),
    Text("其实没交，请直接跟他们说一声。", "If it was not, please tell them."),
)
ARRIVED: Step = (
    Text("您说了钱收到了", "You said that the money arrived"),
    Text("其实没收到，请直接跟书记说。", "If it did not, please tell the secretary."),
)
CONTACT_ERASED: Step = (
    Text("您的手机号删了", "Your telephone number is deleted"),
    Text("又愿意留，发“我的手机换成 138 0000 1234”。", "To have it kept again: “my phone is 138 0000 1234”."),
)
OWN_ERASED: Step = (
    Text("您自己的资料删了", "What was yours is deleted"),
    Text("以后要用，照常说就行。", "You can use everything as before."),
)
PLACE_DELETED: Step = (
    Text("您的位置删了", "Your place is deleted"),
    Text("又愿意记，再说“我到南京了”。", "To have it noted again, say where you are."),
)
DIGEST_DECIDED: Step = (
    Text("这一期早班车您定过了", "You have decided on this digest"),
    Text("再有消息，发“早班车 …”，下一期带上。", "What is new goes into the next: “news …”."),
)
SHARED: Step = (
    Text("给对方党组织的材料您拿到了，已经告诉本人", "You have the paper for the host, and its person was told"),
    Text("弄错了，材料请别转，删掉。", "If that was a mistake, please do not pass it on; delete it."),
)
SHARING_AGREED: Step = (
    Text("您同意了把资料提供给流入地党组织", "You agreed that your data are given to the host"),
    Text("改主意了，发“不再提供资料”。", "If you change your mind, send “stopsharing”."),
)
SHARING_DECLINED: Step = (
    Text("您说了不提供资料", "You said that nothing of you is given"),
    Text("又愿意了，发“同意提供资料”。", "If you do want it, send “allowsharing”."),
)
PLACE_ALLOWED: Step = (
    Text("记不记位置，您说过同意了", "You said that your city may be kept"),
    Text("改主意就发“以后别记我位置”。", "To change it send “stop my place”."),
)
PICTURES: Step = (
    Text("照片同不同意发，您说过了", "You said whether pictures with you may be shown"),
    Text("改主意就再说一句“同意发照片”或“不同意发照片”。", "To change it send “allow pictures” or “no pictures”."),
)
SKILL_FORGOTTEN: Step = (
    Text("那样本事不记了", "That skill is forgotten"),
    Text("又能帮了，发“能帮忙的 …”。", "To offer it again, send “can help …”."),
)


def note(work: UnitOfWork, actor: Actor, step: Step, number: int = 0) -> None:
    """Note a step that 撤销 cannot take back; `number` is that of the matter, where its words name one."""
    what, back = (each(number=number) for each in step)
    undo.final(work, actor, what, back)
