"""Long messages in parts: nothing left out, no part too long, cut where a reader would pause."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Button, ChatKind, Counted, File, Outgoing, Parcel, ReplyTo
from bot.platforms.base import Temporary
from bot.platforms.parts import Halves, measure, portions, split
from bot.texts import Language, Text
from storage.keys import ChatKey

WORDS = st.text(st.sampled_from("支部a1。！？；.,，、 \n”」…é\u0301🙂👩\u200d🇨🇳\U0001f3fb\ufe0fhttps:/"), max_size=400) | st.text(
    max_size=200
)
ROOM = st.integers(12, 60)
COUNTED = st.sampled_from(Counted)
SENTENCES = "第一句话说天气。第二句话说列车。第三句话说收获！第四句话问您好吗？"


def _bare(words: str) -> str:
    return "".join(words.split())


@given(WORDS, ROOM, COUNTED)
def test_joined_the_parts_are_the_text_and_each_fits(words: str, room: int, counted: Counted) -> None:
    parts = split(words, room, counted)
    assert _bare("".join(parts)) == _bare(words)
    assert all(measure(part, counted) <= room and part for part in parts)
    place = 0
    for part in parts:  # only white space lies between them
        found = words.find(part, place)
        assert words[place:found].strip() == ""
        place = found + len(part)


@given(st.lists(st.sampled_from(["支", "🙂", "👩\u200d🚀", "🇨🇳", "e\u0301", "👍🏽", "❤\ufe0f"]), max_size=120), COUNTED)
def test_what_is_shown_as_one_sign_stays_one(signs: list[str], counted: Counted) -> None:
    parts = split("".join(signs), 24, counted)
    for part in parts:
        assert not unicodedata.combining(part[0])
        assert part[0] not in "\u200d\ufe0f\U0001f3fd"
        assert part[-1] != "\u200d"
        assert sum("\U0001f1e6" <= sign <= "\U0001f1ff" for sign in part) % 2 == 0


@given(WORDS, ROOM)
def test_what_fits_stays_as_it_is(words: str, room: int) -> None:
    longest = max(room, measure(words, Counted.BYTES))
    assert split(words, longest, Counted.BYTES) == ([words] if words else [])


@pytest.mark.parametrize(
    ("words", "room", "parts"),
    [
        (SENTENCES, 20, ["第一句话说天气。第二句话说列车。", "第三句话说收获！第四句话问您好吗？"]),
        ("一行\n两行在这里\n三行", 10, ["一行\n两行在这里", "三行"]),
        ("他说：“好！”然后走了。", 9, ["他说：“好！”", "然后走了。"]),
        ("共 12345.67 元请查收", 8, ["共", "12345.67", "元请查收"]),
        ("请看 https://example.org/a?b=1 谢谢", 26, ["请看", "https://example.org/a?b=1", "谢谢"]),
        ("It is 3.5 km. Then home.", 16, ["It is 3.5 km.", "Then home."]),
        ("没有标点的一行字很长很长", 5, ["没有标点的", "一行字很长", "很长"]),
    ],
)
def test_it_is_cut_where_a_reader_pauses(words: str, room: int, parts: list[str]) -> None:
    assert split(words, room) == parts


def test_lengths_are_counted_as_the_platform_counts() -> None:
    assert [measure("支a🙂", each) for each in Counted] == [3, 4, 8]
    assert split("支支支支", 9, Counted.BYTES) == ["支支支", "支"]
    assert split("🙂🙂🙂", 4, Counted.UTF16) == ["🙂🙂", "🙂"]


PNG, PAPER = b"picture", File("a.pdf", b"paper")
ROWS = ((Button(Text("去", "go"), "q.1"),),)


def _seen(messages: list[Outgoing]) -> list[tuple[str, bool, bool, bool, bool]]:
    return [(each.text.zh, each.picture is not None, each.file is not None, bool(each.buttons), bool(each.reply_to)) for each in messages]


def test_buttons_stand_under_the_last_words_and_the_first_names_what_is_answered() -> None:
    content = Outgoing(Text.plain(SENTENCES), ROWS, reply_to=ReplyTo("7"), announcement=True)
    made = portions(content, Language.ZH, 20)
    assert _seen(made) == [
        ("第一句话说天气。第二句话说列车。", False, False, False, True),
        ("第三句话说收获！第四句话问您好吗？", False, False, True, False),
    ]
    assert [each.announcement for each in made] == [True, False]


@pytest.mark.parametrize(
    ("under", "seen"),
    [
        (0, [("", True, False, False, True), ("分布图", False, False, True, False)]),
        (3, [("分布图", True, False, True, True)]),
        (2, [("", True, False, False, True), ("分布图", False, False, True, False)]),
    ],
)
def test_words_stand_under_a_picture_where_they_fit(under: int, seen: list[object]) -> None:
    content = Outgoing(Text.plain("分布图"), ROWS, PNG, reply_to=ReplyTo("7"))
    assert _seen(portions(content, Language.ZH, 100, under_picture=under)) == seen


def test_a_picture_leads_where_it_stands_in_a_message_with_words_and_a_file_follows() -> None:
    content = Outgoing(Text.plain(SENTENCES), ROWS, PNG, PAPER)
    assert _seen(portions(content, Language.ZH, 20, under_picture=20)) == [
        ("第一句话说天气。第二句话说列车。", True, False, False, False),
        ("", False, True, False, False),
        ("第三句话说收获！第四句话问您好吗？", False, False, True, False),
    ]
    assert _seen(portions(Outgoing(Text.plain(""), file=PAPER), Language.ZH, 20)) == [("", False, True, False, False)]


async def test_what_went_out_before_a_failure_is_not_sent_again() -> None:
    content = Outgoing(Text.plain(SENTENCES), picture=PNG)
    parcel = Parcel(ChatKey("p", "i", "c"), ChatKind.GROUP, content, Language.ZH, key="9")
    halves, sent, failing = Halves(), list[Outgoing](), [2]

    async def one(message: Outgoing) -> str:
        if len(sent) in failing:
            failing.clear()
            raise Temporary("refused")
        sent.append(message)
        return f"m{len(sent)}"

    with pytest.raises(Temporary):
        await halves.send(parcel, portions(content, Language.ZH, 20), one)
    assert await halves.send(parcel, portions(content, Language.ZH, 20), one) == "m3"
    assert _seen(sent) == _seen(portions(content, Language.ZH, 20))
    assert await halves.send(parcel, portions(content, Language.ZH, 20), one) == "m6"
