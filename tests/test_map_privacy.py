"""Who learns what of where people are, whatever they ask and how, and what they learn when they ask before and after somebody moved."""

from collections import Counter
from collections.abc import Mapping

import pytest

from bot.permissions import Actor, ActorKind, Role
from bot.services import distribution, nearby, place_map
from bot.texts import Language
from storage.unit_of_work import UnitOfWork
from tests.dialogue import STRANGER, Dialogue

HARBIN, QIQIHAR, DAQING, SHENZHEN, NANSHAN, GUANGZHOU, NANJING = 230100, 230200, 230600, 440300, 440305, 440100, 320100
SECRETARY, OTHER, OTHER_SECRETARY = "王秀英", "何春梅", "钱有福"
MEMBERS = {"member": "李小山", "dues keeper": "赵国强", "liaison": "孙丽"}
NAMES = ["高晓峰", "任秀莲", "丁家宝", "范小军", "廖春生", "石磊磊", "夏秋菊"]
ASKED = [
    *("分布图", "有几面旗", "谁在 哈尔滨", "谁在 齐齐哈尔", "谁在 黑龙江", "谁在 深圳", "谁在 广东", "谁在 南京", "谁在 江苏"),
    *("谁在哪 高晓峰", "高晓峰在哪", "地图网页", "分布图起数 3", "高晓峰的位置", "我的"),
]
FINER = ("南山", *NAMES, "齐齐哈尔1", "南京1", "/map/")
"""What only the secretary may see: names, districts, small numbers, the way to the page."""


async def live(chat: Dialogue, *codes: int) -> None:
    """Invented members, each with a place, all willing to be found by others in their city."""

    async def settle(work: UnitOfWork) -> None:
        for number, (name, code) in enumerate(zip(NAMES, codes, strict=False)):
            found = await work.members.named(name)
            member = found[0] if found else work.members.add(name, f"Member {number}", ["member"])
            for purpose in ("location", "contact"):
                work.consents.put(member.id, purpose, given=True)
            work.places.put(member.id, code, work.now, moved=True)

    await chat.in_branch(settle)


async def answers(chat: Dialogue, name: str, *, group: bool) -> Mapping[str, str]:
    """All that the bot says to anybody because somebody asks, by what was asked; the words asked with are not repeated in it."""
    told = {}
    for words in ASKED:
        seen = await (chat.group(name, f"@支部 {words}") if group else chat.private(name, words))
        told[words] = "\n".join(each.text for each in seen).replace(NAMES[0], "", words.count(NAMES[0]))
        await chat.pass_time(minutes=1)
    return told


@pytest.mark.parametrize("group", [False, True], ids=["private", "group"])
@pytest.mark.parametrize("name", MEMBERS.values(), ids=MEMBERS.keys())
async def test_a_member_a_dues_keeper_and_a_liaison_learn_numbers_of_three_and_more(chat: Dialogue, name: str, group: bool) -> None:
    await live(chat, HARBIN, HARBIN, HARBIN, QIQIHAR, NANSHAN, NANSHAN, NANJING)
    told = await answers(chat, name, group=group)
    assert not [(words, text) for words, text in told.items() for each in FINER if each in text]
    assert "共7人" in told["分布图"]
    assert "有咱们 3 位" in told["谁在 哈尔滨"]
    assert "至少有咱们 3 位" in told["谁在 黑龙江"]
    for words in ("谁在 齐齐哈尔", "谁在 深圳", "谁在 广东", "谁在 南京", "谁在 江苏"):
        assert "人数较少" in told[words], words


@pytest.mark.parametrize("name", [STRANGER, OTHER, OTHER_SECRETARY], ids=["stranger", "member elsewhere", "secretary elsewhere"])
async def test_a_stranger_and_another_branch_learn_nothing(chat: Dialogue, name: str) -> None:
    await chat.another_branch("东风村支部", {OTHER_SECRETARY: ["member", "secretary"], OTHER: ["member"]})
    before = await answers(chat, name, group=False)
    await live(chat, *[HARBIN] * 3, *[NANSHAN] * 4)
    after = await answers(chat, name, group=False)
    without_links = {words for words in ASKED if words != "地图网页"}
    told = " ".join(after[words] for words in without_links)
    assert not any(each in told for each in (*NAMES, "南山", "3 位", "4 位", "共7人", "7 面"))
    if name != STRANGER:  # a stranger gets one sentence a day
        assert {words: after[words] for words in without_links} == {words: before[words] for words in without_links}


async def test_the_group_of_a_secretary_learns_what_any_group_learns(chat: Dialogue) -> None:
    await live(chat, HARBIN, HARBIN, HARBIN, QIQIHAR, NANSHAN, NANSHAN, NANJING)
    for words in ASKED:
        of_secretary = chat.in_group(await chat.group(SECRETARY, f"@支部 {words}"))
        await chat.pass_time(minutes=1)
        assert not [each for each in FINER if each in str(of_secretary).replace(NAMES[0], "", words.count(NAMES[0]))], words


async def everything_numbered(chat: Dialogue) -> tuple[str, str, dict[str, int] | None, str, str]:
    """What a member may learn in one go: the words and the flags of the map, how many flags, a city's and its province's number."""

    async def seen(work: UnitOfWork) -> tuple[str, str, dict[str, int] | None, str, str]:
        actor = Actor(ActorKind.PERSON, work.branch_id, chat.members["周海"], frozenset({Role.MEMBER}))
        text, drawing = await distribution.counts(work, actor, Language.ZH)
        flags = {each["name"]: each["count"] for each in drawing.data["described"]["flags"]} if drawing else None
        city, province = [(await nearby.there(work, actor, where, "browser"))[0] for where in ("哈尔滨", "黑龙江")]
        return text.zh, (await distribution.flags(work, actor, alone=True)).zh, flags, city.zh, province.zh

    found: tuple[str, str, dict[str, int] | None, str, str] = await chat.in_branch(seen)
    return found


async def test_nothing_that_a_member_sees_changes_when_one_person_moves_among_small_places(chat: Dialogue) -> None:
    await live(chat, QIQIHAR, HARBIN, HARBIN, *[SHENZHEN] * 3)
    before = await everything_numbered(chat)
    await live(chat, DAQING, HARBIN, HARBIN, *[SHENZHEN] * 3)
    assert await everything_numbered(chat) == before


async def test_who_leaves_a_place_of_three_takes_it_off_the_map(chat: Dialogue) -> None:
    """Two are left there: no number tells of them, nor does any difference to the number before."""
    await live(chat, HARBIN, HARBIN, HARBIN, *[SHENZHEN] * 3)
    before = await everything_numbered(chat)
    assert before[2] == {"哈尔滨": 3, "深圳": 3}
    await live(chat, SHENZHEN, HARBIN, HARBIN, *[SHENZHEN] * 3)
    text, flags, shown, city, province = await everything_numbered(chat)
    assert (shown, "其他地区6" in text) == ({}, True)
    assert flags == before[1]
    assert ("人数较少" in city, "人数较少" in province) == (True, True)


async def test_the_page_tells_cities_and_no_district(chat: Dialogue) -> None:
    await live(chat, NANSHAN, SHENZHEN, GUANGZHOU)

    async def seen(work: UnitOfWork) -> Counter[str]:
        actor = Actor(ActorKind.PERSON, work.branch_id, chat.members[SECRETARY], frozenset({Role.SECRETARY}))
        spread = await place_map.spread(work, actor)
        return Counter({city.name.zh: len(city.residents) for city in spread.cities})

    assert await chat.in_branch(seen) == {"深圳": 2, "广州": 1}
