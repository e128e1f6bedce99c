"""In which setting something is said: where, by whom, and what was asked of them last."""

from bot.clock import BEIJING
from bot.language import contexts
from bot.language.said import Setting
from bot.messages import ChatKind, Incoming
from bot.permissions import Actor, Role
from bot.services import dues_answers, dues_claiming, lesson_posts, notice_reading, place_questions, pledges, quiz, studies
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

_LAST = {
    quiz.KIND: contexts.QUIZ,
    studies.DONE: contexts.LESSON,
    lesson_posts.OPEN: contexts.LESSON,
    place_questions.WHICH: contexts.CHOICES,
    place_questions.CITY: contexts.CONFIRM_PLACE,
    dues_claiming.ASKED: contexts.DUES_ASKED_PAID,
    dues_answers.MORE: contexts.DUES_ASKED_PAID,
    pledges.KIND: contexts.PLEDGED,
}
"""What was said last, by the kind of the question that is open."""
_FEW = 8
"""Characters of a message in private that may be no more than a word about a notice: 看到了, 知道了."""
_OFFICERS = frozenset({Role.SECRETARY, Role.DEPUTY, Role.COMMITTEE, Role.DUES_KEEPER, Role.CURATOR})


async def setting(work: UnitOfWork, actor: Actor, incoming: Incoming) -> Setting:
    """The setting of a message of somebody in the branch that was entered."""
    in_group = incoming.chat.kind is ChatKind.GROUP
    question = await work.questions.latest(actor.member) if actor.member is not None and not in_group else None
    return Setting(
        incoming.at.astimezone(BEIJING),
        in_group=in_group,
        role=role(actor),
        words=await work.branch_words.all() if work.entered is not None and actor.member is not None else {},
        context=await _context(work, actor, incoming, question),
    )


async def _context(work: UnitOfWork, actor: Actor, incoming: Incoming, question: OpenQuestion | None) -> str:
    """What was said last: a question to this person, else a notice that waits for a word, which is looked for only if this may be one."""
    if question is not None:
        return _LAST.get(question.kind, contexts.CHOICES if question.choices else "")
    if actor.member is None or work.entered is None:
        return ""
    short = incoming.chat.kind is ChatKind.PRIVATE and len(incoming.text) <= _FEW
    if (short or notice_reading.understood(incoming.text) is not None) and await notice_reading.awaited(work, actor, incoming):
        return contexts.NOTICE
    return ""


def role(actor: Actor) -> str:
    """Who speaks, in the four words that the language tells apart."""
    if actor.member is None:
        return "stranger"
    if actor.roles & _OFFICERS:
        return "secretary"
    return "probationary" if Role.PROBATIONARY in actor.roles else "member"
