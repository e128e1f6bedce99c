"""早班车, as the curator meets it."""

from datetime import timedelta

from tests.dialogue import Dialogue, Seen

WHO = "王秀英"


async def _last(chat: Dialogue, text: str, person: str = WHO) -> Seen:
    return (await chat.private(person, text))[-1]


async def _evening(chat: Dialogue) -> list[Seen]:
    """Sunday 15 March, seven in the evening."""
    chat.now += timedelta(days=5, hours=10)
    return await chat.pass_time(seconds=0)


async def test_notes_are_kept_shown_and_taken_back(chat: Dialogue) -> None:
    assert (await _last(chat, "早班车")).text.startswith("下一次早班车：3月16日（周一） 7:30。还没有内容")
    assert (await _last(chat, "早班车 村里的桥修好了")).text.startswith("好，记下了，3月16日（周一）的早班车里带上。")
    chat.now += timedelta(seconds=1)
    await _last(chat, "早班车：合作社分红\n每户三百")
    assert (await _last(chat, "早班车")).text.endswith("攒着 2 条：\n· 村里的桥修好了\n· 合作社分红 每户三百")
    assert (await _last(chat, "撤销")).text == "好，那一条不要了。"
    assert "攒着 1 条" in (await _last(chat, "早班车")).text


async def test_it_is_shown_the_evening_before_and_posted_in_the_morning_if_approved(chat: Dialogue) -> None:
    await chat.private(WHO, "早班车 村里的桥修好了")
    await chat.private(WHO, "公告 村部门口的路在修。")
    await chat.private(WHO, "发")
    shown = await _evening(chat)
    assert chat.to(WHO, shown)[0] == "【新闻早班车】3月16日\n· 村里的桥修好了\n这一周支部：发了 1 条公告。"
    assert shown[-1].buttons == ("发", "改", "不发")
    assert chat.in_group(shown) == []
    assert (await chat.press(WHO, "发", shown[-1]))[-1].text == "好，3月16日（周一） 7:30 发到群里。"
    assert (await chat.press(WHO, "发", shown[-1]))[-1].text.startswith("这个按钮已经用过")
    posted = await chat.pass_time(hours=12, minutes=30)
    assert chat.in_group(posted) == ["【新闻早班车】3月16日\n· 村里的桥修好了\n这一周支部：发了 1 条公告。"]
    assert posted[0].en == "[Morning news] 16 Mar\n· 村里的桥修好了\nThis week in the branch: notices posted: 1."
    assert chat.in_group(await chat.pass_time(minutes=10)) == []
    assert "还没有内容" in (await _last(chat, "早班车")).text


async def test_what_nobody_approved_is_not_posted_and_waits(chat: Dialogue) -> None:
    await chat.private(WHO, "早班车 村里的桥修好了")
    shown = await _evening(chat)
    assert chat.in_group(await chat.pass_time(hours=13)) == []
    assert "攒着 1 条" in (await _last(chat, "早班车")).text
    await chat.pass_time(days=6)
    chat.now += timedelta(hours=11)
    again = await chat.pass_time(seconds=0)
    assert shown[-1].buttons == again[-1].buttons
    assert (await chat.press(WHO, "不发", again[-1]))[-1].text == "好，这次不发，几条都留着。"
    assert chat.in_group(await chat.pass_time(hours=12)) == []
    assert "攒着 1 条" in (await _last(chat, "早班车")).text


async def test_it_can_be_given_other_words_first(chat: Dialogue) -> None:
    await chat.private(WHO, "早班车 村里的桥修好了")
    shown = await _evening(chat)
    assert (await chat.press(WHO, "改", shown[-1]))[-1].text.startswith("好，把整段话发给我")
    again = await chat.private(WHO, "桥通了，回家的路近了三公里。")
    assert chat.to(WHO, again)[0] == "【新闻早班车】3月16日\n桥通了，回家的路近了三公里。"
    await chat.press(WHO, "改", again[-1])
    kept = await chat.press(WHO, "取消")
    assert chat.to(WHO, kept)[0] == "【新闻早班车】3月16日\n桥通了，回家的路近了三公里。"
    await chat.private(WHO, "发")
    assert chat.in_group(await chat.pass_time(hours=13)) == ["【新闻早班车】3月16日\n桥通了，回家的路近了三公里。"]


async def test_one_curator_decides_for_all(chat: Dialogue) -> None:
    await chat.join("沈国栋", "member", "curator")
    await chat.join("何春梅", "member", "curator")
    await chat.private("沈国栋", "早班车 村里的桥修好了")
    shown = await _evening(chat)
    assert chat.to(WHO, shown) == []
    mine = [each for each in shown if each.buttons and "沈国栋" in each.chat]
    hers = [each for each in shown if each.buttons and "何春梅" in each.chat]
    await chat.press("沈国栋", "不发", mine[0])
    assert (await chat.press("何春梅", "发", hers[0]))[-1].text == "这一期已经定过了。"


async def test_with_nothing_to_say_nothing_is_shown(chat: Dialogue) -> None:
    assert await _evening(chat) == []


async def test_new_members_are_counted_and_not_named(chat: Dialogue) -> None:
    await chat.pass_time(days=20)
    await chat.join("何春梅", "member")
    chat.now += timedelta(days=6 - 1, hours=10)
    shown = await chat.pass_time(seconds=0)
    while not shown:
        shown = await chat.pass_time(days=1)
    assert "来了 1 位新同志" in chat.to(WHO, shown)[0]
    assert "何春梅" not in "".join(chat.to(WHO, shown))


