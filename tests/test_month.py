"""The scripted month of the sample branch, as `make month` plays it: what must have happened, and what the group must never have seen."""

from collections import Counter
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from bot.app import App
from bot.config import DatabaseSection, Settings, Study, Web
from bot.operations import ledger, opening, sample, say, story
from bot.operations.stage import Message
from bot.texts import LIMIT, Language
from storage.members import Member
from storage.unit_of_work import UnitOfWork
from tests.databases import Databases
from tests.month import SCRIPT, dated

LOADED = datetime(2026, 11, 29, 4, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 30)


class Month:
    """Everything that was shown, and who there is."""

    def __init__(self, messages: list[Message], members: list[Member], audits: list[str]) -> None:
        self.bot = [each for each in messages if each["from"]["en"] not in {member.latin for member in members}]
        self.group = [each for each in self.bot if each["chat"] == "group"]
        self.members = members
        self.audits = audits

    def said(self, words: str, to: str = "") -> list[Message]:
        """What the bot said with some words, perhaps to one person."""
        return [each for each in self.bot if words in each["text"]["zh"] and to in {"", each["to"]["zh"]}]


async def _members(work: UnitOfWork) -> list[Member]:
    work.enter((await work.branches.all())[0].id)
    return await work.members.present()


async def _play(url: str) -> Month:
    settings = Settings(database=DatabaseSection(url=url), web=Web(port=0), study=Study())
    async with opening.opened(settings, lambda: LOADED) as database:
        await database.run(sample.load)
        members = await database.run(_members)
    await story.perform(partial(App, settings), LOADED)
    script = say.lines(dated(SCRIPT.read_text(encoding="utf-8"), MONDAY))
    messages = [each async for shown in say.play(partial(App, settings), LOADED, script) for each in shown]
    audits = [line for name, audit in await ledger.verify(settings, lambda: LOADED) for line in ledger.told(name, audit)]
    return Month(messages, members, audits)


def no_message_in_the_group_names_anybody_of_the_branch(month: Month) -> None:
    names = {name for member in month.members for name in (member.name, member.latin)}
    assert len(month.group) > 20
    named = [each["text"] for each in month.group if any(name in each["text"]["zh"] + each["text"]["en"] for name in names)]
    assert named == []


def no_message_is_longer_than_a_small_phone_shows(month: Month) -> None:
    over = [each["text"] for each in month.bot if any(len(each["text"][language.value]) > LIMIT[language] for language in Language)]
    assert over == []


OUTCOMES = (
    ("依据《党费收缴、使用和管理的规定》第二条", "陈立夏"),
    ("没有这样的月份", "李小山"),
    ("金额不能是负数", "李小山"),
    ("只有组织委员和书记私下看得到", "李小山"),
    ("更正为 10月 30 元，收据", "赵国强"),
    ("11月 20 元党费已确认，收据", "李小山"),
    ("没有等您核对的党费", "赵国强"),
    ("没有找到您的这张收据", "李小山"),
    ("大额党费（另记） 1500 元", "马文秀"),
    ("11月还不能结", "赵国强"),
    ("11月党费结账了", "赵国强"),
    ("不是这个，应该是“B 施工总承包单位”", "吴芳"),
    ("排名和积分我不做", "吴芳"),
    ("停机期间有 3 天的党课没发", "沈国栋"),
    ("回来就好。漏了", "周海"),
    ("我去掉了：号码、住址、姓名、病情", "李小山"),
    ("是又捐一笔，还是同一笔", "陈立夏"),
    ("1000000.00 元，对吗", "吴芳"),
    ("经办人不能批", "王秀英"),
    ("够两位了，可以付", "赵国强"),
    ("【紧急】吴芳", "王秀英"),
    ("【紧急】吴芳", "孙丽"),
    ("不再认捐", "陈立夏"),
    ("连续六个月没交党费，只给支委会和书记看", "何春梅"),
    ("账平，没有被改过", "李小山"),
)
"""What somebody was told in that month."""


def all_that_was_written_happened(month: Month) -> None:
    assert [(words, to) for words, to in OUTCOMES if not month.said(words, to)] == []


def a_question_that_was_answered_wrong_is_seen_again_days_later(month: Month) -> None:
    asked = {each["at"][:10] for each in month.said("工地上分包单位欠了工资，先由谁清偿", "吴芳")}
    assert len(asked) >= 3


def the_appeal_ends_in_the_group_with_thanks_and_a_report_without_names(month: Month) -> None:
    told = "\n".join(each["text"]["zh"] for each in month.group)
    assert "【互助 A3】同志的家属到北京就医，要人带路挂号。" in told
    assert "A3 已解决，1 位同志帮了忙，谢谢。" in told
    assert "A3：收 3050.00、支 3000.00、余 50.00" in told


def nobody_is_reminded_of_dues_twice_in_a_month_and_never_in_the_group(month: Month) -> None:
    reminders = month.said("党费提一句")
    assert {each["chat"] for each in reminders} == {"private"}
    counts = Counter((each["to"]["zh"], each["at"][:7]) for each in reminders)
    assert set(counts.values()) == {1}


def what_was_confirmed_and_undone_is_reversed_in_a_sound_ledger(month: Month) -> None:
    assert len(month.audits) == 2
    assert all(line.startswith("good ") for line in month.audits)


async def test_the_scripted_month_goes_as_written_and_shames_nobody(databases: Databases, tmp_path: Path) -> None:
    month = await _play(databases.blank(tmp_path / "month.db"))
    assert month.group
    for held in (
        no_message_in_the_group_names_anybody_of_the_branch,
        no_message_is_longer_than_a_small_phone_shows,
        all_that_was_written_happened,
        a_question_that_was_answered_wrong_is_seen_again_days_later,
        the_appeal_ends_in_the_group_with_thanks_and_a_report_without_names,
        nobody_is_reminded_of_dues_twice_in_a_month_and_never_in_the_group,
        what_was_confirmed_and_undone_is_reversed_in_a_sound_ledger,
    ):
        held(month)
