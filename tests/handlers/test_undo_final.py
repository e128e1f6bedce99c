"""撤销 after something that cannot be taken back, mistyped, and in other words."""

import re

import pytest

from bot import clock, discovery, reading
from bot.commands import Registry
from bot.language.said import Setting
from bot.messages import Outgoing
from bot.services import aid_finals, finals, posting, uncertain
from bot.texts import Text, too_long
from handlers.undo import FINAL
from storage.unit_of_work import UnitOfWork
from tests import care_fund
from tests.appeals import ASKER, SECRETARY, asked, posted, shown_now, verified
from tests.care_fund import KEEPER
from tests.claiming import claim
from tests.dialogue import STRANGER, Dialogue

NOTHING = "十分钟内没有能撤销的事，放心。"


async def says(chat: Dialogue, who: str, text: str = "撤销") -> str:
    return "".join(chat.to(who, await chat.private(who, text)))


async def test_after_verifying_the_older_notice_stays(chat: Dialogue) -> None:
    await asked(chat)
    await chat.private(SECRETARY, "公告 周六上午九点开会")
    assert "周六上午九点开会" in chat.in_group(await chat.press(SECRETARY, "发"))[0]
    await chat.pass_time(minutes=1)
    await chat.private(SECRETARY, "核实 A1")
    for _ in range(2):
        told = await says(chat, SECRETARY)
        assert told.startswith("求助 A1 核实了，这一步撤不回来。")
        assert "撤回求助 A1" in told
    assert "周六上午九点开会" in "".join(shown_now(chat))


async def test_after_agreeing_to_the_post_the_answer_names_the_way_back(chat: Dialogue) -> None:
    await verified(chat)
    await chat.private(ASKER, "签到")
    await chat.press(ASKER, "同意提就医")
    await chat.press(ASKER, "同意发")
    told = await says(chat, ASKER)
    assert told.startswith("求助 A1 您同意发群了，这一步撤不回来。")
    assert "撤回求助 A1" in told
    assert "撤回了" in await says(chat, ASKER, "撤回求助 A1")
    assert await says(chat, ASKER) == "求助 A1 撤回了，这一步撤不回来。还要人帮，再发“求助”。"


async def test_after_declaring_it_true_the_way_back_is_named_for_ten_minutes(chat: Dialogue) -> None:
    await asked(chat)
    assert await says(chat, ASKER) == "求助 A1 已经交给书记核实，这一步撤不回来。不求了，发“撤回求助 A1”。"
    pages = await says(chat, ASKER, "我的")
    while "刚做的、撤不回的事：1 件" not in pages:
        pages = "".join(chat.to(ASKER, await chat.press(ASKER, "下一页")))
    await chat.pass_time(minutes=10, seconds=1)
    assert await says(chat, ASKER) == NOTHING


async def test_after_the_question_about_health_nothing_says_that_it_was_one(chat: Dialogue) -> None:
    await verified(chat)
    await chat.press(ASKER, "同意提就医")
    told = await says(chat, ASKER)
    assert told.startswith("求助 A1 那一问您答过了，这一步撤不回来。")
    assert "医" not in told
    assert "health" not in "".join(each.en for step in (aid_finals.HEALTH, aid_finals.HEALTH_UNPOSTED) for each in step)


@pytest.mark.parametrize(("press", "told"), [("联系过了", "求助 A1 记了“联系过了”，这一步撤不回来。"), ("核实", "求助 A1 核实了，")])
async def test_pressed_on_the_card_it_is_the_same(chat: Dialogue, press: str, told: str) -> None:
    await asked(chat)
    await chat.press(SECRETARY, press)
    assert (await says(chat, SECRETARY)).startswith(told)


async def test_declined_is_said_and_held_back_changes_nothing(chat: Dialogue) -> None:
    await asked(chat)
    await chat.private(SECRETARY, "不受理 A1 重复了")
    assert "没有受理，已经告诉本人，这一步撤不回来" in await says(chat, SECRETARY)
    await verified(chat, "周海", "孩子在深圳上学没着落，组织能帮忙吗")
    await chat.private("周海", "签到")
    await chat.press("周海", "先不发")
    assert await says(chat, "周海") == "好，今天的报平安撤回了。"


async def test_what_can_be_undone_after_something_final_is(chat: Dialogue) -> None:
    await posted(chat)
    await chat.pass_time(minutes=1)
    await chat.private(ASKER, "解决了 A1")
    assert await says(chat, ASKER) == "好，A1 接着求助。"
    assert (await says(chat, ASKER)).startswith("求助 A1 您同意发群了")


async def test_choosing_and_agreeing_are_final_though_a_question_follows(chat: Dialogue) -> None:
    await posted(chat)
    await chat.private("周海", "我能帮 A1 我周六有空")
    await chat.press(ASKER, "愿意联系")
    assert (await says(chat, ASKER)).startswith("求助 A1 您说了愿意联系，已经去问对方，这一步撤不回来。")
    await chat.press("周海", "愿意")
    assert "帮不了 A1" in await says(chat, "周海")
    await chat.private("周海", "帮不了 A1")
    assert "我能帮 A1" in await says(chat, "周海")


@pytest.mark.parametrize("text", ["撤消", "撒销", "撤銷", "chexiao", "撤销一下", "撤销上一条。", "刚才弄错了", "弄错了", "我刚才点错了！"])
async def test_mistyped_or_in_other_words_it_is_understood(chat: Dialogue, text: str) -> None:
    await chat.private("李小山", "签到")
    assert await says(chat, "李小山", text) == "好，今天的报平安撤回了。"


