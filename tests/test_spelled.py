"""Where there are no buttons, pictures or files: what a message says instead, and that all of it can be typed."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import bot.services
import handlers
from bot import discovery
from bot.language.normalise import bare
from bot.messages import Button, Capabilities, ChatKind, File, Outgoing
from bot.questions import CARD_OVER
from bot.services import asking
from bot.services.asking import Ask, Choice
from bot.spelled import LISTED, fitted
from bot.texts import Text
from bot.unsure import LOST, UNCLEAR
from tests.dialogue import Dialogue
from tests.typed import TEXT_ONLY, typed

ROOT = Path(__file__).parent.parent
CODE = [path for folder in ("bot", "handlers", "schedules") for path in sorted((ROOT / folder).rglob("*.py"))]


def _buttons(*labels: str, card: bool = False) -> tuple[tuple[Button, ...], ...]:
    return (tuple(Button(Text(label, f"{label} (en)"), f"{'c' if card else 'q'}.1.{place}.x") for place, label in enumerate(labels)),)


def _said(text: str, *labels: str, card: bool = False, kind: ChatKind = ChatKind.PRIVATE, can: Capabilities = TEXT_ONLY) -> str:
    content = Outgoing(Text(text, f"{text} (en)"), _buttons(*labels, card=card) if labels else ())
    shown = fitted(content, kind, can, lambda words: words == "收到")
    assert shown.buttons == ()
    return shown.text.zh


@pytest.mark.parametrize(
    ("said", "text", "labels"),
    [
        ("去吗？\n1 去\n2 不去\n" + LISTED.zh, "去吗？", ("去", "不去")),
        ("去吗？\n回 1 或“去”。", "去吗？", ("去",)),
        ("写一句，或回“跳过”。", "写一句，或点“跳过”。", ("跳过",)),
        ("是哪一处？\n1 辽宁\n2 北京\n3 都不是\n" + LISTED.zh, "是哪一处？\n1 辽宁\n2 北京", ("辽宁", "北京", "都不是")),
        ("谁先清偿？\nA 工头\nB 总包\n回 A、B，或“跳过”。", "谁先清偿？\nA 工头\nB 总包", ("A", "B", "跳过")),
        ("发到群里；要改就回“改”。", "发到群里；要改就点“改”。", ()),
    ],
)
def test_a_question_in_private_says_what_to_type(said: str, text: str, labels: tuple[str, ...]) -> None:
    assert _said(text, *labels) == said


def test_a_card_goes_by_words_because_another_may_have_the_same_numbers() -> None:
    assert _said("请核对到账。", "到账了", "更正", "没收到", card=True) == "请核对到账。\n回“到账了”、“更正”或“没收到”。"


def test_in_a_group_the_bot_is_spoken_to_unless_it_hears_the_words_by_themselves() -> None:
    group = ChatKind.GROUP
    assert _said("公告", "收到", kind=group) == "公告\n在群里回“收到”就行。"
    assert _said("公告", "收到", kind=group, can=replace(TEXT_ONLY, overhear=False)) == "公告\n@我 说“收到”。"
    assert _said("党课", "看全文", "收到", kind=group) == "党课\n在群里回“收到”就行。@我 说“看全文”。"
    assert _said("能帮的点“我能帮”，或私信我。", "我能帮", kind=group) == "能帮的@我 说“我能帮”，或私信我。"


def test_a_picture_or_a_file_that_cannot_be_shown_is_said() -> None:
    shown = fitted(Outgoing(Text.plain("分布"), picture=b"png"), ChatKind.PRIVATE, TEXT_ONLY, bool)
    assert (shown.picture, shown.text.zh) == (None, "分布")
    assert fitted(Outgoing(Text("", ""), picture=b"png"), ChatKind.PRIVATE, TEXT_ONLY, bool).text.zh == "（这里看不了图。）"
    shown = fitted(Outgoing(Text.plain("您的资料"), file=File("me.json", b"{}")), ChatKind.PRIVATE, TEXT_ONLY, bool)
    assert shown.file is None
    assert shown.text.zh.startswith("您的资料\n（“me.json”在这里发不了")


def test_where_everything_can_be_shown_nothing_changes() -> None:
    content = Outgoing(Text.plain("或点“跳过”"), _buttons("跳过"), picture=b"png", file=File("a", b""))
    assert fitted(content, ChatKind.PRIVATE, Capabilities(), bool) is content


def _written() -> Iterator[tuple[str, str, str]]:
    """Every choice that the code writes down with its label, and where."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Choice" and node.args and isinstance(node.args[0], ast.Call):
                words = [each.value for each in node.args[0].args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
                if words:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", words[0], words[-1]


def _sets() -> Iterator[tuple[str, list[Choice]]]:
    """Choices that are offered together, as the modules hold them."""
    for package in (bot.services, handlers):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, tuple) and value and all(isinstance(each, Choice) for each in value):
                    yield f"{found.name}.{name}", list(value)


