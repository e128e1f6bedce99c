"""分布图, as people meet it."""

import pytest

from bot.services import deployment
from bot.services.distribution import NOBODY, PICTURE, TOO_FEW
from bot.texts import LIMIT, Language
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import STRANGER, Dialogue

HARBIN, QIQIHAR, SHENZHEN, NANSHAN, GUANGDONG, BEIJING, CHAOYANG = 230100, 230200, 440300, 440305, 440000, 110100, 110105


async def live(chat: Dialogue, *codes: int) -> list[MemberId]:
    """Invented members, each with a consent and a place."""

    async def settle(work: UnitOfWork) -> list[MemberId]:
        people = []
        for number, code in enumerate(codes):
            member = work.members.add(f"成员{number}", f"Member {number:02}", ["member"])
            work.consents.put(member.id, "location", given=True)
            work.places.put(member.id, code, work.now)
            people.append(member.id)
        return people

    found: list[MemberId] = await chat.in_branch(settle)
    return found


async def test_everybody_sees_numbers_by_city(chat: Dialogue) -> None:
    await live(chat, *[HARBIN] * 4, *[SHENZHEN] * 2, NANSHAN)
    expected = "大家在哪儿（自愿填报，只到市）：哈尔滨4、深圳3。共7人，2026-03-10。"
    seen = [await chat.group("李小山", "分布图"), await chat.private("李小山", "分布图")]
    assert [chat.in_group(seen[0]), chat.to("李小山", seen[1])] == [[expected], [expected]]
    assert all(each.raw["picture"] for (each,) in seen)


async def test_small_numbers_merge_upwards(chat: Dialogue) -> None:
    await live(chat, *[SHENZHEN] * 3, GUANGDONG, 440100, 441900, *[HARBIN] * 2, QIQIHAR, 320100, 330100, 340100)
    text = chat.in_group(await chat.group("周海", "/map"))[0]
    assert "深圳3" in text
    assert "广东其他3" in text
    assert "黑龙江3" in text
    assert "其他地区3" in text
    assert "共12人" in text
    for name in ("南京", "杭州", "广州", "哈尔滨", "齐齐哈尔"):
        assert name not in text


async def test_districts_of_one_city_count_together(chat: Dialogue) -> None:
    await live(chat, BEIJING, CHAOYANG, 110108)
    assert "：北京3。" in chat.in_group(await chat.group("周海", "分布图"))[0]


async def test_one_or_two_people_are_never_what_is_missing_from_the_sum(chat: Dialogue) -> None:
    await live(chat, *[HARBIN] * 3, SHENZHEN)
    text = chat.in_group(await chat.group("周海", "分布图"))[0]
    assert "深圳" not in text
    assert "其他地区4" in text


async def test_two_people_are_not_shown_at_all(chat: Dialogue) -> None:
    await live(chat, HARBIN, HARBIN)
    (seen,) = await chat.group("周海", "分布图")
    assert (seen.text, seen.raw["picture"]) == (TOO_FEW.zh, None)


async def test_the_secretary_sees_names_in_private_and_numbers_in_the_group(chat: Dialogue) -> None:
    await live(chat, HARBIN, SHENZHEN, NANSHAN)
    seen = await chat.private("王秀英", "分布图")
    assert chat.to("王秀英", seen) == [
        "3 人报了位置（自愿填报，2026-03-10）：\n深圳 2 人：成员1、成员2\n哈尔滨 1 人：成员0",
        PICTURE.zh,
    ]
    assert [bool(each.raw["picture"]) for each in seen] == [False, True]
    group = await chat.group("王秀英", "分布图")
    assert "成员" not in "".join(each.text for each in group)
    assert chat.in_group(group) == ["大家在哪儿（自愿填报，只到市）：其他地区3。共3人，2026-03-10。"]


