"""Aid, gifts, wages, work, projects and packages: place, number, script and pinyin varied, and nothing said on purpose takes long."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import clock
from bot.language.said import Setting
from bot.language.understanding import understand

AT = clock.parsed("2026-03-10T09:00")
CITIES = {
    "深圳": ("深圳市", "广东省"),
    "鹏城": ("深圳市", "广东省"),
    "哈尔滨": ("哈尔滨市", "黑龙江省"),
    "哈市": ("哈尔滨市", "黑龙江省"),
    "苏州": ("苏州市", "江苏省"),
    "北京": ("北京市", "北京市"),
    "黔西南": ("黔西南布依族苗族自治州", "贵州省"),
    "泉州市": ("泉州市", "福建省"),
}
KIN = ("爱人", "老婆", "父亲", "母亲", "儿子", "岳母")
HAN = "零一二三四五六七八九"
NAMES = ("李小山", "周海", "陈立夏")


def meaning(text: str, **setting: Any) -> tuple[str, Mapping[str, Any]]:
    found = understand(text, Setting(AT, **setting))
    return found.intent, found.slots


def wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def unseen(text: str) -> str:
    return "\u200b".join(text)


SCRIPTS = st.sampled_from((str, wide, unseen, lambda text: f"{text}🙏", lambda text: f"{text}，谢谢"))


@given(st.sampled_from(sorted(CITIES)), st.sampled_from(KIN), st.sampled_from(("查出癌症", "得了重病", "要做手术")), SCRIPTS)
def test_an_appeal_says_where_and_for_whom(city: str, who: str, ill: str, script: Any) -> None:
    name, province = CITIES[city]
    said = script(f"我{who}{ill}，想到{city}看病，谁能帮忙挂个号")
    slots = {"city": name, "province": province, "kind": "medical", "for_whom": who, "need": "挂号"}
    assert meaning(said) == ("aid_request", slots)
    assert meaning(said, in_group=True) == ("aid_request", slots)


@given(
    st.sampled_from(("房租", "学费", "路费", "水电费")),
    st.sampled_from(("想借点钱交{0}", "能不能借我点钱，{0}还没交", "手头紧，{0}差一点，想借点钱")),
)
def test_a_loan_says_what_for(purpose: str, form: str) -> None:
    assert meaning(form.format(purpose)) == ("aid_request", {"kind": "money", "purpose": purpose})


@given(
    st.integers(1, 90_000),
    st.sampled_from(("我捐{0}", "捐{0}元", "献爱心{0}块", "认捐 {0}", "我出{0}", "{0}", "wo juan {0}")),
    st.sampled_from((str, wide, unseen)),
)
def test_a_gift_has_its_amount(yuan: int, form: str, script: Any) -> None:
    assert meaning(script(form.format(yuan)), context="fundraising") == ("aid_pledge", {"amount": yuan})


@given(st.integers(1, 999), st.integers(1, 9000))
def test_a_gift_goes_to_an_appeal(number: int, yuan: int) -> None:
    assert meaning(f"捐 A{number} {yuan}") == ("aid_pledge", {"amount": yuan, "to": f"A{number}"})
    assert meaning(f"给a{number}捐{yuan}元，匿名") == ("aid_pledge", {"amount": yuan, "to": f"A{number}", "anonymous": True})


@given(st.integers(1, 9), st.booleans(), st.sampled_from(sorted(CITIES)), st.sampled_from(("老板", "厂里", "工头", "公司")))
def test_wages_have_their_months_and_place(count: int, in_han: bool, city: str, boss: str) -> None:
    name, province = CITIES[city]
    said = {2: "两"}.get(count, HAN[count]) if in_han else str(count)
    slots = {"kind": "wages", "months": count, "city": name, "province": province}
    assert meaning(f"我在{city}打工，{boss}欠我{said}个月工资") == ("rights_case", slots)


@given(st.integers(1, 99), st.sampled_from(("只给{0}千", "只赔{0}千块", "最多给{0}000")))
def test_what_is_offered_for_an_injury(thousands: int, form: str) -> None:
    said = f"我干活手被机器轧了，厂里{form.format(thousands)}"
    assert meaning(said) == ("rights_case", {"kind": "injury", "offered": thousands * 1000})


@given(st.sampled_from(("焊工", "电工", "木工", "保安", "司机", "月嫂")), st.sampled_from(sorted(CITIES)), SCRIPTS)
def test_work_is_looked_for_by_trade_and_city(trade: str, city: str, script: Any) -> None:
    name, province = CITIES[city]
    slots = {"trade": trade, "city": name, "province": province}
    for form in ("{1}有没有{0}的活", "想在{1}找个{0}的工作"):
        assert meaning(script(form.format(trade, city))) == ("job_seek", slots)


@given(
    st.sampled_from(("普工", "焊工", "保安", "缝纫工")),
    st.integers(2000, 20_000),
    st.sampled_from(("我们厂招{0}，包吃住，{1}", "招{0}两名，月薪{1}元")),
)
def test_work_is_offered_with_its_pay(trade: str, yuan: int, form: str) -> None:
    assert meaning(form.format(trade, yuan)) == ("job_offer", {"trade": trade, "salary": yuan})


@given(
    st.integers(1, 99),
    st.sampled_from(
        (
            ("认领{0}号", "project_claim"),
            ("我来认领第{0}项", "project_claim"),
            ("{0}号我弄不了，让别人吧", "project_release"),
            ("放弃{0}号", "project_release"),
            ("{0}号做完了", "project_done"),
        )
    ),
    st.sampled_from((str, wide, unseen)),
)
def test_a_project_is_told_by_its_number(number: int, form: tuple[str, str], script: Any) -> None:
    text, intent = form
    assert meaning(script(text.format(number))) == (intent, {"project_no": number})


@given(
    st.sampled_from(("村口装个路灯", "把老祠堂改成图书室", "每月搞一次义诊")),
    st.sampled_from(("我提议{0}，请大家议一议", "提议：{0}", "我有个提议，{0}")),
)
def test_a_proposal_is_its_words(text: str, form: str) -> None:
    assert meaning(form.format(text)) == ("proposal_create", {"text": text})


@given(st.sampled_from(NAMES), st.integers(0, 99_999_999), st.integers(1, 999))
def test_an_address_is_taken_apart(name: str, digits: int, house: int) -> None:
    phone = f"139{digits:08}"
    slots = {"province": "广东省", "city": "深圳市", "district": "南山区", "detail": f"科技路{house}号", "name": name, "phone": phone}
    for form in (
        f"寄到广东省深圳市南山区科技路{house}号，{name}收，{phone}",
        f"收件人：{name}，电话：{phone}，地址：深圳市南山区科技路{house}号",
        f"地址:深圳南山区科技路{house}号 {name} {phone}",
    ):
        assert meaning(form) == ("package_address", slots)


def test_an_address_need_not_be_whole() -> None:
    assert meaning("礼包寄到科技路8号，李小山收，0755-12345678")[1] == {"detail": "科技路8号", "name": "李小山", "phone": "0755-12345678"}
    assert meaning("寄到深圳市南山区，李小山收") == (
        "package_address",
        {"province": "广东省", "city": "深圳市", "district": "南山区", "name": "李小山"},
    )
    assert meaning("寄到广东省，李小山收，13900000000")[1] == {"province": "广东省", "name": "李小山", "phone": "13900000000"}


@given(
    st.sampled_from(
        ("邻居住院了", "听说老王得了癌症", "学费真贵", "焊工的活不好干", "他捐了200", "3号放假", "路灯真亮", "我提议晚上喝酒", "补贴发了")
    ),
    st.sampled_from(("", "哈哈", "！", "😂")),
)
def test_talk_in_the_group_is_left_alone(talk: str, after: str) -> None:
    assert meaning(talk + after, in_group=True) == ("none", {})


@pytest.mark.parametrize("text", ["救命啊有人触电了", "我爸昏倒了叫不醒快来人", "老婆被车撞了大出血"])
def test_a_danger_is_left_to_who_hears_dangers(text: str) -> None:
    assert meaning(text)[0] not in {"aid_request", "rights_case", "aid_offer"}


def test_a_bare_amount_means_something_only_after_an_appeal() -> None:
    assert meaning("200")[0] != "aid_pledge"
    assert meaning("200", context="fundraising") == ("aid_pledge", {"amount": 200})
    assert meaning("200", context="fundraising", in_group=True)[0] == "none"


@pytest.mark.parametrize(
    ("text", "context", "intent", "slots"),
    [
        ("寄到羊城科技路8号，李小山收，13900000000", "", "package_address", {"city": "广州市", "province": "广东省"}),
        ("寄到朝阳科技路8号，李小山收，13900000000", "", "package_address", {}),
        ("礼包收到了，我电话13900000000", "", "none", {}),
        ("这个手术听医生讲大概要花掉20000块", "fundraising", "none", {}),
        ("我捐0元", "fundraising", "none", {}),
        ("我捐贰佰", "fundraising", "aid_pledge", {"amount": 200}),
        ("第一次没空做", "", "none", {}),
        ("3号我做不了", "quiz", "none", {}),
        ("我会做瓦工，收不收", "", "job_seek", {"trade": "瓦工"}),
        ("老板1月2月的工资没发", "", "rights_case", {"kind": "wages", "months": ["2026-01", "2026-02"]}),
        ("老板13月的工资没发", "", "rights_case", {"kind": "wages"}),
        ("帮忙找活的看过来，我们厂招普工，4500", "", "job_offer", {"trade": "普工", "salary": 4500}),
    ],
)
def test_what_is_seldom_said(text: str, context: str, intent: str, slots: dict[str, Any]) -> None:
    found, told = meaning(text, context=context)
    assert (found, {**told, **slots}) == (intent, told)


_WORDS = (
    "我 俺 老婆 孩子 病 医院 谁 能 帮 借 钱 求助 捐 给 转 了 的 个 一 十 3 号 元 厂 老板 欠 工资 月 活 工 招 找 认领 放弃 做 完 好 "
    "提议 请 大家 寄 到 深圳 市 区 路 地址 收 电话 1390000 基金 结对 户 , 。 a i help juan"
)
FRAGMENTS = _WORDS.split()


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8), st.sampled_from(("", "fundraising", "aid_appeal", "pledged")))
def test_a_long_text_is_read_to_its_end(words: list[str], context: str) -> None:
    text = ("".join(words) * 1000)[:1000]
    assert understand(text, Setting(AT, context=context)).confidence <= 1
