"""Asking a question: the row that waits for the answer, and buttons that nobody can forge."""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.messages import Button, Outgoing
from bot.texts import Text
from storage.keys import MemberId, QuestionId
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its button, and the words that mean it."""

    label: Text
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. `kind` names the answer's handler; `data` is what that handler needs to know."""

    kind: str
    text: Text
    choices: tuple[Choice, ...]
    expires: timedelta = timedelta(minutes=30)
    data: Mapping[str, Any] = field(default_factory=dict)
    card: bool = False
    """Stays open beside other questions; only its buttons answer it."""
    picture: bytes | None = None
    columns: int = 2
    """Buttons in a row."""
    stays: bool = False
    """Where another question comes in between it is not ended: it stays as a card, which the words on its buttons answer."""
    free: bool = False
    """Any words answer it, unless they call a command; the choices are then only buttons and their own words."""


PAGE = "page"
"""The kind of the question under 下一页, which holds the lines still to come."""
WHICH = "which_card"
"""The kind of the question which of several cards is meant; `bot.questions` takes its answer for that card's."""
_LED_TO = "led_to"
CONFIRM = (
    Choice(Text("对", "yes"), ("对", "对的", "是", "是的", "好", "好的", "嗯", "行", "可以", "确认", "确定", "没错", "ok", "y", "confirm")),
    Choice(Text("取消", "cancel"), ("不", "不是", "不对", "不要", "不用", "不行", "算了", "错了", "no", "n")),
)
"""The choices of “is that right?”: 0 is yes."""


async def prepare(work: UnitOfWork, member_id: MemberId | None, ask: Ask) -> Outgoing:
    """Open a question to a member, or to every member once, and answer the message that asks it."""
    row = await opened(work, member_id, ask)
    return Outgoing(ask.text, await buttons(work, row.id, ask), picture=ask.picture)


async def opened(work: UnitOfWork, member_id: MemberId | None, ask: Ask) -> OpenQuestion:
    """Open a question without saying it yet."""
    words = [[choice.label.zh, choice.label.en, *choice.words] for choice in ask.choices]
    return await work.questions.open(
        member_id, ask.kind, words, dict(ask.data), work.now + ask.expires, card=ask.card, free=ask.free, stays=ask.stays
    )


async def waits(work: UnitOfWork, member_id: MemberId, kind: str) -> OpenQuestion | None:
    """The question of a kind that a member's next words would answer."""
    waiting = await work.questions.latest(member_id)
    return waiting if waiting is not None and waiting.kind == kind else None


async def set_aside(work: UnitOfWork, member_id: MemberId, waiting: OpenQuestion, labels: Sequence[Text]) -> None:
    """Keep an open question while another of its kind is about to be asked: a card with these answers, until it expires.

    Of those set aside before none is kept: the same words would mean two things.
    """
    for other in await work.questions.of(member_id):
        if other.kind == waiting.kind and other.id != waiting.id:
            work.questions.spend(other)
    work.questions.set_aside(waiting, [[label.zh, label.en] for label in labels])


def conclude(work: UnitOfWork, answered: OpenQuestion, notice: int) -> None:
    """Keep the number of the notice that an answered question led to, for who presses its button again; nothing of what was asked."""
    work.questions.conclude(answered, {_LED_TO: notice})


def concluded(question: OpenQuestion) -> int | None:
    """The number of the notice that a question led to; None if that was not kept, or if it is still open."""
    notice: int | None = question.data.get(_LED_TO) if question.spent_at is not None else None
    return notice


async def forget_pages(work: UnitOfWork) -> None:
    """End what is open of long answers in this branch: somebody named there may have just withdrawn or deleted it."""
    await work.questions.drop_kind(PAGE)


async def close_cards(work: UnitOfWork, kind: str, field: str, values: Collection[Any]) -> None:
    """Spend every open question of a kind whose data has one of these values, whoever has it: what it asks was decided."""
    for other in await work.questions.of_kind(kind):
        if other.data.get(field) in values:
            work.questions.spend(other)


async def buttons(work: UnitOfWork, question: QuestionId, ask: Ask) -> tuple[tuple[Button, ...], ...]:
    """The rows of signed buttons of a question."""
    made = [Button(choice.label, await signed(work, question, number, card=ask.card)) for number, choice in enumerate(ask.choices)]
    return tuple(tuple(made[start : start + ask.columns]) for start in range(0, len(made), ask.columns))


async def signed(work: UnitOfWork, question: QuestionId, number: int, *, card: bool = False) -> str:
    """The data of a button: at most 64 bytes, bound to this deployment by a signature."""
    return f"{'c' if card else 'q'}.{_base36(question)}.{number}.{await _signature(work, question, number)}"


async def pressed(work: UnitOfWork, data: str) -> tuple[QuestionId, int] | None:
    """Which question and choice a button means; None for one that is not ours."""
    parts = data.split(".")
    if len(parts) != 4 or parts[0] not in {"q", "c"} or not data.isascii() or not parts[2].isdigit() or len(data) > 64:
        return None
    try:
        question, number = QuestionId(int(parts[1], 36)), int(parts[2])
    except ValueError:
        return None
    genuine = hmac.compare_digest(parts[3].encode(), (await _signature(work, question, number)).encode())
    return (question, number) if genuine else None


async def _signature(work: UnitOfWork, question: QuestionId, number: int) -> str:
    key = await work.settings.get("signing_key")
    if key is None:
        raise RuntimeError("the deployment has no signing key")
    return hmac.new(bytes.fromhex(key), f"{question}.{number}".encode(), hashlib.sha256).hexdigest()[:16]


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"