def test_there_is_no_button_that_nobody_can_type() -> None:
    registry, written = discovery.registry(), list(_written())
    assert len(written) > 120
    for where, zh, en in written:
        assert bare(zh), where
        assert bare(en), where
        assert not set("“”\n{}") & set(zh), where
        assert registry.urgent(zh, registry.called(zh), addressed=True) is None, where
        for card in (False, True):
            assert typed(_said("去吗？", zh, "别的", card=card), zh, number=False) == zh, where
        assert typed(_said("去吗？", zh), zh) == "1", where
        spoken = typed(_said("去吗？", "别的", zh, kind=ChatKind.GROUP), zh)
        assert spoken in {zh, f"@支部 {zh}"}, where


def test_no_two_buttons_under_a_message_mean_the_same_words() -> None:
    sets = list(_sets())
    assert len(sets) > 20
    for where, choices in sets:
        labels = [bare(label) for each in choices for label in {each.label.zh, each.label.en}]
        assert len(set(labels)) == len(labels), where


@pytest.fixture
def plain(chat: Dialogue) -> Dialogue:
    """The branch on a chat of words only."""
    assert chat.app.browser
    chat.app.browser.can = TEXT_ONLY
    return chat


async def _two_claims(plain: Dialogue) -> None:
    for name in ("李小山", "周海"):
        await plain.private("赵国强", f"核定 {name} 在职 4000")
        await plain.private("赵国强", "1")
        await plain.private(name, "已交")
        await plain.private(name, "对")
        await plain.pass_time(minutes=1)


async def test_of_several_cards_it_is_asked_which_one_is_meant(plain: Dialogue) -> None:
    await _two_claims(plain)
    [asked] = plain.to("赵国强", await plain.private("赵国强", "到账了"))
    assert asked == f"有 2 张卡片都能这么答，是哪一张？\n1 C2 周海 3月 40 元\n2 C1 李小山 3月 40 元\n{LISTED.zh}"
    seen = await plain.private("赵国强", "2")
    assert any("3月 40 元党费已确认" in each for each in plain.to("李小山", seen))
    assert plain.to("周海", seen) == []
    seen = await plain.private("赵国强", "到账了")  # only one is left
    assert any("已确认" in each for each in plain.to("周海", seen))


async def test_a_card_is_named_by_its_number_and_never_asked_for_a_button(plain: Dialogue) -> None:
    await _two_claims(plain)
    await plain.private("赵国强", "待确认")
    [asked] = plain.to("赵国强", await plain.private("赵国强", "没收到"))
    assert "C1 李小山 3月 40 元" in asked
    assert "按钮" not in asked
    assert "C1 为什么没有核对上" in plain.to("赵国强", await plain.private("赵国强", "C1"))[0]
    seen = await plain.private("赵国强", "更正")  # no reason to pass on
    assert plain.to("李小山", seen) == []
    assert "C1 实际到账多少" in plain.to("赵国强", seen)[0]
    seen = await plain.private("赵国强", "更正 C1 40 三月")
    assert "C1 更正为 3月 40 元" in plain.to("赵国强", seen)[0]
    assert "C2 为什么没有核对上" in plain.to("赵国强", await plain.private("赵国强", "C2 没收到"))[0]
    seen = await plain.private("赵国强", "到账了")
    assert any("已确认" in each for each in plain.to("周海", seen))


