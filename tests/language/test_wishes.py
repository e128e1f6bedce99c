"""What newcomers say without any command's words: who is new, a slip in a notice, what is grave."""

import pytest

from bot.language import grave_words, newcomers, notice_slips


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("把刘大山加进来", "刘大山"),
        ("請把劉大山拉到支部裡", "刘大山"),
        ("新来了一位党员，叫陈立夏", "陈立夏"),
        ("加个人：周海", "周海"),
        ("把这个加进来", None),
        ("把刘大山加到购物车", None),
        ("新来个党员叫什么", None),
        ("把刘大山加进来" * 6, None),
    ],
)
def test_who_is_new(text: str, name: str | None) -> None:
    assert newcomers.heard(text) == name


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("发错了，时间是九点", "时间是九点"),
        ("刚才的通知写错了，是周四", "是周四"),
        ("公告里的时间不对，应该是九点", "应该是九点"),
        ("打错了，是滁州", None),
        ("发错了", None),
        ("发错了，时间是九点" * 9, None),
    ],
)
def test_a_slip_in_a_notice(text: str, right: str | None) -> None:
    assert notice_slips.heard(text) == right


@pytest.mark.parametrize(
    ("notice", "right", "meant"),
    [
        ("明天下午三点开会", "时间是四点半", "明天下午四点半开会"),
        ("周五8:30集合", "时间是上午9:00", "周五上午9:00集合"),
        ("三点到五点义诊", "时间是四点", None),
        ("明天开会", "时间是四点", None),
        ("明天三点开会", "地点是广场", None),
    ],
)
def test_the_one_hour_of_a_notice_is_put_right(notice: str, right: str, meant: str | None) -> None:
    assert notice_slips.reworded(notice, right) == meant


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我妈去世了", grave_words.DEATH),
        ("家里老人昨天走了", grave_words.DEATH),
        ("我失業了", grave_words.JOBLESS),
        ("我想退党", grave_words.LEAVING),
        ("我妈走了", None),
        ("我妈走了，心里难过", grave_words.DEATH),
        ("他失业了", None),
        ("我妈去世了" * 9, None),
    ],
)
def test_what_is_grave(text: str, kind: str | None) -> None:
    assert grave_words.heard(text) == kind
