"""What in an appeal cannot be taken back by 撤销: what it was, and what to send instead."""

from bot.permissions import Actor
from bot.services import undo
from bot.services.aid_words import tag
from bot.texts import Text
from storage.appeals import Appeal
from storage.unit_of_work import UnitOfWork

_ANEW = Text("还要人帮，再发“求助”。", "If you need help, send “help me” again.")
_STOP = Text(
    "不求了，发“撤回求助 {tag}”，群里那条也改；改字发“改求助 {tag}”。",
    "To stop it, send “withdraw {tag}”: the post is changed, too. To change its words, “edit appeal {tag}”.",
)
_ANSWERED = Text("求助 {tag} 那一问您答过了", "You answered the question about {tag}")
"""Says nothing of health: deeds are kept, and told on any platform."""
_CANNOT = Text("帮不了，发“帮不了 {tag}”。", "If you cannot help after all, send “cannot help {tag}”.")
SENT_IN = (
    Text("求助 {tag} 已经交给书记核实", "Appeal {tag} went to the secretary"),
    Text("不求了，发“撤回求助 {tag}”。", "To stop it, send “withdraw {tag}”."),
)
ERASED = Text("那份求助不写了，写过的也删了", "The draft was dropped and its words erased"), _ANEW
NOTED_FOR = (
    Text("替人记的求助 {tag} 已经交给本人", "Appeal {tag}, noted for somebody, was put to them"),
    Text("本人不说“以上属实”，不会往下办。", "Nothing goes on before they declare it true."),
)
VERIFIED = (
    Text("求助 {tag} 核实了", "Appeal {tag} is verified"),
    Text(
        "本人同意了才发群。不该发，请本人发“撤回求助 {tag}”；已经发群的，您发“关闭求助 {tag}”。",
        "It is posted only when its person agrees. To stop it, ask them to send “withdraw {tag}”; once posted, send “close {tag}”.",
    ),
)
RANG = (
    Text("求助 {tag} 记了“联系过了”", "Appeal {tag} is noted as contacted"),
    Text("它照样等您核实，发“待核实”再看。", "It still waits for you; send “appeals” to see it."),
)
TURNED_DOWN = (
    Text("求助 {tag} 没有受理，已经告诉本人", "Appeal {tag} was declined and its person told"),
    Text("弄错了，请本人再发一次“求助”。", "If that was a mistake, ask them to send “help me” again."),
)
HEALTH_UNPOSTED = (
    _ANSWERED,
    Text("还没发群：点“改”换个说法；不求了，发“撤回求助 {tag}”。", "Nothing is posted yet: press “change”, or send “withdraw {tag}”."),
)
HEALTH = _ANSWERED, _STOP
APPROVED = Text("求助 {tag} 您同意发群了", "You agreed to the post of {tag}"), _STOP
WITHDRAWN = Text("求助 {tag} 撤回了", "Appeal {tag} is withdrawn"), _ANEW
LONGER = Text("求助 {tag} 延长了", "Appeal {tag} runs longer"), Text("不用了，发“关闭求助 {tag}”。", "To end it, send “close {tag}”.")
NOT_WANTED = (
    Text("求助 {tag} 的一份心意您谢绝了，已经告诉对方", "You declined an offer for {tag}, and they were told"),
    Text("别的同志还能帮；要看，发“我的求助”。", "Others still can help; see “my appeals”."),
)
WANTED = (
    Text("求助 {tag} 您说了愿意联系，已经去问对方", "You said yes to an offer for {tag}, and they are asked"),
    Text("对方同意了，您也可以不留联系方式。", "When they agree you need not leave your contact."),
)
AGREED = Text("求助 {tag} 您说了愿意联系，对方知道了", "You agreed to be in touch about {tag}, and they know"), _CANNOT
PASSED = (
    Text("求助 {tag} 的联系方式转给对方了", "The contact for {tag} was passed on"),
    Text("写错了，请直接告诉对方。", "If it was wrong, tell them directly."),
)
CANNOT = (
    Text("求助 {tag} 您说了帮不了", "You said that you cannot help with {tag}"),
    Text("又能帮了，发“我能帮 {tag}”。", "To help, send “help with {tag}”."),
)
HELPED = (
    Text("求助 {tag} 记了您帮上忙", "It is noted that you helped with {tag}"),
    Text("只记了个数，不写名字。", "Only the number is counted, no name."),
)


def note(work: UnitOfWork, actor: Actor, step: tuple[Text, Text], appeal: Appeal) -> None:
    """Note a step of an appeal that 撤销 cannot take back."""
    what, back = (each(tag=tag(appeal.number)) for each in step)
    undo.final(work, actor, what, back)
