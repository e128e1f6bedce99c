"""How the kinds and states of appeals are called, and their numbers."""

from bot.errors import UserError
from bot.language.appeal_numbers import leading
from bot.rules.appeals import ForWhom, Kind, OfferState, State
from bot.texts import Text
from storage.appeals import Appeal

WHICH = Text("请写上编号，比如“{example}”。", "Please give its number, like “{example}”.")
NONE = Text("没有这件求助，或者您看不到它。", "There is no such appeal, or you cannot see it.")
KIND_NAMES: dict[str, Text] = {
    Kind.MEDICAL: Text("看病就医", "medical"),
    Kind.WORK_ACCIDENT: Text("工伤", "accident at work"),
    Kind.WAGES: Text("欠薪", "unpaid wages"),
    Kind.DISASTER: Text("受灾", "disaster"),
    Kind.SCHOOLING: Text("上学", "schooling"),
    Kind.MONEY: Text("经济困难", "money"),
    Kind.OTHER: Text("其他", "other"),
}
FOR_WHOM_NAMES: dict[str, Text] = {
    ForWhom.SELF: Text("自己", "myself"),
    ForWhom.FAMILY: Text("家人", "family"),
    ForWhom.OTHER: Text("别人", "somebody else"),
}
STATE_NAMES: dict[State, Text] = {
    State.DRAFT: Text("还没写完", "not finished"),
    State.ASKED: Text("等书记核实", "waiting for the secretary"),
    State.WORDING: Text("核实了，等您看发群的话", "verified; waiting for you to approve the words"),
    State.APPROVED: Text("等着发群", "waiting to be posted"),
    State.OPEN: Text("已发群", "in the group"),
    State.CLOSED: Text("已结束", "closed"),
    State.WITHDRAWN: Text("已撤回", "withdrawn"),
    State.DECLINED: Text("没有受理", "not accepted"),
    State.EXPIRED: Text("已到期", "expired"),
}
SOLVED = Text("已解决", "solved")
OFFER_NAMES: dict[str, Text] = {
    OfferState.OFFERED: Text("等对方看", "waiting for the other"),
    OfferState.WANTED: Text("对方愿意联系，等回应的人点头", "the other would like to be in touch"),
    OfferState.AGREED: Text("双方都愿意联系", "both agreed to be in touch"),
    OfferState.INTRODUCED: Text("联系上了", "in touch"),
    OfferState.DONE: Text("帮过忙", "helped"),
    OfferState.DECLINED: Text("对方说不用了", "not needed"),
    OfferState.WITHDRAWN: Text("收回了", "taken back"),
}


def state_name(appeal: Appeal) -> Text:
    """How the state of an appeal is called: closed is not solved."""
    return SOLVED if appeal.solved else STATE_NAMES[State(appeal.state)]


def tag(number: int) -> str:
    """The number of an appeal as it is shown."""
    return f"A{number}"


def numbered(words: str, example: Text) -> tuple[int, str]:
    """The appeal's number that words begin with, and the rest. Raises `UserError` with an example where there is none."""
    said = leading(words)
    if said is None:
        raise UserError(WHICH(example=example))
    return said