async def test_a_mistake_without_anything_to_take_back_is_asked_about(chat: Dialogue) -> None:
    assert "哪一件弄错了" in await says(chat, "李小山", "弄错了")
    assert await says(chat, "李小山", "撤消") == NOTHING


async def test_in_the_group_a_mistake_takes_nothing_back(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    assert await chat.group("李小山", "弄错了") == []
    assert await says(chat, "李小山", "撤销") == "好，今天的报平安撤回了。"


async def test_the_ways_to_mistype_it_are_not_shown(chat: Dialogue) -> None:
    assert "撤消" not in await says(chat, "李小山", "帮助 撤销")


async def test_bulletins_say_their_way_back(chat: Dialogue) -> None:
    await chat.private("李小山", "困难通报 家里房子漏雨，缺人手")
    await chat.press("李小山", "同意发")
    assert await says(chat, "李小山") == "困难通报交给书记看了，这一步撤不回来。要撤，发“撤下通报”。"
    await chat.private("李小山", "撤下通报")
    assert (await says(chat, "李小山")).startswith("困难通报 T1 撤下了，原话已删，这一步撤不回来。")


BUTTONS = {"以上属实", "改", "change"}
"""What a way back quotes that is no command: the buttons of a card."""


def _meant(registry: Registry, quoted: str) -> bool:
    called = next(iter(reading.read(registry, quoted, Setting(clock.parsed("2026-03-10T09:00"))).calls), None)
    if called is None or called.command.word != "补录":
        return called is not None
    return any(each.understands(called.args.partition(" ")[2]) is not None for each in registry.entries)


def test_every_command_that_a_way_back_names_is_understood() -> None:
    registry = discovery.registry()
    steps = [each for module in (finals, aid_finals) for each in vars(module).values() if isinstance(each, tuple)]
    said = [text for _, back in steps for text in (back(number=1, tag="A1").zh, back(number=1, tag="A1").en)]
    quoted = {re.sub(r"[…\[\]]", "", each).strip() for text in said for each in re.findall("“([^”]+)”", text)}
    assert {each for each in quoted if not _meant(registry, each)} == BUTTONS


async def test_money_not_seen_leaves_the_older_receipt_as_it_is(chat: Dialogue) -> None:
    await care_fund.appeal(chat)
    for person in ("李小山", "吴芳"):
        await chat.private(person, "认捐 A1 100")
    await chat.private("吴芳", "钱转了")
    await chat.private(KEEPER, "到账 P1 100")
    await chat.press(KEEPER, "没到")
    assert await says(chat, KEEPER) == "P2 记了还没看到，已经告诉本人，这一步撤不回来。其实到了，发“到账 P2”。"
    assert (await care_fund.sums(chat, 1))[1] == 100_00


async def test_a_refund_not_made_leaves_the_older_receipt_as_it_is(chat: Dialogue) -> None:
    await care_fund.appeal(chat)
    for person in ("李小山", "吴芳"):
        await chat.private(person, "认捐 A1 100")
    await chat.private(KEEPER, "到账 P1 100")
    await chat.private("李小山", "退款 P1")
    await chat.private(KEEPER, "到账 P2 100")
    await chat.press(KEEPER, "不退")
    assert await says(chat, KEEPER) == "P1 您说了不退，这一步撤不回来。又要退，发“退款 P1 原因”。"
    assert (await care_fund.sums(chat, 1))[1] == 200_00


async def test_a_wish_for_a_pairing_not_met_leaves_the_check_in_as_it_is(chat: Dialogue) -> None:
    await chat.private("周海", "我想结对")
    await chat.private(SECRETARY, "签到")
    await chat.press(SECRETARY, "这次不安排")
    told = await says(chat, SECRETARY)
    assert told == "那位同志的结对这次不安排，已经告诉本人，这一步撤不回来。又能安排了，发“安排结对 姓名 户名”。"


async def test_a_request_to_join_declined_leaves_the_check_in_as_it_is(chat: Dialogue) -> None:
    await chat.private(STRANGER, "报到 陈远")
    await chat.private(SECRETARY, "签到")
    await chat.press(SECRETARY, "不接收")
    told = await says(chat, SECRETARY)
    assert told == "那位同志的报到没有接收，已请对方和您联系，这一步撤不回来。弄错了，发“邀请 姓名”，把码私下给本人。"


@pytest.mark.parametrize(("press", "told"), [("重发", "没把握的那几条重发了"), ("不用了", "没把握的那几条不重发了")])
async def test_what_may_not_have_arrived_is_decided_for_good(chat: Dialogue, press: str, told: str) -> None:
    async def doubt(work: UnitOfWork) -> None:
        await posting.to_member(work, chat.members["周海"], Outgoing(Text("记好了。", "Noted.")))
        [letter] = await claim(work, 5, {("browser", "web")})
        await uncertain.mark(work, letter, "no answer")

    await chat.in_branch(doubt)
    await chat.private(SECRETARY, "签到")
    await chat.private(SECRETARY, "未送达")
    await chat.press(SECRETARY, press)
    assert (await says(chat, SECRETARY)).startswith(f"{told}，这一步撤不回来。")


@pytest.mark.parametrize("step", [each for each in vars(finals).values() if isinstance(each, tuple)])
def test_every_step_fits_on_a_small_screen(step: finals.Step) -> None:
    what, back = (each(number=123456) for each in step)
    assert not too_long(FINAL(what=what, back=back))
