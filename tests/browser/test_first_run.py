"""The first-run page in a real Chromium, with the real program behind it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.conftest import Visiting
from tests.browser.visit import DESK, MISSING, PHONE, SOON, Visit
from tests.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(MISSING), reason=MISSING)]
both_sizes = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
on_a_phone = pytest.mark.parametrize("size", [PHONE], ids=["phone"])
at_a_desk = pytest.mark.parametrize("size", [DESK], ids=["desk"])

NOTICE = "村口的路修好了，回来的车可以从东口进。"


@both_sizes
def test_a_place_is_kept_only_after_consent_and_can_be_corrected_and_undone(visiting: Visiting, size: ViewportSize) -> None:
    visit = visiting(size)
    visit.become("陈立夏")
    visit.open("private")
    visit.say("我到哈尔滨了")
    visit.press(visit.bot("可以记下您所在的地方吗"), "同意")
    visit.bot("记为黑龙江省哈尔滨市")
    visit.say("不对，是南京")
    visit.bot("已改为江苏省南京市")
    visit.say("撤销")
    visit.bot("位置撤销了，没有记您的位置")


@on_a_phone
def test_check_ins_and_the_readers_of_a_notice_are_counted_in_place(visiting: Visiting, size: ViewportSize) -> None:
    secretary, member = visiting(size), visiting(size)
    member.become("李小山")
    member.open("group")
    expect(member.say("签到").locator(".reactions li")).to_have_text("记下了")
    checked_in = member.bot("今日报平安 1 人").get_attribute("data-id")

    secretary.become("王秀英")
    secretary.open("private")
    secretary.say(f"公告 {NOTICE}")
    secretary.press(secretary.bot("先请您看一遍"), "发")
    secretary.bot("发到群里了")
    secretary.open("group")
    posted = secretary.bot(NOTICE)
    expect(posted).not_to_contain_text("已收到")
    same = posted.get_attribute("data-id")

    member.press(member.bot(NOTICE), "收到")
    expect(member.bot(NOTICE).get_by_test_id("button")).to_have_attribute("data-pressed", "")
    member.become("陈立夏")
    member.open("group")
    expect(member.reply(member.bot(NOTICE), "收到").locator(".reactions li")).to_have_text("记下了")
    member.open("private")
    member.say("报平安")
    member.bot("收到，一路平安")

    assert secretary.bot("今日报平安 2 人", SOON).get_attribute("data-id") == checked_in
    expect(posted).to_contain_text("已收到 2 人", timeout=SOON)
    assert posted.get_attribute("data-id") == same
    number = re.search(r"N\d+", posted.inner_text())
    assert number
    secretary.open("private")
    secretary.say(f"谁没读 {number[0]}")
    unread = secretary.bot("2 人已收到")
    expect(unread).to_contain_text("蔡有田")
    expect(unread).not_to_contain_text("陈立夏")
    secretary.press(unread, "下一页")
    expect(secretary.page.get_by_test_id("message").last).to_contain_text("吴芳")


@on_a_phone
def test_a_stranger_is_turned_away_with_one_sentence_and_no_data(visiting: Visiting, size: ViewportSize) -> None:
    visit = visiting(size)
    visit.become("陌生人")
    visit.open("private")
    visit.say("分布图")
    visit.bot("我还不认识您")
    visit.say("公告 大家好")
    visit.open("group")
    visit.say("公告 大家好")
    visit.become("李小山")
    visit.open("group")
    expect(visit.page.get_by_test_id("message").filter(has_text="大家好")).to_have_count(1)  # the stranger's own words, and no notice


@at_a_desk
def test_one_press_of_a_button_turns_the_page_into_english(visiting: Visiting, size: ViewportSize) -> None:
    visit = visiting(size)
    visit.to_english()
    visit.become("李小山")
    visit.open("private")
    expect(visit.page.locator("#talk-title")).to_have_text("Branch bot (private)")
    tries = visit.page.get_by_test_id("try")
    expect(tries).to_have_count(3)
    for words, answer in zip(tries.all_inner_texts(), ("Noted, keep well", "Harbin", "The daily words"), strict=True):
        visit.say(words)
        visit.bot(answer)
    visit.page.reload()
    visit.connected()
    visit.bot("Noted, keep well")
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")


def test_two_tabs_are_two_people_and_each_sees_the_other_at_once(visiting: Visiting) -> None:
    visit = visiting()
    visit.become("李小山")
    visit.open("group")
    other = visit.tab("p5")
    other.locator('[data-chat^="group-"]').click()
    expect(other.get_by_test_id("person")).to_contain_text("周海")
    expect(other.get_by_test_id("person")).to_have_value("p5")
    visit.say("今天深圳不下雨了")
    heard = other.get_by_test_id("message").last
    expect(heard).to_contain_text("今天深圳不下雨了")
    expect(heard).to_contain_text("李小山")
    other.locator("#composer").fill("哈尔滨零下二十度")
    other.get_by_test_id("send").click()
    expect(visit.page.get_by_test_id("message").last).to_contain_text("哈尔滨零下二十度")
    expect(visit.page.get_by_test_id("person")).to_have_value("p4")


def test_everything_can_be_done_with_the_keyboard_alone(visiting: Visiting) -> None:
    visit = visiting()
    page, keys = visit.page, visit.page.keyboard
    tab_to(page, page.locator("#skip"))
    tab_to(page, page.get_by_test_id("person"))
    for _ in range(7):
        keys.press("ArrowDown")
    expect(page.get_by_test_id("person")).to_have_value("p8")
    visit.connected()
    tab_to(page, page.locator('[data-chat^="private-"]'))
    keys.press("Enter")
    expect(visit.box).to_be_focused()

    keys.type("/che")
    expect(page.get_by_test_id("suggestions").get_by_role("option").first).to_have_attribute("aria-selected", "true")
    keys.press("Enter")
    expect(visit.box).to_have_value("/checkin")
    keys.press("Enter")
    visit.bot("收到，一路平安")

    keys.type("我到哈尔滨了")
    keys.press("Enter")
    asked = visit.bot("可以记下您所在的地方吗")
    tab_to(page, asked.get_by_role("button", name="同意", exact=True), backwards=True)
    keys.press("Enter")
    visit.bot("记为黑龙江省哈尔滨市")

    keys.press("Escape")
    expect(visit.box).to_be_focused()
    tab_to(page, page.get_by_test_id("log"), backwards=True)
    keys.press("ArrowUp")
    expect(page.get_by_test_id("message").last).to_be_focused()
    keys.press("ArrowUp")
    expect(page.get_by_test_id("message").nth(-2)).to_be_focused()
    tab_to(page, page.get_by_test_id("message").nth(-2).locator('[data-action="reply"]'))
    keys.press("Enter")
    expect(page.get_by_test_id("about")).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_test_id("about")).to_be_hidden()

    tab_to(page, page.get_by_test_id("location"), backwards=True)
    keys.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_test_id("location")).to_be_focused()
    tab_to(page, page.get_by_test_id("language"), backwards=True)
    keys.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def tab_to(page: Page, target: Locator, *, backwards: bool = False) -> None:
    """Press Tab until the target has the focus, which can be seen at every stop."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        if target.evaluate("(node) => node === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_scrolls_sideways_and_every_target_is_a_finger_wide(visiting: Visiting, width: int) -> None:
    visit = visiting(ViewportSize(width=width, height=740))
    visit.become("王秀英")
    assert (visit.too_wide(), visit.too_small()) == ([], [])
    visit.open("group")
    assert (visit.too_wide(), visit.too_small()) == ([], [])
    visit.say("w" * 400 + " \u202e" + "ש" * 100 + " https://example.org/" + "x" * 200)
    assert visit.too_wide() == []
    visit.open("private")
    visit.say("帮助")
    visit.bot("平常就这些")
    visit.box.press_sequentially("/")
    expect(visit.page.get_by_test_id("suggestions")).to_be_visible()
    assert (visit.too_wide(), visit.too_small()) == ([], [])
    visit.box.fill("")
    visit.page.get_by_test_id("location").click()
    expect(visit.page.get_by_role("dialog")).to_be_visible()
    assert (visit.too_wide(), visit.too_small()) == ([], [])


