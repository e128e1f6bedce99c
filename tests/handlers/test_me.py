"""我的、导出, as people meet them."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import escape
from typing import Any

from sqlalchemy import select, text

from bot.services import offered, people, register
from bot.services.consents import Purpose
from storage.keys import MemberId, UnitId
from storage.ledger import Line
from storage.lessons import Lesson
from storage.liaisons import Wish
from storage.review_cards import Card
from storage.schema import metadata
from storage.studies import Seen as Read
from storage.tables import transcript
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen


async def _everything(chat: Dialogue, person: str, word: str = "我的") -> str:
    seen = await chat.private(person, word)
    texts = chat.to(person, seen)
    while "下一页" in (seen[-1].buttons or ()):
        seen = await chat.private(person, "下一页")
        texts += chat.to(person, seen)
    assert all(len(text) <= 200 for text in texts)
    return "\n".join(texts)


def _document(chat: Dialogue, seen: list[Seen]) -> dict[str, Any]:
    assert chat.app.browser
    served = chat.app.browser._files.serve(seen[-1].raw["file"]["url"].rsplit("/", 1)[-1], None)
    assert served.content_type == "application/json"
    document: dict[str, Any] = json.loads(served.body)  # type: ignore[arg-type]
    return document


def _page(chat: Dialogue, seen: list[Seen]) -> str:
    """The readable one of the two files."""
    assert chat.app.browser
    served = chat.app.browser._files.serve(seen[-2].raw["file"]["url"].rsplit("/", 1)[-1], None)
    assert served.content_type == "text/html"
    return bytes(served.body).decode()  # type: ignore[arg-type]


async def test_all_that_is_kept_is_told_in_pages(chat: Dialogue) -> None:
    await chat.private("孙丽", "签到")

    async def consent(work) -> None:  # type: ignore[no-untyped-def]
        work.consents.put(chat.members["孙丽"], Purpose.LOCATION.value, given=False)

    await chat.in_branch(consent)
    told = await _everything(chat, "孙丽")
    for part in (
        "姓名：孙丽",
        "角色：党员、联络员",
        "账号：网页",
        "最近一次有消息：2026-03-10",
        "记录所在城市：不同意（2026-03-10）",
        "还没表过态",
        "免打扰：22–7（默认）",
        "时区：北京时间",
        "语言：中文",
        "提醒：正常",
        "报平安：2026-03: 10",
        "留 90 天",
        "党员名册",
    ):
        assert part in told


async def test_somebody_new_is_told_that_there_is_nothing(chat: Dialogue) -> None:
    assert "报平安：没有" in await _everything(chat, "李小山", "看我的数据")


async def test_the_export_is_a_file_that_a_program_can_read(chat: Dialogue) -> None:
    await chat.private("李小山", "安静 23-6")
    await chat.private("李小山", "签到")
    seen = await chat.private("李小山", "导出")
    assert chat.to("李小山", seen) == ["这是我这里关于您的全部资料，请自己收好。", "同样的内容，给程序读的。"]
    assert seen[-2].raw["file"]["name"] == "zhibu-my-data.html"
    assert seen[-1].raw["file"]["name"] == "zhibu-my-data.json"
    document = _document(chat, seen)
    assert document["person"]["name"] == "李小山"
    assert document["settings"]["quiet_from"] == 23
    assert {"name": "check_in", "title": "报平安", "lines": ["2026-03: 10"]} in document["kept"]


async def test_the_export_does_not_call_undoable_what_is_final(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await chat.private("李小山", "删除我的报平安记录")
    document = _document(chat, await chat.private("李小山", "导出"))
    assert [set(each) for each in document["final"]] == [{"at"}]
    assert "final" not in {each["kind"] for each in document["undoable"]}


async def test_nobody_gets_anothers_data_and_the_group_sees_none(chat: Dialogue) -> None:
    assert await chat.group("李小山", "我的") == []
    seen = await chat.group("李小山", "@支部机器人 我的")
    assert chat.in_group(seen) == []
    assert "姓名：李小山" in chat.to("李小山", seen)[0]
    assert await chat.group("李小山", "导出") == []


async def test_check_ins_are_deleted_on_a_word_and_the_days_number_follows(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await chat.pass_time(days=1)
    await chat.private("李小山", "签到")
    seen = await chat.private("李小山", "删除我的报平安记录")
    assert chat.to("李小山", seen) == ["已删除您 2 天的报平安记录。别的不受影响，以后照样可以报平安。"]
    assert "刚才的报平安撤回了。" in chat.in_group(await chat.pass_time(seconds=15))
    [told] = chat.to("李小山", await chat.private("李小山", "撤销"))
    assert told.startswith("报平安的记录删了，这一步撤不回来。")
    assert "最近一次报平安：没有" in await _everything(chat, "李小山")
    assert chat.to("李小山", await chat.private("李小山", "/forgetcheckins")) == ["没有报平安的记录，不用删。"]
    assert chat.to("李小山", await chat.private("李小山", "签到")) == ["收到，一路平安。想撤回，十分钟内发“撤销”。"]


async def test_old_check_ins_of_another_stay(chat: Dialogue) -> None:
    await chat.private("周海", "签到")
    chat.now += timedelta(minutes=1)
    await chat.private("李小山", "删除我的报平安记录")
    assert "报平安：2026-03: 10" in await _everything(chat, "周海")


async def test_a_stranger_is_told_nothing(chat: Dialogue) -> None:
    assert "我还不认识您" in "".join(each.text for each in await chat.private("路人", "我的"))
    assert await chat.private("路人", "导出") == []


def _lines(document: dict[str, Any], name: str) -> list[str]:
    return [line for each in document["kept"] if each["name"] == name for line in each["lines"]]


def _aid(document: dict[str, Any], line: str) -> bool:
    return any(line in each["lines"] for each in document["kept"] if each["name"] == "aid")


TOLD: dict[str, Callable[[dict[str, Any]], Any]] = {
    "role": lambda document: document["person"]["roles"]["member"],
    "account": lambda document: [document["accounts"][0][name] for name in ("bound_at", "introduced_at", "used_at")],
    "invite": lambda document: document["codes"][0]["expires_at"],
    "consent": lambda document: document["consents"],
    "check_in": lambda document: [each["lines"] for each in document["kept"] if each["name"] == "check_in"] == [["2026-03: 10（补录）"]],
    "place": lambda document: [each for each in document["kept"] if each["name"] == "place" and "补录" in each["lines"][0]],
    "notice_read": lambda document: [each for each in document["kept"] if each["name"] == "notice" and "N1" in each["lines"][0]],
    "seek_task": lambda document: "您说先不联系" in _lines(document, "seeking")[0],
    "seek_passing": lambda document: "我知道某同志在哪" in _lines(document, "seeking")[1],
    "unit_office": lambda document: _lines(document, "units")[0] == "分管（组织员）：镇党委",
    "unit_member": lambda document: _lines(document, "units")[1] == "党小组：一组",
    "question": lambda document: document["questions"][0]["kind"],
    "deed": lambda document: {"check_in", "place", "settings"} <= {each["kind"] for each in document["undoable"]},
    "outbox": lambda document: document["waiting_messages"],
    "ledger_line": lambda document: (
        [each["lines"] for each in document["kept"] if each["name"] == "ledger"] == [["党费第 1 笔，2026-03-10：2026-03 20.00"]]
    ),
    "review_card": lambda document: _lines(document, "quiz")[-1].startswith("养猪 第 1 题：答过 1 次"),
    "daily_question": lambda document: _lines(document, "quiz")[0] == "每天一题：开着",
    "study_time": lambda document: "夜校 2.6 学时（自己报的）" in _lines(document, "study_time")[0],
    "reflection": lambda document: _lines(document, "reflection")[0].endswith("以后先留证据。"),
    "discussion_voice": lambda document: "第 1 次讨论" in _lines(document, "discussion")[0],
    "lesson_seen": lambda document: (
        [each["lines"] for each in document["kept"] if each["name"] == "lesson"] == [["养猪（2026-03-10，学完了）"]]
    ),
    "news_note": lambda document: [each for each in document["kept"] if each["name"] == "news" and each["lines"] == ["桥修好了"]],
    "appeal": lambda document: _aid(document, "A1，2026-03-10，等书记核实：上学 孩子入学没着落"),
    "aid_offer": lambda document: _aid(document, "2026-03-10 回应求助（收回了）：我有空"),
    "skill": lambda document: _aid(document, "能帮忙的：修电器"),
    "aid_mute": lambda document: _aid(document, "不再问您的求助种类：经济困难"),
    "aid_alarm": lambda document: _aid(document, "2026-03-10 紧急求助（没记原话）"),
    "pledge": lambda document: _lines(document, "pledge") == ["P1：爱心基金 5.00 元，待到账（2026-03-10）"],
    "payout_approval": lambda document: _lines(document, "payout") == ["付款 B1：2026-03-10 同意"],
    "pairing": lambda document: _lines(document, "pairing") == ["村东李家（2026-03-10起），记了 0 次"],
    "register": lambda document: "手机：138 0000 1234" in _lines(document, "register"),
    "register_change": lambda document: any("手机：没有 → 138 0000 1234" in each for each in _lines(document, "register")),
    "liaison": lambda document: "孙丽，2026-03-10 起" in _lines(document, "liaison"),
    "departure": lambda document: _lines(document, "departure") == ["在外：今天走，去四川省成都市，务工"],
    "care_contact": lambda document: "2026-03-10 谈过" in _lines(document, "liaison"),
    "care_wish": lambda document: "不要生日问候" in _lines(document, "liaison"),
    "care_prompt": lambda document: "等着告诉您的联系人：1 件" in _lines(document, "liaison"),
    "bulletin": lambda document: _lines(document, "bulletin") == ["困难通报 T1：等书记发，房子被淹"],
    "dues_assessment": lambda document: "2026-01 起每月 20 元（在职）" in _lines(document, "dues"),
    "dues_claim": lambda document: "C1，2026-03-10 报，60.00 元，1–3月，待核对" in _lines(document, "dues"),
    "dues_reduction": lambda document: "减免申请 J1，2026-03-10，等支部研究，理由：住院" in _lines(document, "dues"),
    "dues_elsewhere": lambda document: "2026-02 起在外地交党费" in _lines(document, "dues_keeping"),
    "dues_reminding": lambda document: "最近一次提醒党费：2026-03" in _lines(document, "dues_keeping"),
    "trail_entry": lambda document: any("王秀英（党员、书记）改了报平安：1 天" in each for each in _lines(document, "trail")),
    "sharing_consent": lambda document: "新南街道党工委：您同意了（2026-03-10）" in _lines(document, "sharing"),
    "sharing": lambda document: "2026-03-10 给新南街道党工委：姓名、入党时间" in _lines(document, "sharing"),
    "tombstone": lambda document: _lines(document, "erased") == ["2026-03-10 删了位置"],
    "link": lambda document: {each["kind"] for each in document["web"]} == {"link", "session"},
}
"""Where the export tells what each table holds about a person."""


def _looked_after(chat: Dialogue, work: UnitOfWork, member: MemberId) -> None:
    """Away, with a liaison."""
    work.departures.add(member, state="kept", reason="务工", place=510100, leave_on=work.now.date())
    work.liaisons.assign(member, chat.members["孙丽"], None)
    work.care_contacts.add(member, "talk", work.now.date(), None)
    work.liaisons.want(Wish(member, birthday=False))
    work.liaisons.prompt(member, "moved")


UNREACHED = {"departure"}


def _sought(work: UnitOfWork, member: MemberId) -> None:
    """They said that they would rather not be in touch, and that they know where another is."""
    work.seeking.note(member, None, state="declined")
    work.seeking.ask(member, None, None, work.now)


def _shared(work: UnitOfWork, member: MemberId, secretary: MemberId) -> None:
    """Something is given to a host, with consent."""
    host = work.agreements.add("新南街道党工委", work.now.date(), work.now.date(), "", secretary)
    work.agreements.answer(work.agreements.ask(member, host, secretary), state="agreed")
    work.agreements.share(member, host, "name joined", secretary)


async def _filled(chat: Dialogue) -> None:
    """Something about one person in every table."""
    for person, words in (
        ("李小山", "同意记位置"),
        ("李小山", "安静 23-6"),
        ("李小山", "我学了2小时 夜校"),
        ("李小山", "心得 以后先留证据。"),
        ("李小山", "每天一题"),
        ("王秀英", "补录 李小山 报平安"),
        ("王秀英", "补录 李小山 在哈尔滨"),
    ):
        await chat.private(person, words)
    await chat.group("王秀英", "公告 村部门口的路在修。")
    await chat.group("李小山", "收到")
    await chat.private("王秀英", "讨论 秋收忙不忙？")
    await chat.private("王秀英", "对")
    await chat.private("李小山", "讨论 忙着呢")
    await chat.private("李小山", "我在南山")

    async def more(work: UnitOfWork) -> None:
        member = chat.members["李小山"]
        await work.invites.issue("hash", member, work.now + timedelta(days=7))
        for kind in ("link", "session"):
            work.links.add(kind, member, kind, work.now + timedelta(days=1))
        work.review_cards.put(member, Card("pigs", 0, "先问", {}, work.now.date(), work.now.date(), 1))
        dues = [Line("custody", 2000), Line("dues", -2000, member, "2026-03")]
        await work.ledger.append("dues", "paid", dues, actor=None, subject=member)
        lesson = {"topic": "skills", "series": "种养", "series_en": "Farming", "position": 1, "day": None, "minutes": 1}
        work.lessons.put(Lesson(id="pigs", **lesson, title="养猪", title_en="Pigs", content={}), heading="养猪", words="")
        work.studies.mark(member, Read("pigs", work.now, work.now, 1))
        work.news.note(member, "桥修好了")
        appeal = await work.appeals.add(member, "asked", kind="schooling", need="孩子入学没着落")
        work.aid_offers.add(appeal.id, member, "我有空", "withdrawn")
        work.skills.add(member, "修电器")
        await register.change(
            work, people.actor_of(await people.present(work, member)), member, {register.Field.PHONE: "13800001234"}, how=register.How.OWN
        )
        work.skills.mute(member, "money")
        work.alarms.add(member)
        await work.bulletins.add(member, "房子被淹", work.now + timedelta(days=1))
        await work.pledges.add(member, None, 500, anonymous=False)
        secretary = chat.members["王秀英"]
        paid = await work.payouts.add(secretary, 500, "慰问", appeal_number=None, general=True, beneficiary_id=None)
        await work.payouts.say(paid, "approved", member_id=member, entered_by=member)
        _looked_after(chat, work, member)
        _shared(work, member, secretary)
        work.pairings.change(work.pairings.add(member), state="paired", household="村东李家", matched_at=work.now)
        await work.dues_assessments.add(member, effective_from="2026-01", category="salaried", monthly_fen=2000, article="第二条")
        claim = {"claimed_by": member, "payer": "self", "kind": "months", "state": "waiting", "flags": []}
        months = [[month, 2000] for month in ("2026-01", "2026-02", "2026-03")]
        await work.dues_claims.add(member, fen=6000, months=months, **claim)
        await work.dues_reductions.add(member, "住院")
        work.dues_elsewhere.add(member, "2026-02", None, member)
        _sought(work, member)
        work.tombstones.add([member], "place")
        town = work.units.add("committee", "镇党委", "Town", None)
        work.units.appoint(member, work.branch_id, town.id)
        group = work.units.add("group", "一组", "One", UnitId(work.branch_id), work.branch_id)
        work.units.put([member], work.branch_id, group.id)
        work.dues_reminding.put(member, reminded_in="2026-03", run_since="2025-12")
        work.outbox.add(None, kind="private", member_id=member, priority=2, content={"zh": "好", "en": "good"}, language="zh")

    await chat.in_branch(more)


async def test_the_export_tells_what_every_table_holds_about_a_person(chat: Dialogue) -> None:
    await _filled(chat)
    tables = {table for table in metadata.sorted_tables if "member_id" in table.c}
    assert {table.name for table in tables} == set(TOLD), "tell it in bot/services/me.py, too"

    async def empty(work: UnitOfWork) -> list[str]:
        mine = {table.name: await work.rows(select(table).where(table.c.member_id == chat.members["李小山"])) for table in tables}
        return [name for name, rows in mine.items() if not rows]

    assert await chat.in_branch(empty) == []
    seen = await chat.private("李小山", "导出")
    document = _document(chat, seen)
    page = _page(chat, seen)
    assert [line for each in document["kept"] for line in (each["title"], *each["lines"]) if escape(line) not in page] == []
    assert [name for name, tells in TOLD.items() if not tells(document)] == []


async def test_what_is_soon_over_is_told_in_few_words(chat: Dialogue) -> None:
    await _filled(chat)
    told = await _everything(chat, "李小山")
    for part in ("2026-03-10 绑定", "有一个还没用", "网页入口和登录：2 个", "还能撤销的事：", "等您回答的问题：", "等着发您的消息：1 条"):
        assert part in told


async def test_telegram_is_spoken_of_only_where_there_is_telegram(chat: Dialogue) -> None:
    assert "Telegram" not in await _everything(chat, "李小山")
    await chat.run(offered.note, ["browser", "telegram"])
    assert "经 Telegram（服务器在境外）联系：还没表过态" in await _everything(chat, "李小山")


async def test_what_is_ones_own_is_erased_after_two_steps_and_what_stays_is_named_with_its_rule(chat: Dialogue) -> None:
    await _filled(chat)
    [asked] = chat.to("李小山", await chat.private("李小山", "删除我的资料"))
    assert all(rule in asked for rule in ("党章第八条", "会计档案", "个人信息保护法第五十六条"))
    assert len(asked) <= 200
    [typed] = chat.to("李小山", await chat.private("李小山", "都删"))
    seen = await chat.private("李小山", typed[-4:])
    assert chat.to("李小山", seen)[0].startswith("都删了。")
    document = _document(chat, await chat.private("李小山", "导出"))
    for name in ("check_in", "place", "reflection", "study_time", "lesson", "departure", "quiz"):
        assert _lines(document, name) == [], name
    text = json.dumps(document, ensure_ascii=False)
    assert [word for word in ("138 0000 1234", "修电器", "以后先留证据") if word in text] == []
    assert document["settings"]["quiet_from"] is None
    assert document["person"]["name"] == "李小山"
    assert _lines(document, "ledger") == ["党费第 1 笔，2026-03-10：2026-03 20.00"]
    assert "2026-03-10 删了您自己的资料" in _lines(document, "erased")
    [told] = chat.to("李小山", await chat.private("李小山", "撤销"))
    assert told.startswith("您自己的资料删了，这一步撤不回来。")


async def test_a_wrong_code_or_a_no_erases_nothing(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await chat.private("李小山", "删除我的资料")
    assert chat.to("李小山", await chat.private("李小山", "不删")) == ["好，都留着。"]
    await chat.private("李小山", "删除我的资料")
    await chat.private("李小山", "都删")
    [told] = chat.to("李小山", await chat.private("李小山", "abcd"))
    assert "没有删" in told
    assert "报平安：2026-03: 10" in await _everything(chat, "李小山")


async def test_the_telephone_number_goes_on_a_word_and_from_the_history_too(chat: Dialogue) -> None:
    await _filled(chat)
    await chat.private("李小山", "把我的电话删掉")
    assert chat.to("李小山", await chat.private("李小山", "删")) == ["您的手机号删了，改动记录里也删了。"]
    document = _document(chat, await chat.private("李小山", "导出"))
    assert "138 0000 1234" not in json.dumps(document, ensure_ascii=False)
    assert "2026-03-10 删了手机号" in _lines(document, "erased")
    assert chat.to("李小山", await chat.private("李小山", "删除我的手机号")) == ["没有记您的手机号，不用删。"]


async def test_a_telephone_number_goes_at_once_by_its_command_and_after_a_question_in_other_words(chat: Dialogue) -> None:
    await chat.private("李小山", "我的手机换成 13800001234")
    assert "找不回来" in chat.to("李小山", await chat.private("李小山", "把我的手机号删掉吧"))[0]
    assert chat.to("李小山", await chat.private("李小山", "不删")) == ["好，手机号留着。"]
    assert "138 0000 1234" in await _everything(chat, "李小山")
    await chat.private("李小山", "把我的手机号删掉吧")
    assert "删了" in chat.to("李小山", await chat.private("李小山", "删"))[0]
    await chat.private("李小山", "我的手机换成 13800001234")
    assert "删了" in chat.to("李小山", await chat.private("李小山", "删除我的手机号"))[0]
    assert "138 0000 1234" not in await _everything(chat, "李小山")


async def test_a_number_that_only_the_history_knows_goes_too(chat: Dialogue) -> None:
    await chat.private("李小山", "我的手机换成 13800001234")

    async def cleared(work: UnitOfWork) -> None:
        secretary = people.actor_of(await people.present(work, chat.members["王秀英"]))
        await register.change(work, secretary, chat.members["李小山"], {register.Field.PHONE: None}, how=register.How.ENTERED)

    await chat.in_branch(cleared)
    assert chat.to("李小山", await chat.private("李小山", "删除我的手机号")) == ["您的手机号删了，改动记录里也删了。"]
    assert "138 0000 1234" not in await _everything(chat, "李小山")


async def test_a_number_that_nobody_can_read_any_more_can_be_erased(chat: Dialogue) -> None:
    await chat.private("李小山", "我的手机换成 13800001234")
    await chat.in_branch(lambda work: work.change(text("UPDATE register SET phone = 'v1.deadbeef.' || substr(phone, 13)")))
    assert chat.to("李小山", await chat.private("李小山", "删除我的手机号")) == ["您的手机号删了，改动记录里也删了。"]


async def test_after_erasing_no_letter_about_going_away_goes_out(chat: Dialogue) -> None:
    await chat.private("李小山", "同意记位置")
    await chat.pass_time(hours=13, minutes=40)  # 22:40: the secretary hears of it in the morning
    seen = await chat.private("李小山", "我明天去深圳打工，去一年")
    while "跳过" in seen[-1].buttons:
        seen = await chat.press("李小山", "跳过", seen[-1])
    await chat.press("李小山", "报上去", seen[-1])
    await chat.private("李小山", "删除我的资料")
    digits = re.search(r"[0-9]{4}", (await chat.press("李小山", "都删"))[-1].text)
    assert digits
    assert "都删了" in "".join(chat.to("李小山", await chat.private("李小山", digits[0])))
    assert "深圳" not in "".join(chat.to("王秀英", await chat.pass_time(hours=10)))


async def test_the_browsers_record_of_the_private_chat_goes_with_it(chat: Dialogue) -> None:
    await chat.private("李小山", "我换单位了，在星河机械厂")
    await chat.pass_time(minutes=1)
    await chat.private("李小山", "删除我的资料")
    digits = re.search(r"[0-9]{4}", (await chat.press("李小山", "都删"))[-1].text)
    assert digits
    await chat.private("李小山", digits[0])

    async def said_there(work: UnitOfWork) -> str:
        return str([row.message for row in await work.rows(select(transcript.c.message))])

    assert "星河机械厂" not in await chat.in_branch(said_there)