@pytest.mark.parametrize("person", ["赵国强", "孙丽", "李小山"])
async def test_nobody_else_sees_names(chat: Dialogue, person: str) -> None:
    await live(chat, *[HARBIN] * 3)
    assert "成员" not in chat.to(person, await chat.private(person, "分布图"))[0]


async def test_with_nobody_told_the_secretary_is_told_so(chat: Dialogue) -> None:
    assert chat.to("王秀英", await chat.private("王秀英", "分布图")) == [NOBODY.zh]


async def test_on_a_platform_abroad_only_those_are_named_who_agreed(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deployment, "ABROAD", frozenset({"browser"}))
    first, *_ = await live(chat, HARBIN, SHENZHEN, NANSHAN)

    async def agree(work: UnitOfWork) -> None:
        work.consents.put(first, "abroad", given=True)
        work.consents.put(chat.members["王秀英"], "abroad", given=True)

    await chat.in_branch(agree)
    text = chat.to("王秀英", await chat.private("王秀英", "分布图"))[0]
    assert "成员0" in text
    assert "成员1" not in text
    assert "另有 2 人" in text


async def test_who_withdrew_is_in_no_number_and_no_list(chat: Dialogue) -> None:
    people = await live(chat, *[HARBIN] * 4)

    async def withdraw(work: UnitOfWork) -> None:
        work.consents.put(people[0], "location", given=False)

    await chat.in_branch(withdraw)
    assert "哈尔滨3" in chat.in_group(await chat.group("周海", "分布图"))[0]
    assert "成员0" not in chat.to("王秀英", await chat.private("王秀英", "分布图"))[0]


async def test_who_was_removed_is_in_no_number_and_no_list(chat: Dialogue) -> None:
    people = await live(chat, *[HARBIN] * 4)

    async def remove(work: UnitOfWork) -> None:
        await work.members.change(people[0], removed_at=work.now)

    await chat.in_branch(remove)
    assert "哈尔滨3" in chat.in_group(await chat.group("周海", "分布图"))[0]
    assert "成员0" not in chat.to("王秀英", await chat.private("王秀英", "分布图"))[0]


async def test_another_branch_is_not_seen(chat: Dialogue) -> None:
    await live(chat, *[HARBIN] * 3)
    await chat.another_branch("东风村支部", {"钱有福": ["member", "secretary"]})
    assert chat.to("钱有福", await chat.private("钱有福", "分布图")) == [NOBODY.zh]


async def test_a_stranger_sees_nothing(chat: Dialogue) -> None:
    await live(chat, *[HARBIN] * 3)
    assert await chat.group(STRANGER, "分布图") == []
    assert "哈尔滨" not in chat.to(STRANGER, await chat.private(STRANGER, "分布图"))[0]


async def test_many_cities_still_fit_into_one_message_and_add_up(chat: Dialogue) -> None:
    capitals = [130100, 140100, 150100, 210100, 220100, 230100, 320100, 330100, 340100, 350100, 360100, 370100, 410100, 420100, 430100]
    capitals += [440100, 450100, 460100, 510100, 520100, 530100, 540100, 610100, 620100, 630100, 640100, 650100, 440300, 370200, 210200]
    capitals += [440600, 441900, 442000, 320200, 320500, 330200, 330300, 350200, 350500, 130200, 370600, 510700, 420600]
    await live(chat, *[code for code in capitals for _ in range(3)])
    seen = await chat.group("周海", "分布图")
    assert len(chat.in_group(seen)) == 1
    assert len(seen[0].text) <= LIMIT[Language.ZH]
    assert len(seen[0].en) <= LIMIT[Language.EN]
    assert f"共{3 * len(capitals)}人" in seen[0].text
    assert "其他地区" in seen[0].text


@pytest.mark.parametrize("text", ["分布图上没有我", "看分布图了吗", "map of China"])
async def test_talk_that_only_mentions_it_is_left_alone(chat: Dialogue, text: str) -> None:
    assert await chat.group("李小山", text) == []