def test_on_a_real_deployment_a_one_time_link_opens_ones_own_chat(browser: Browser, tmp_path: Path) -> None:
    program = Program(tmp_path, sample=False)
    program.command("init", "--branch", "红旗村支部", "--secretary", "王秀英")
    with program:
        visit = Visit(browser, program.address, PHONE, line="no_session")
        expect(visit.page.get_by_test_id("status")).to_contain_text("网页")
        expect(visit.page.get_by_test_id("person")).to_have_count(0)
        visit.troubles.clear()  # Chromium notes the refused handshake in the console

        link = program.command("link", "王秀英").strip()
        visit.page.goto(program.address + link[link.index("enter/") :])
        visit.page.get_by_role("button", name="进入").click()
        visit.connected()
        expect(visit.page.locator("#own-name")).to_have_text("王秀英")
        visit.open("private")
        visit.say("签到")
        visit.bot("收到，一路平安")
        visit.page.goto(program.address + link[link.index("enter/") :])
        visit.page.get_by_role("button", name="进入").click()
        expect(visit.page.get_by_text("已经用过或过期")).to_be_visible()
        left = "/ws net::ERR_ABORTED"  # a page that is left ends its line
        assert [each for each in visit.troubles if "410" not in each and not each.endswith(left)] == []
        visit.close()
