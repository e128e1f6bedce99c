"""What is said about dues in passing, and what is left alone."""

import pytest

from bot.language import dues_table, dues_talk

READERS = {
    each.__name__: each
    for each in (
        dues_table.unpaid,
        dues_talk.of_whom,
        dues_talk.asks_to_confirm,
        dues_talk.chases,
        dues_talk.closes,
        dues_talk.received,
        dues_talk.assesses,
        dues_talk.stops,
        dues_talk.receipt,
        dues_talk.invoice,
    )
}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("谁没交", {"unpaid": ""}),
        ("谁欠党费", {"unpaid": ""}),
        ("谁11月没交？", {"unpaid": "11月"}),
        ("谁没交作业", {}),
        ("周海还没交呢", {}),
        ("有什么要我确认的", {"asks_to_confirm": ""}),
        ("有什么要我带的", {}),
        ("确认周海的", {"of_whom": "周海"}),
        ("李小山的到账了", {"of_whom": "李小山"}),
        ("周海同志的党费到账了", {"of_whom": "周海"}),
        ("收到周海的党费了", {"of_whom": "周海"}),
        ("我的到账了吗", {}),
        ("工资到账了", {}),
        ("催一下", {"chases": ""}),
        ("催一下快递", {}),
        ("月结", {"closes": ""}),
        ("结账", {"closes": ""}),
        ("结11月的账", {"closes": "11月"}),
        ("去结账了", {}),
        ("11月收了多少党费", {"received": "11月"}),
        ("11月收了多少斤", {}),
        ("核定陈立夏在职税后六千", {"assesses": "陈立夏 在职 税后六千"}),
        ("核定党费怎么弄", {}),
        ("别老提醒我交党费", {"stops": ""}),
        ("别催了", {"stops": ""}),
        ("停止提醒", {"stops": ""}),
        ("不要再给我发党费了", {"stops": ""}),
        ("不要再发了", {}),
        ("停止提醒我签到", {}),
        ("出张收据给我", {"receipt": ""}),
        ("开个收据", {"receipt": ""}),
        ("11月的收据", {"receipt": "11月"}),
        ("收据丢了", {}),
        ("发票", {"invoice": ""}),
        ("给我开张发票", {"invoice": ""}),
        ("发票抬头写谁", {}),
        ("党费的事回头再说", {}),
        ("我捐过了", {}),
        ("别" * 80, {}),
    ],
)
def test_a_sentence_means_one_thing_or_nothing(text: str, meant: dict[str, str]) -> None:
    assert {name: found for name, reads in READERS.items() if (found := reads(text)) is not None} == meant
