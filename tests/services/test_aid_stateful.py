"""Appeals under anything that any people do in any order: nothing is posted that lacks a step, and nobody is given away."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.errors import UserError
from bot.permissions import Actor, ActorKind
from bot.rules.appeals import HELPED, STANDING, TRANSITIONS, OfferState, State
from bot.rules.redaction import is_clean, mentions_health
from bot.services import (
    aid_drafts,
    aid_endings,
    aid_matches,
    aid_offers,
    aid_posts,
    aid_questions,
    aid_verify,
    aid_watch,
    aid_wording,
    asking,
    browser_chat,
    posting,
)
from bot.services.asking import Ask
from bot.services.people import actor_of
from storage.appeals import Appeal
from storage.database import Database
from storage.keys import BranchId, MemberId
from storage.outbox import Letter, letter_of
from storage.questions import OpenQuestion
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.databases import Template

NAMES = ("王秀英", "何春梅", "李小山", "周海", "吴芳")
ROLES = (["member", "secretary"], ["member", "deputy"], ["member"], ["member"], ["member", "liaison"])
ILLNESSES = ("肿瘤", "肺癌", "尿毒症")
CONTACT = "电话 139 1111 2222"
PEOPLE = st.integers(0, len(NAMES) - 1)
NUMBERS = st.integers(1, 3)
WORDS = st.sampled_from(
    [
        "我爱人查出肿瘤，想到北京看病，谁能帮忙挂个号",
        "李小山家里受灾，电话13800001234，谁能帮忙收拾",
        "孩子在深圳上学没着落，住东风路8号",
        "手头紧，想借3000元交房租",
        "周海得了尿毒症，求大家帮忙",
        "要人带路",
        "跳过",
        CONTACT,
    ]
)
RAN: Counter[str] = Counter()
Deed = Callable[[UnitOfWork, Actor, Mapping[str, Any], int, str], Awaitable[Any]]
ANSWERS: dict[str, Deed] = {
    aid_questions.STEP: aid_drafts.answered,
    aid_questions.TRUTH: lambda work, actor, data, choice, _: aid_drafts.decided(work, actor, data, choice),
    aid_verify.KIND: lambda work, actor, data, choice, _: (aid_verify.verify, aid_verify.contacted, aid_verify.reason_for)[choice](
        work, actor, data["number"]
    ),
    aid_verify.REASON: lambda work, actor, data, _, words: aid_verify.decline(work, actor, data["number"], words),
    aid_wording.HEALTH: lambda work, actor, data, choice, _: aid_wording.consented(work, actor, data, given=choice == 0),
    aid_wording.WORDING: lambda work, actor, data, choice, _: aid_wording.decided(work, actor, data, choice),
    aid_wording.OWN: lambda work, actor, data, choice, words: aid_wording.reworded(work, actor, data, words if choice < 0 else None),
    aid_posts.KIND: lambda work, actor, data, _, words: aid_offers.offer(work, actor, data["number"], words if words == "要人带路" else ""),
    aid_matches.HINT: lambda work, actor, data, _, __: aid_offers.offer(work, actor, data["number"], ""),
    aid_offers.WHAT: lambda work, actor, data, _, words: aid_offers.say_what(work, actor, data, words),
    aid_offers.CHOOSE: lambda work, actor, data, choice, _: aid_offers.choose(work, actor, data, wanted=choice == 0),
    aid_offers.AGREE: lambda work, actor, data, choice, _: aid_offers.agree(work, actor, data, agreed=choice == 0),
    aid_offers.LEAVE: lambda work, actor, data, _, __: aid_offers.ask_contact(work, actor, data),
    aid_offers.CONTACT: lambda work, actor, data, _, __: aid_offers.pass_on(work, actor, data, CONTACT),
    aid_offers.DONE: lambda work, actor, data, choice, _: aid_offers.done(work, actor, data, helped=choice == 0),
    aid_endings.ENDING: lambda work, actor, data, choice, _: aid_endings.decided(work, actor, data, choice),
}
"""What answers each kind of question, as the handlers do."""


def _reachable(start: str) -> set[str]:
    found, new = {State(start)}, {State(start)}
    while new:
        new = {following for each in new for following in TRANSITIONS[each]} - found
        found |= new
    return {each.value for each in found}


class Branch(RuleBasedStateMachine):
    """Five people with their roles; the clock moves a little with each deed."""

    template: Template
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 3, 10, 1, tzinfo=UTC)
        self.loop = asyncio.new_event_loop()
        self.url = self.template.copy(self.folder / f"{RAN['branches']}.db")
        RAN["branches"] += 1
        self.database = Database(self.url, lambda: self.now)
        self.loop.run_until_complete(self.database.start())
        self.members: list[MemberId] = []
        self.seen: dict[int, str] = {}
        self.branch = self._run(self._found)

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.stop())
        self.loop.close()
        self.template.databases.drop(self.url)

    def _run(self, function: Callable[..., Awaitable[Any]]) -> Any:
        async def once(work: UnitOfWork) -> Any:
            return await function(work)

        return self.loop.run_until_complete(self.database.run(once))

    async def _found(self, work: UnitOfWork) -> BranchId:
        work.settings.put("signing_key", "00" * 32)
        branch = work.branches.add("红旗村支部", "Hongqi")
        work.enter(branch.id)
        for name, roles in zip(NAMES, ROLES, strict=True):
            member = work.members.add(name, name, roles)
            self.members.append(member.id)
            key = browser_chat.account_key(name)
            work.accounts.bind(key, member.id, browser_chat.private_chat(name))
            await work.accounts.change(key, introduced_at=work.now)
        work.skills.add(self.members[3], "带路挂号")
        return branch.id

    def _act(self, deed: str, who: int | None, act: Callable[[UnitOfWork, Actor], Awaitable[Any]]) -> Any:
        """Somebody does something; a refusal changes nothing and is as good as a success. Anything else is a bug."""
        self.now += timedelta(seconds=7)
        RAN["steps"] += 1

        async def acting(work: UnitOfWork) -> Any:
            work.enter(self.branch)
            if who is None:
                return await act(work, Actor(ActorKind.JOB, self.branch, None, frozenset()))
            member = await work.members.get(self.members[who])
            assert member is not None
            said = await act(work, actor_of(member))
            if isinstance(said, Ask):
                await posting.to_member(work, member.id, await asking.prepare(work, member.id, said))
            return said

        try:
            done = self._run(acting)
        except UserError:
            RAN[f"{deed}: refused"] += 1
            return None
        RAN[f"{deed}: done"] += 1
        return done

    def _asked(self) -> list[OpenQuestion]:
        async def read(work: UnitOfWork) -> list[OpenQuestion]:
            work.enter(self.branch)
            return sorted(await work.questions.unanswered(list(ANSWERS)), key=lambda each: (each.opened_at, each.kind, each.choices))

        found: list[OpenQuestion] = self._run(read)
        return found

    @initialize(there=st.booleans(), first=WORDS, second=WORDS, steps=st.integers(0, 3))
    def begin(self, there: bool, first: str, second: str, steps: int) -> None:
        """Two appeals that wait for somebody, one of them perhaps further; the group may be bound later."""
        if there:
            self.bind_group()
        self.ask_all_at_once(2, first)
        self.ask_all_at_once(0, second)
        for _ in range(steps):
            self.go_on(1, 0, 0)

    @rule()
    def bind_group(self) -> None:
        async def bind(work: UnitOfWork) -> None:
            work.enter(self.branch)
            work.chats.bind(browser_chat.chat_key(browser_chat.group_chat(self.branch)), "红旗村支部")

        self._run(bind)

    @rule(who=PEOPLE, words=WORDS)
    def ask(self, who: int, words: str) -> None:
        self._act("ask", who, lambda work, actor: aid_drafts.begin(work, actor, words))

    @rule(who=PEOPLE, words=WORDS)
    def ask_all_at_once(self, who: int, words: str) -> None:
        async def whole(work: UnitOfWork, actor: Actor) -> Any:
            await aid_drafts.begin(work, actor, words)
            draft = await aid_drafts.of(work, actor.member) if actor.member else None
            assert draft is not None
            done = work.appeals.change(draft, settled=aid_questions.STEPS)
            return await aid_drafts.decided(work, actor, {"appeal": done.id}, 0)

        self._act("ask all at once", who, whole)

    @rule(who=PEOPLE, about=PEOPLE, words=WORDS)
    def enter(self, who: int, about: int, words: str) -> None:
        async def entering(work: UnitOfWork, actor: Actor) -> None:
            await aid_drafts.enter(work, actor, self.members[about], words)

        self._act("enter", who, entering)

    @rule(which=st.integers(0, 40), choice=st.integers(-1, 2), words=WORDS, stray=st.booleans(), who=PEOPLE)
    def answer(self, which: int, choice: int, words: str, stray: bool, who: int) -> None:
        """A question is answered, now and then by somebody whom it was not put to, or late."""
        asked = self._asked()
        if not asked:
            return
        question = asked[-1 - which % len(asked)]
        own = self.members.index(question.member_id) if question.member_id is not None and not stray else who
        choice = min(choice, len(question.choices) - 1) if question.free else max(0, min(choice, len(question.choices) - 1))
        self._press(own, question, choice, words)

    def _press(self, who: int, question: OpenQuestion, choice: int, words: str) -> None:
        self._act(question.kind, who, lambda work, actor: ANSWERS[question.kind](work, actor, question.data, choice, words))

    @rule(number=NUMBERS, officer=st.integers(0, 1), choice=st.sampled_from([0, 0, 0, 1]))
    def go_on(self, number: int, officer: int, choice: int) -> None:
        """An appeal takes the next step it should."""

        async def where(work: UnitOfWork) -> Appeal | None:
            work.enter(self.branch)
            return await work.appeals.numbered(number)

        appeal = self._run(where)
        if appeal is None:
            return
        own = self.members.index(appeal.member_id)
        if appeal.state == State.ASKED:
            self._act("verify", officer, lambda work, actor: aid_verify.verify(work, actor, number))
        for question in self._asked():
            if question.member_id == appeal.member_id and question.data.get("appeal") == appeal.id and question.kind != aid_questions.STEP:
                self._press(own, question, choice, "要人带路，李小山，肿瘤")

    @rule(number=NUMBERS, helper=PEOPLE, agreed=st.sampled_from([0, 0, 1]))
    def befriend(self, number: int, helper: int, agreed: int) -> None:
        """Somebody offers, and both say what they think of being in touch."""
        self._act("offer", helper, lambda work, actor: aid_offers.offer(work, actor, number, "我周六有空"))
        for kind in (aid_offers.CHOOSE, aid_offers.AGREE, aid_offers.CONTACT):
            for question in self._asked():
                if question.kind == kind and question.member_id is not None:
                    self._press(self.members.index(question.member_id), question, agreed, "")

    @rule(who=PEOPLE, number=NUMBERS)
    def verify(self, who: int, number: int) -> None:
        self._act("verify", who, lambda work, actor: aid_verify.verify(work, actor, number))

    @rule(who=PEOPLE, number=NUMBERS)
    def offer(self, who: int, number: int) -> None:
        self._act("offer", who, lambda work, actor: aid_offers.offer(work, actor, number, "我周六有空"))

    @rule(who=PEOPLE, number=NUMBERS)
    def take_back(self, who: int, number: int) -> None:
        self._act("take back", who, lambda work, actor: aid_offers.take_back(work, actor, number))

    @rule(who=PEOPLE, number=NUMBERS, solved=st.booleans())
    def close(self, who: int, number: int, solved: bool) -> None:
        self._act("close", who, lambda work, actor: aid_endings.close(work, actor, f"A{number}", solved=solved))

    @rule(who=PEOPLE, number=NUMBERS)
    def reopen(self, who: int, number: int) -> None:
        async def undo(work: UnitOfWork, actor: Actor) -> Any:
            deed = await work.deeds.last(actor.member, work.now - timedelta(minutes=10)) if actor.member else None
            if deed is not None and deed.kind == aid_endings.DEED:
                work.deeds.remove(deed)
                return await aid_endings.undo_close(work, actor, deed.data)
            return None

        self._act("reopen", who, undo)

    @rule(who=PEOPLE, number=NUMBERS)
    def withdraw(self, who: int, number: int) -> None:
        self._act("withdraw", who, lambda work, actor: aid_endings.withdraw(work, actor, f"A{number}"))

    @rule(who=PEOPLE, number=NUMBERS)
    def change_words(self, who: int, number: int) -> None:
        self._act("edit", who, lambda work, actor: aid_endings.edit(work, actor, f"A{number}"))

    @rule(hours=st.sampled_from([1, 25, 24 * 5]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self._act("watch", None, aid_watch.watch)

    @invariant()
    def nothing_goes_wrong(self) -> None:
        self._run(self._look)

    async def _look(self, work: UnitOfWork) -> None:
        work.enter(self.branch)
        found = await work.appeals.of_state(*State)
        letters = await work.outbox.in_slots("aid")
        for slot in {f"aid:{each.id}" for each in found}:
            letters += await work.outbox.in_slots(slot)
        for each in found:
            assert each.state in _reachable(self.seen.get(each.number, State.DRAFT.value))
            self.seen[each.number] = each.state
            if each.posted_at is not None or each.state == State.OPEN:
                self._posted(each)
            offers = await work.aid_offers.to(each.id)
            if each.state == State.CLOSED:
                assert each.helped_count == sum(offer.state in HELPED for offer in offers)
            if each.state == State.OPEN:
                post = next(letter for letter in letters if letter.slot == f"aid:{each.id}")
                standing = sum(offer.state in STANDING for offer in offers)
                told = (post.content or {})["zh"]
                assert each.public_text in told
                assert (f"已有 {standing} 位" in told) == (standing > 0)
                RAN["open"] += 1
            RAN["introduced"] += sum(offer.state == OfferState.INTRODUCED for offer in offers)
        await self._nobody_is_given_away(work)

    @staticmethod
    def _posted(appeal: Appeal) -> None:
        assert appeal.truth_at is not None
        assert appeal.verified_by is not None
        assert appeal.verified_by != appeal.member_id
        assert appeal.approved_at is not None
        assert appeal.health_consent is True or not mentions_health(appeal.public_text)
        assert is_clean(appeal.public_text, NAMES)

    async def _nobody_is_given_away(self, work: UnitOfWork) -> None:
        group = browser_chat.chat_key(browser_chat.group_chat(self.branch))
        introduced: set[MemberId] = set()
        for member in self.members:
            for offer in await work.aid_offers.of(member):
                appeal = await work.appeals.get(offer.appeal_id)
                if offer.agreed_at is not None and appeal is not None:
                    introduced |= {member, appeal.member_id}
        for letter in await self._letters(work):
            told = str(letter.content)
            if letter.chat == group:
                assert not any(name in told for name in NAMES)
                assert not any(illness in told for illness in ILLNESSES)
                assert "1111" not in told
                assert "13800001234" not in told
            elif "联系方式：" in told and CONTACT in told:
                assert letter.member_id in introduced

    @staticmethod
    async def _letters(work: UnitOfWork) -> list[Letter]:
        return [letter_of(row) for row in await work.rows(select(outbox))]


@pytest.fixture
def machine(empty_database: Template, tmp_path: Path) -> type[Branch]:
    RAN.clear()
    Branch.template, Branch.folder = empty_database, tmp_path
    return Branch


def test_nothing_is_posted_that_lacks_a_step_and_nobody_is_given_away(machine: type[Branch]) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=9, stateful_step_count=40, deadline=None, derandomize=True))
    print(dict(sorted(RAN.items())))
    assert RAN["steps"] > 200
    assert RAN["open"] > 20
    assert RAN["introduced"] > 0
