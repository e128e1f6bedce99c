import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.formalism import SOURCE, Refusal, refused


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("每天早上八点必须签到,不签通报", Refusal.FORCED),
        ("每天早上八点必须签到，不签通报", Refusal.FORCED),
        ("强制打卡", Refusal.FORCED),
        ("所有人务必每天接龙", Refusal.FORCED),
        ("签到必须做到一个不漏", Refusal.FORCED),
        ("不签到的扣钱", Refusal.FORCED),
        ("set up a forced check-in", Refusal.FORCED),
        ("everyone must check in daily", Refusal.FORCED),
        ("签到排名", Refusal.RANKING),
        ("签到排行榜", Refusal.RANKING),
        ("积分排名", Refusal.RANKING),
        ("按学习时长排个名", Refusal.RANKING),
        ("签到积分", Refusal.RANKING),
        ("能搞个签到排行榜吗？", Refusal.RANKING),
        ("学习排名", Refusal.RANKING),
        ("积分榜", Refusal.RANKING),
        ("谁学得最多", Refusal.RANKING),
        ("看看谁答题最好", Refusal.RANKING),
        ("连续学习天数", Refusal.RANKING),
        ("学习换积分", Refusal.RANKING),
        ("全体党员必须学完", Refusal.FORCED),
        ("大家每天务必看课", Refusal.FORCED),
        ("通报没学的", Refusal.SHAMING),
        ("ranking", Refusal.RANKING),
        ("make a leaderboard", Refusal.RANKING),
        ("谁没签到通报批评", Refusal.SHAMING),
        ("没交党费的在群里点名批评", Refusal.SHAMING),
        ("群里公布没交党费的人", Refusal.SHAMING),
        ("没有签到的通报批评", Refusal.SHAMING),
        ("publicly shame them", Refusal.SHAMING),
    ],
)
def test_what_the_rules_forbid_is_refused(asked: str, kind: Refusal) -> None:
    assert refused(asked) == kind


@pytest.mark.parametrize(
    "said",
    ["签到情况", "谁没读 N3", "我必须学习一下养猪", "学习情况", "必须学完才能看下一课吗？",
         "签到", "打卡", "签到表发我一下", "你签到了吗", "不要搞签到排名", "为什么要强制打卡", "请取消强制签到",
        "必须签到吗？", "今天忘了签到，现在签",
     "谁还没交党费", "通报一下明天开会", "报到必须带身份证", "", "我要签到", "frank talk", "必须签到" + "啊" * 300],
)  # fmt: skip
def test_plain_talk_about_check_ins_is_not(said: str) -> None:
    assert refused(said) is None


def test_the_source_is_named_with_its_date() -> None:
    assert "指尖上的形式主义" in SOURCE
    assert "2023-12-18" in SOURCE


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    assert refused(text) in {None, *Refusal}