async def test_a_digest_takes_the_place_of_that_mornings_lesson(study: Dialogue) -> None:
    await study.private(WHO, "早班车 村里的桥修好了")
    await study.pass_time(days=3)
    shown = await _evening_of(study, 15)
    await study.press(WHO, "发", shown[-1])
    posted = study.in_group(await study.pass_time(hours=13))
    assert [text[:7] for text in posted] == ["【新闻早班车】"]
    assert study.in_group(await study.pass_time(days=1))[0].startswith("【三分钟党课】")


async def _evening_of(chat: Dialogue, day: int) -> list[Seen]:
    chat.now = chat.now.replace(day=day, hour=11, minute=0)
    return await chat.pass_time(seconds=0)


async def test_long_news_come_in_messages_of_a_phone(chat: Dialogue) -> None:
    for number in range(4):
        await chat.private(WHO, f"早班车 第{number}条：" + "村里的桥修好了，" * 15)
    shown = await _evening(chat)
    texts = chat.to(WHO, shown)
    assert len(texts) == 5
    assert all(len(text) <= 200 for text in texts)


async def test_too_much_is_said(chat: Dialogue) -> None:
    assert "一条最多 150 个字" in (await _last(chat, "早班车 " + "桥" * 151)).text
    for number in range(12):
        await chat.private(WHO, f"早班车 {number}")
    assert "已经攒了 12 条" in (await _last(chat, "早班车 再来一条")).text


async def test_the_time_is_shown_changed_and_switched_off(chat: Dialogue) -> None:
    assert "每周一 7:30" in (await _last(chat, "早班车时间")).text
    assert "每周五 12:00" in (await _last(chat, "早班车时间 周五 12:00")).text
    assert "3月13日（周五） 12:00" in (await _last(chat, "早班车")).text
    chat.now += timedelta(seconds=1)
    assert "每周三 12:00" in (await _last(chat, "早班车时间 周三")).text
    chat.now += timedelta(seconds=1)
    assert (await _last(chat, "早班车时间 关")).text.startswith("没有早班车")
    assert (await _last(chat, "早班车时间")).text.startswith("没有早班车")
    await chat.private(WHO, "早班车 村里的桥修好了")
    assert await _evening(chat) == []


async def test_my_notes_are_told_to_me_and_gone_when_posted(chat: Dialogue) -> None:
    await chat.private(WHO, "早班车 村里的桥修好了")
    told = ""
    seen = await chat.private(WHO, "我的")
    while "下一页" in seen[-1].buttons:
        told += seen[-1].text
        seen = await chat.private(WHO, "下一页")
    assert "您记的早班车（发出后就删）：村里的桥修好了" in told + seen[-1].text


async def test_only_curators_note_and_the_group_may_speak_of_buses(chat: Dialogue) -> None:
    assert "学习委员或书记" in (await _last(chat, "早班车 停运了", "李小山")).text
    assert await chat.group("李小山", "早班车 停运了") == []
    assert await chat.group(WHO, "早班车") == []
    assert await chat.group(WHO, "早班车时间") == []


async def test_a_name_is_asked_back_before_it_is_kept(chat: Dialogue) -> None:
    seen = await chat.private(WHO, "早班车 周海家的猪得病了")
    assert seen[-1].text == "里面有同志的名字，发到群里要本人同意。去掉名字再发？"
    assert seen[-1].buttons == ("去掉", "本人同意了", "不记")
    assert (await chat.private(WHO, "去掉"))[-1].text.startswith("好，记下了")
    assert "· 一位同志家的猪得病了" in (await _last(chat, "早班车")).text
    await chat.private(WHO, "早班车 周海评上了先进")
    assert (await chat.private(WHO, "不记"))[-1].text == "好，没有记。"
    await chat.private(WHO, "早班车 周海评上了先进")
    await chat.private(WHO, "本人同意了")
    told = (await _last(chat, "早班车")).text
    assert "周海评上了先进" in told
    assert "攒着 2 条" in told


async def test_what_is_taken_back_after_the_offer_is_not_posted_and_what_comes_later_waits(chat: Dialogue) -> None:
    await chat.private(WHO, "早班车 村里的桥修好了")
    chat.now = chat.now.replace(day=15, hour=10, minute=55)
    await chat.private(WHO, "早班车 路也修好了")
    shown = await chat.pass_time(minutes=5)
    assert "路也修好了" in chat.to(WHO, shown)[0]
    await chat.private(WHO, "撤销")
    assert "3月23日" in (await _last(chat, "早班车 井也修好了")).text
    assert (await chat.press(WHO, "发", shown[-1]))[-1].text == "好，3月16日（周一） 7:30 发到群里。"
    posted = chat.in_group(await chat.pass_time(hours=12, minutes=30))
    assert posted == ["【新闻早班车】3月16日\n· 村里的桥修好了"]
    assert "攒着 1 条" in (await _last(chat, "早班车")).text


async def test_after_the_preview_the_word_is_enough(chat: Dialogue) -> None:
    await chat.private(WHO, "早班车 村里的桥修好了")
    await _evening(chat)
    assert (await _last(chat, "发")).text == "好，3月16日（周一） 7:30 发到群里。"
