"""What the map of 分布图 tells, and to whom: as much as the text beside it and no more."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import gazetteer
from bot.messages import Drawing, Outgoing
from bot.permissions import Actor, ActorKind, Role
from bot.rules import regions
from bot.services import deployment, distribution, distribution_map, drawings, place_words, posting
from bot.texts import Language, Text
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.handlers.test_distribution import HARBIN, NANSHAN, QIQIHAR, SHENZHEN, live

CODES = [place.code for place in gazetteer.every().values() if place.level is not gazetteer.Level.DISTRICT]
SOME = st.dictionaries(st.sampled_from(CODES), st.integers(1, 9), max_size=40)


def _flags(drawing: Drawing | None) -> dict[str, int]:
    assert drawing is not None
    return {each["name"]: each["count"] for each in drawing.data["described"]["flags"]}


def _names(groups: list[tuple[int | None, int]]) -> dict[int | None, Text]:
    return {code: place_words.listed(gazetteer.place(code)) if code else Text("其他地区", "elsewhere") for code, _ in groups}


@given(SOME, st.integers(3, 9))
@settings(max_examples=100, deadline=None)
def test_no_flag_and_no_word_of_the_map_tells_of_fewer_than_the_branch_wants(people: dict[int, int], fewest: int) -> None:
    groups = regions.shown(people, fewest).groups
    described: Any = distribution_map.picture(groups, _names(groups), day=date(2026, 3, 10), language=Language.ZH).data["described"]
    counts = [each["count"] for each in described["flags"]]
    assert all(count >= fewest for count in counts)
    elsewhere = int(described["below"].split()[1]) if described["below"] else 0
    assert elsewhere == 0 or elsewhere >= fewest
    assert sum(counts) + elsewhere == (sum(people.values()) if groups else 0)
    shown = {code for code, _ in groups}
    exact = {tuple(each["at"]) for each in described["flags"] if each["at"]}
    hidden = {code: gazetteer.position(code) for code in people if code not in shown}
    alone = Counter(gazetteer.position(code) for code in people)
    assert not exact & {at for at in hidden.values() if alone[at] == 1}


async def _counts(work: UnitOfWork, *roles: Role) -> Drawing | None:
    actor = Actor(ActorKind.PERSON, work.branch_id, None, frozenset(roles))
    return (await distribution.counts(work, actor, Language.ZH))[1]


async def test_the_map_of_the_group_has_the_groups_of_the_text(chat: Dialogue) -> None:
    await live(chat, *[HARBIN] * 2, QIQIHAR, *[SHENZHEN] * 2, NANSHAN)
    drawing = await chat.in_branch(_counts, Role.MEMBER)
    assert _flags(drawing) == {"黑龙江": 3, "深圳": 3}
    heilongjiang = next(each for each in drawing.data["described"]["flags"] if each["name"] == "黑龙江")
    assert heilongjiang["at"] is None  # at Harbin it would say that they are in Harbin


async def test_the_map_of_the_secretary_has_every_city_and_abroad_only_who_agreed(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *_ = await live(chat, HARBIN, SHENZHEN, NANSHAN)

    async def seen(work: UnitOfWork) -> tuple[Text, list[Text], Drawing | None]:
        actor = Actor(ActorKind.PERSON, work.branch_id, chat.members["王秀英"], frozenset({Role.SECRETARY}))
        return await distribution.by_city(work, actor, "browser", Language.EN)

    assert _flags((await chat.in_branch(seen))[2]) == {"Harbin": 1, "Shenzhen": 2}
    monkeypatch.setattr(deployment, "ABROAD", frozenset({"browser"}))
    assert (await chat.in_branch(seen))[2] is None

    async def agree(work: UnitOfWork) -> None:
        work.consents.put(first, "abroad", given=True)

    await chat.in_branch(agree)
    drawing = (await chat.in_branch(seen))[2]
    assert _flags(drawing) == {"Harbin": 1}
    assert "2 more" in drawing.data["described"]["below"]
    assert "1 in all" in drawing.data["described"]["title"]


def test_a_map_is_drawn_once_until_something_changes() -> None:
    def sent(count: int) -> Outgoing:
        groups: list[tuple[int | None, int]] = [(HARBIN, count)]
        drawing = distribution_map.picture(groups, _names(groups), day=date(2026, 3, 10), language=Language.ZH)
        return drawings.drawn(posting.unpack(posting.pack(Outgoing(Text("图", "map"), drawing=drawing))))

    first, again, other = sent(3), sent(3), sent(4)
    assert first.picture is not None
    assert first.picture.startswith(b"\x89PNG")
    assert again.picture is first.picture
    assert other.picture != first.picture
    assert drawings._mapped.cache_info().maxsize == drawings.KEPT
