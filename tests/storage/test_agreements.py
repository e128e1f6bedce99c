"""Agreements with host organisations as they are stored."""

from datetime import date

from storage.agreements import Agreement
from storage.unit_of_work import UnitOfWork
from tests.dialogue import START, Dialogue


def _agreement(**values: date) -> Agreement:
    return Agreement(1, "新南街道党工委", "", date(2026, 1, 1), date(2026, 12, 31), START, None, **values)


def test_an_agreement_stands_from_its_first_day_to_its_last_unless_it_was_ended() -> None:
    assert _agreement().stands(date(2026, 1, 1))
    assert _agreement().stands(date(2026, 12, 31))
    assert not _agreement().stands(date(2025, 12, 31))
    assert not _agreement().stands(date(2027, 1, 1))
    ended = _agreement(ended_on=date(2026, 6, 1))
    assert ended.stands(date(2026, 5, 31))
    assert not ended.stands(date(2026, 6, 1))


async def test_what_was_done_is_counted_and_what_was_given_is_noted(chat: Dialogue) -> None:
    zhou, secretary = chat.members["周海"], chat.members["王秀英"]

    async def made(work: UnitOfWork) -> None:
        about = work.agreements.add("新南街道党工委", date(2026, 1, 1), date(2026, 12, 31), "", secretary)
        work.agreements.log(about, "inform", date(2026, 3, 1), "", secretary)
        twice = work.agreements.log(about, "inform", date(2026, 3, 2), "", secretary)
        work.agreements.log(about, "help", date(2026, 3, 2), "", secretary)
        work.agreements.unlog(twice)
        asked = work.agreements.ask(zhou, about, secretary)
        work.agreements.answer(asked, state="agreed", phone=True)
        work.agreements.share(zhou, about, "name joined phone", secretary)

    async def looked(work: UnitOfWork) -> None:
        about = (await work.agreements.every())[0]
        assert await work.agreements.get(about.id) == about
        assert await work.agreements.counts() == {(about.id, "inform"): 1, (about.id, "help"): 1}
        consent = (await work.agreements.consents_of(zhou))[0]
        assert (consent.state, consent.phone, consent.asked_by) == ("agreed", True, secretary)
        assert await work.agreements.consent(consent.id) == consent
        assert [each.kinds for each in await work.agreements.shared([zhou])] == ["name joined phone"]
        work.agreements.change(about, ended_on=date(2026, 3, 10))
        assert not (await work.agreements.every())[0].stands(date(2026, 3, 10))

    for step in (made, looked):
        await chat.in_branch(step)
