"""Reminders on the branch's day, and the ladder of months in a row."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.jobs import JobContext
from bot.permissions import Actor, ActorKind
from bot.rules.months import after
from bot.services import browser_chat
from schedules.dues_reminder import remind
from storage.keys import AccountKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import assess, claims, names_in_group, pay, said, told_since

KEEPER, SECRETARY = "赵国强", "王秀英"
WORD = "党费提一句"


def _reminders(texts: list[str]) -> list[str]:
    return [text for text in texts if WORD in text]


async def _month(chat: Dialogue, month: int) -> int:
    """The days about the tenth of a month, the jobs run at ten on each. Answers how many messages were shown before."""
    before = len(chat.shown)
    for day in (8, 9, 10, 11, 12, 13, 25):
        chat.now = datetime(2026, month, day, 1, 59, tzinfo=UTC)
        await chat.pass_time(minutes=1)
    return before


async def test_on_the_tenth_who_has_something_open_is_reminded_and_nobody_else(chat: Dialogue) -> None:
    for person in ("周海", "李小山", "孙丽", SECRETARY):
        await assess(chat, person)
    await pay(chat, SECRETARY, "2026-01", "2026-02", "2026-03")
    await claims(chat, "李小山", "2026-01")
    await chat.private("孙丽", "党费别再提醒")
    seen = await chat.pass_time(minutes=30)
    (reminder,) = _reminders(chat.to("周海", seen))
    assert "1–3月，共 60 元" in reminder
    assert [person for person in ("李小山", "孙丽", SECRETARY, "吴芳") if _reminders(chat.to(person, seen))] == []
    (summary,) = chat.to(KEEPER, seen)
    for part in ("私下提醒 1 位", "李小山", "孙丽", "没核定、不提醒的，请先核定：", "吴芳"):
        assert part in summary
    assert chat.in_group(seen) == []
    assert _reminders([each.text for each in await chat.days_pass(20)]) == []


@pytest.mark.parametrize(
    ("start", "sent"),
    [
        (datetime(2026, 1, 9, 1, tzinfo=UTC), date(2026, 1, 12)),  # the 10th is a Saturday
        (datetime(2026, 4, 9, 1, tzinfo=UTC), date(2026, 4, 10)),
        (datetime(2026, 5, 8, 1, tzinfo=UTC), date(2026, 5, 11)),  # the 10th is a Sunday
    ],
)
async def test_the_day_is_moved_to_a_working_day(chat: Dialogue, start: datetime, sent: date) -> None:
    chat.now = start
    await assess(chat, "周海")
    days = [
        date.fromordinal((chat.now + timedelta(hours=8)).date().toordinal())
        for _ in range(6)
        if _reminders(chat.to("周海", await chat.pass_time(days=1)))
    ]
    assert days == [sent]


async def test_the_branch_may_have_another_day(chat: Dialogue) -> None:
    async def decide(work: UnitOfWork) -> None:
        work.policies.put("dues_day", 16, effective_from=date(2026, 1, 1), reason="发工资以后")

    await chat.in_branch(decide)
    await assess(chat, "周海")
    assert _reminders(chat.to("周海", await chat.days_pass(5))) == []
    assert len(_reminders(chat.to("周海", await chat.days_pass(1)))) == 1


async def test_never_before_nine_nor_in_quiet_hours_and_caught_up_after_a_stop(chat: Dialogue) -> None:
    chat.now = datetime(2026, 3, 10, 0, 30, tzinfo=UTC)
    await assess(chat, "周海")
    await assess(chat, "李小山")
    await chat.private("李小山", "安静 8-12")
    assert _reminders([each.text for each in await chat.pass_time(minutes=29)]) == []
    seen = await chat.pass_time(minutes=2)
    assert (len(_reminders(chat.to("周海", seen))), len(_reminders(chat.to("李小山", seen)))) == (1, 0)
    assert len(_reminders(chat.to("李小山", await chat.pass_time(hours=4)))) == 1


async def test_a_reminder_that_waits_is_not_sent_to_who_has_claimed_or_wishes_for_none_meanwhile(chat: Dialogue) -> None:
    for person in ("周海", "李小山", "孙丽"):
        await assess(chat, person, since="2026-03")
        await chat.private(person, "安静 8-12")
    assert _reminders([each.text for each in await chat.pass_time(minutes=1)]) == []
    await chat.private("周海", "已交 20 三月")
    await chat.private("李小山", "党费别再提醒")
    seen = await chat.pass_time(hours=4)
    assert [len(_reminders(chat.to(person, seen))) for person in ("周海", "李小山", "孙丽")] == [0, 0, 1]


async def test_a_program_that_was_stopped_reminds_the_next_day_in_the_daytime(chat: Dialogue) -> None:
    await assess(chat, "周海")
    chat.now = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
    assert _reminders([each.text for each in await chat.pass_time(minutes=1)]) == []
    seen = await chat.pass_time(hours=12)
    assert len(_reminders(chat.to("周海", seen))) == 1


async def test_the_ladder_is_climbed_a_step_at_a_time_in_private(chat: Dialogue) -> None:
    await chat.join("何春梅", "member", "committee")
    chat.now = datetime(2026, 1, 5, 1, tzinfo=UTC)
    for person in ("周海", SECRETARY):
        await assess(chat, person)
    await pay(chat, SECRETARY, *(f"2026-0{month}" for month in range(1, 9)))
    told: dict[str, list[str]] = {}
    for month in range(1, 9):
        before = await _month(chat, month)
        for person in (SECRETARY, "何春梅", "周海"):
            told.setdefault(person, []).append("|".join(told_since(chat, before, person)))
    assert all(text.count(WORD) == 1 for text in told["周海"])
    ladder = ["三个月没交党费" in text for text in told[SECRETARY]]
    assert ladder == [False, False, False, True, False, False, False, False]
    assert ["建议找本人谈一次话" in text for text in told[SECRETARY]] == [False] * 4 + [True] + [False] * 3
    six = [False] * 6 + [True, False]
    assert ["连续六个月没交党费" in text for text in told[SECRETARY]] == six
    assert ["连续六个月没交党费" in text for text in told["何春梅"]] == six
    assert all("周海" not in text for text, is_six in zip(told["何春梅"], six, strict=True) if not is_six)
    assert await names_in_group(chat) == []
    assert "有几个月没交，书记知道：2026-01 起" in await said(chat, "周海", "我的")
    await pay(chat, "周海", "2026-08")
    await _month(chat, 9)
    assert "有几个月没交" not in await said(chat, "周海", "我的")


def _sheets(texts: list[str]) -> list[str]:
    return [text for text in texts if "个月没交党费" in text]


async def test_a_step_is_told_once_also_when_the_oldest_month_is_paid_each_month(chat: Dialogue) -> None:
    chat.now = datetime(2026, 1, 5, 1, tzinfo=UTC)
    await assess(chat, "周海", since="2025-07")
    await _month(chat, 1)
    counts = []
    for month in range(2, 9):
        await pay(chat, "周海", after("2025-07", month - 2))
        counts.append(len(_sheets(told_since(chat, await _month(chat, month), SECRETARY))))
    assert counts == [0] * 7


async def test_arrears_that_were_paid_down_to_two_months_are_not_told_anew_but_new_ones_are(chat: Dialogue) -> None:
    chat.now = datetime(2026, 4, 5, 1, tzinfo=UTC)
    await assess(chat, "周海")
    counts = [len(_sheets(told_since(chat, await _month(chat, 4), SECRETARY)))]
    await pay(chat, "周海", "2026-01", "2026-02")
    counts += [len(_sheets(told_since(chat, await _month(chat, month), SECRETARY))) for month in (5, 6)]
    assert counts == [1, 0, 0]
    await pay(chat, "周海", "2026-03", "2026-04", "2026-05", "2026-06")
    assert [len(_sheets(told_since(chat, await _month(chat, month), SECRETARY))) for month in (7, 8, 9, 10)] == [0, 0, 0, 1]


async def test_arrears_of_years_are_not_told_every_month(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2023-01")
    counts = [len(_sheets(told_since(chat, await _month(chat, month), SECRETARY))) for month in (3, 4, 5)]
    assert counts == [1, 0, 0]


async def test_half_a_year_with_arrears_names_nobody_in_the_group_and_reminds_once_a_month(chat: Dialogue) -> None:
    chat.now = datetime(2026, 1, 5, 1, tzinfo=UTC)
    owing = ("周海", "李小山", "吴芳", "孙丽", KEEPER)
    for person in owing:
        await assess(chat, person)
    for month in range(1, 7):
        before = len(chat.shown)
        if month % 2:
            chat.now = datetime(2026, month, 9, 1, tzinfo=UTC)
            await said(chat, SECRETARY, "催缴")
            await chat.private(SECRETARY, "发")
        await _month(chat, month)
        await said(chat, SECRETARY, "催缴")
        await said(chat, SECRETARY, "党费情况")
        await chat.private("李小山", "已交")
        await chat.private("李小山", "全交了" if month > 1 else "对")
        counts = {person: len(_reminders(told_since(chat, before, person))) for person in owing}
        assert counts["周海"] == 1
        assert max(counts.values()) == 1
    told = [each["text"]["zh"] for each in chat.shown if each["chat"] == chat.group_id()]
    assert [text for text in told if any(name in text for name in chat.members)] == []
    assert await names_in_group(chat) == []


async def _crowd(work: UnitOfWork, count: int, *, agreed: bool) -> None:
    for number in range(count):
        member, key = work.members.add(f"测{chr(0x4E00 + number)}", f"Ce {number}", ["member"]), AccountKey("telegram", "main", str(number))
        work.accounts.bind(key, member.id, str(number))
        if agreed:
            work.consents.put(member.id, "abroad", given=True)
        await work.accounts.change(key, introduced_at=work.now)
        await work.dues_assessments.add(member.id, effective_from="2026-03", monthly_fen=2000, category="salaried", article="第二条")


async def test_reminders_for_many_take_hardly_more_statements_than_for_one(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    async def crowd(work: UnitOfWork) -> None:
        await _crowd(work, 60, agreed=True)

    await chat.in_branch(crowd)
    statements: list[object] = []
    execute = Connection.execute

    def counted(connection: Connection, statement: Any, *args: Any) -> Any:
        statements.append(statement)
        return execute(connection, statement, *args)

    monkeypatch.setattr(Connection, "execute", counted)

    async def run(work: UnitOfWork) -> int:
        await remind.run(JobContext(work, Actor(ActorKind.JOB, chat.branch, None, frozenset()), chat.now))
        return sum(each.reminded_in == "2026-03" for each in (await work.dues_reminding.all()).values())

    assert await chat.in_branch(run) == 60
    assert len(statements) < 45


async def test_who_has_not_agreed_to_a_platform_abroad_is_not_written_to_there(chat: Dialogue) -> None:
    async def crowd(work: UnitOfWork) -> None:
        await _crowd(work, 2, agreed=False)

    await chat.in_branch(crowd)
    (summary,) = chat.to(KEEPER, await chat.pass_time(minutes=1))
    assert "私下提醒 0 位" in summary
    assert "没同意在境外平台收消息、不发的：测一、测丁" in summary
    assert await chat.in_branch(lambda work: work.dues_reminding.all()) == {}


async def test_a_letter_that_waits_for_its_reader_names_nobody_who_did_not_agree_to_the_strictest_platform(chat: Dialogue) -> None:
    """It may go out on any platform, and a name cannot be taken out of it then."""

    async def unreached(work: UnitOfWork) -> None:
        for officer in (KEEPER, SECRETARY):
            await work.accounts.change(browser_chat.account_key(officer), private_chat=None)

    await assess(chat, "周海", since="2025-09")
    await chat.in_branch(unreached)
    await chat.private("周海", "已交 20 三月")
    chat.now = datetime(2026, 3, 10, 1, 29, tzinfo=UTC)
    await chat.pass_time(minutes=31)

    async def waiting(work: UnitOfWork) -> list[str]:
        return [each.content["zh"] for each in await work.outbox.undelivered() if each.content]

    told = await chat.in_branch(waiting)
    assert any("党费 C1：这位同志报" in text for text in told)
    assert any("六个月没交党费" in text for text in told)
    assert any("党费提醒发了" in text for text in told)
    assert [text for text in told if any(name in text for name in chat.members)] == []