async def test_a_correction_names_what_it_corrects_also_without_a_card(plain: Dialogue) -> None:
    await _two_claims(plain)
    await plain.private("赵国强", "到账了 C1")
    assert "C1 已经确认了" in plain.to("赵国强", await plain.private("赵国强", "更正 C1 40 三月"))[0]
    assert "需要" in plain.to("周海", await plain.private("周海", "更正 C2 40 三月"))[0]


def test_no_text_speaks_of_pressing_but_as_what_may_be_said_instead() -> None:
    pressing = re.compile(r"点(?:一个|一下(?!“)|群|数字|按钮)|按一下|再点(?!“)|按钮")
    said = [
        (path.name, node.value)
        for path in CODE
        if path.parent.name in {"services", "handlers", "schedules"} or path.name in {"questions.py", "unsure.py"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text"
        for node in node.args
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert len(said) > 1000
    assert [each for each in said if pressing.search(each[1])] == []


async def test_what_was_not_understood_tells_one_word_for_the_menu(plain: Dialogue) -> None:
    assert plain.to("吴芳", await plain.private("吴芳", "飞机场的云彩真软")) == [UNCLEAR.zh]


async def test_a_card_that_was_answered_meanwhile_says_so(plain: Dialogue) -> None:
    await _two_claims(plain)
    await plain.private("赵国强", "到账了")
    await plain.private("李小山", "撤回缴费 C1")
    assert plain.to("赵国强", await plain.private("赵国强", "2"))[-1] == CARD_OVER.zh


async def test_a_card_that_came_after_a_question_is_answered_by_its_own_words(plain: Dialogue) -> None:
    await plain.private("赵国强", "核定 李小山 在职 4000")
    await plain.private("赵国强", "对")
    await plain.private("李小山", "已交")
    await plain.private("赵国强", "核定 周海 在职 4000")
    await plain.pass_time(seconds=1)
    await plain.private("李小山", "对")
    seen = await plain.private("赵国强", "没收到")
    assert any("C1" in each for each in plain.to("赵国强", seen))
    [done] = plain.to("赵国强", await plain.private("赵国强", "算了"))[:1]
    assert "周海" not in done


async def test_in_the_group_words_on_a_post_are_said_to_the_bot(plain: Dialogue) -> None:
    await plain.private("王秀英", "任命 孙丽 学习委员")
    await plain.private("孙丽", "讨论 回家过年大家最想办的一件事是什么")
    [posted] = plain.in_group(await plain.private("孙丽", "1"))
    assert typed(posted, "说一句") == "@支部 说一句"
    assert plain.to("吴芳", await plain.group("吴芳", "说一句")) == []  # talk among people
    assert plain.to("吴芳", await plain.group("吴芳", "@支部 说一句")) == ["您想说什么？直接写。\n回 1 或“不说了”。"]
    assert plain.in_group(await plain.group("吴芳", "@支部 说两句")) != []


async def test_equal_cards_are_one(plain: Dialogue) -> None:
    menu = Ask(LOST, UNCLEAR, (Choice(Text("看我能做什么", "what you can do")),), card=True)
    for _ in range(2):
        await plain.in_branch(asking.opened, plain.members["吴芳"], menu)
        await plain.pass_time(minutes=1)
    assert "平常就这些" in plain.to("吴芳", await plain.private("吴芳", "看我能做什么"))[0]