async def test_who_saves_data_gets_the_words_without_the_picture(chat: Dialogue) -> None:
    await live(chat, *[HARBIN] * 3)
    for person in ("李小山", "王秀英"):
        await chat.private(person, "省流量")
        seen = await chat.private(person, "分布图")
        assert "哈尔滨" in seen[0].text
        assert not any(each.raw["picture"] for each in seen)


async def test_a_branch_may_ask_for_more_people_before_a_place_is_shown_and_for_no_fewer_than_three(chat: Dialogue) -> None:
    await live(chat, *[HARBIN] * 4, *[SHENZHEN] * 5)
    assert "满 3 人才显示" in chat.to("王秀英", await chat.private("王秀英", "分布图起数"))[0]
    for words in ("分布图起数 2", "分布图起数 100", "分布图起数 很多"):
        assert "不到 3 人" in chat.to("王秀英", await chat.private("王秀英", words))[0]
    assert chat.to("王秀英", await chat.private("王秀英", "分布图起数 5人")) == ["好，满 5 人才显示。改回去，十分钟内发“撤销”。"]
    assert "其他地区9" in (await chat.group("周海", "分布图"))[0].text
    await chat.pass_time(minutes=1)
    assert "满 3 人才显示" in chat.to("王秀英", await chat.private("王秀英", "撤销"))[0]
    assert "深圳5、哈尔滨4" in (await chat.group("周海", "分布图"))[0].text


@pytest.mark.parametrize("person", ["赵国强", "孙丽", "李小山", STRANGER])
async def test_nobody_but_who_sees_names_decides_on_that(chat: Dialogue, person: str) -> None:
    await chat.private(person, "分布图起数 9")
    assert "满 3 人" in chat.to("王秀英", await chat.private("王秀英", "分布图起数"))[0]


@pytest.mark.parametrize("words", ["有几面旗", "几面红旗？", "/flags"])
async def test_how_many_flags_there_are_is_told_in_words(chat: Dialogue, words: str) -> None:
    await live(chat, *[HARBIN] * 3, SHENZHEN, NANSHAN)
    told = "地图上有 5 面红旗，一人一面，同一个地方的并成一面、写上人数（自愿填报，2026-03-10）。看图发“分布图”。"
    assert chat.to("李小山", await chat.private("李小山", words)) == [told]


async def test_the_number_of_places_is_for_the_secretary_alone_and_not_for_her_group(chat: Dialogue) -> None:
    await live(chat, *[HARBIN] * 3, SHENZHEN)
    assert "2 个地方" in chat.to("王秀英", await chat.private("王秀英", "有几面旗"))[0]
    for seen in (await chat.group("王秀英", "@支部 有几面旗"), await chat.group("李小山", "@支部 有几面旗")):
        assert "4 面红旗" in chat.in_group(seen)[0]
        assert "个地方（" not in str(chat.in_group(seen))


async def test_in_a_group_of_two_who_told_the_secretary_gets_no_number_either(chat: Dialogue) -> None:
    await live(chat, HARBIN, SHENZHEN)
    assert chat.in_group(await chat.group("王秀英", "@支部 有几面旗")) == [TOO_FEW.zh]


async def test_of_two_people_not_even_the_cities_are_counted_but_to_the_secretary(chat: Dialogue) -> None:
    await live(chat, HARBIN, SHENZHEN)
    assert chat.to("李小山", await chat.private("李小山", "有几面旗")) == [TOO_FEW.zh]
    assert "2 面红旗" in chat.to("王秀英", await chat.private("王秀英", "有几面旗"))[0]


async def test_flags_of_another_branch_are_not_counted(chat: Dialogue) -> None:
    await live(chat, *[HARBIN] * 3)
    await chat.another_branch("东风村支部", {"钱有福": ["member"]})
    assert chat.to("钱有福", await chat.private("钱有福", "有几面旗")) == [TOO_FEW.zh]
    assert "面红旗" not in chat.to(STRANGER, await chat.private(STRANGER, "有几面旗"))[0]
