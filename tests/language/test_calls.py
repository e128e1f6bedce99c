import pytest

from bot import clock
from bot.language.calls import calls, slashed, without_calls, without_faces
from bot.language.said import Said, Setting

HERE = Setting(clock.parsed("2026-03-10T09:00"))


@pytest.mark.parametrize(
    "call",
    [
        "[CQ:at,qq=10086] ", "[CQ:at,qq=10086,name=小支]", "[CQ:reply,id=-12][CQ:at,qq=1] ", "<@!123456>", "<@123> ", "<@!123>\u2005",
        "@zhibu_bot ", "@张三\u2005", "@李 小山\u2005", "＠李小山　", "@小支，", "@支部机器人", "@全体成员 ", "@所有人", "@all ",
        "<at user_id=\"ou_1\">小支</at> ", "<at id=1/> ", "@周海 @陈立夏 ", "[CQ:face,id=14]", "<faceType=1,faceId=\"4\",ext=\"e30=\">",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}签到", "签到 {}", "{}\n签到"])
def test_a_call_in_the_form_of_any_platform_is_no_part_of_what_is_said(call: str, around: str) -> None:
    assert Said(around.format(call if around != "签到 {}" else call.rstrip("，")), HERE).words == "签到"


@pytest.mark.parametrize("text", ["[CQ:at,qq=1] 在吗", "<@!1>在吗", "@张三\u2005在吗", "在吗@小支", "@周海，在吗"])
def test_that_somebody_is_called_is_known(text: str) -> None:
    assert calls(text)
    assert Said(text, HERE).mentioned


@pytest.mark.parametrize("text", ["在吗", "写信到 li@example.org", "[图片]", "a < b", "[CQ:image,file=1.jpg]"])
def test_an_address_calls_nobody(text: str) -> None:
    assert not calls(text)
    assert without_calls("写信到 li@example.org") == "写信到 li@example.org"


def test_a_command_for_one_bot_of_several_is_the_command() -> None:
    assert without_calls("/checkin@zhibu_bot") == "/checkin"


@pytest.mark.parametrize(("code", "read"), [("image,file=1.jpg", "图片"), ("record,file=1.amr", "语音"), ("location,lat=1,lon=2", "位置")])
def test_the_code_of_a_picture_is_read_as_one(code: str, read: str) -> None:
    assert without_calls(f"[CQ:{code}]") == f"[{read}]"


@pytest.mark.parametrize(
    "typed", ["签到👍", "签到[微笑]", "👋签到/微笑", "签到✅", "[玫瑰]签到[OK]", "签到👨\u200d👩\u200d👧", "签到🇨🇳", "签到👍🏽"]
)
def test_faces_around_a_word_say_nothing(typed: str) -> None:
    assert Said(typed, HERE).words == "签到"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1️⃣", "1"),
        ("❷", "2"),
        ("🅱", "b"),
        ("🆗", "ok"),
        ("[OK]", "ok"),
        ("[表情]", "表情"),
        ("[图片]", "图片"),
        ("[收到]", "收到"),
        ("好 [收到] 好", "好收到好"),
    ],
)
def test_a_sign_that_answers_is_read(typed: str, read: str) -> None:
    assert Said(typed, HERE).words == read


def test_a_face_parts_two_clauses() -> None:
    assert Said("签到😊哈尔滨", HERE).parts == ("签到", "哈尔滨")
    assert without_faces("[图片] [微笑]").strip() == "[图片]"


@pytest.mark.parametrize("text", ["/签到", "/党费 3000", "/心得", "/发起表决", "/收到", "/help", "/okay"])
def test_a_slash_and_a_word_call_the_bot(text: str) -> None:
    assert slashed(text)


@pytest.mark.parametrize("text", ["/微笑 我老婆在深圳", "/捂脸", "/心", "/ok", "/", "//", "/1", "/😀", "签到", ""])
def test_a_slash_before_a_face_is_no_call(text: str) -> None:
    assert not slashed(text)
