"""The map page in a real Chromium: what the secretary does there, with the real program behind it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visiting
from tests.browser.visit import MISSING, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(MISSING), reason=MISSING)]


def test_a_flag_opens_who_is_there_and_since_when(visiting: Visiting) -> None:
    """The fixture adds that nothing was asked for elsewhere, no error came up and the content policy held."""
    visit = visiting(PHONE)
    visit.become("王秀英")
    visit.open("private")
    page = visit.open_map()
    harbin = page.locator('.city[data-code="230100"]')
    expect(harbin.locator(".people")).to_be_hidden()

    before = page.evaluate("map.chart.flag(230100)")
    page.locator("#closer").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("map.chart.flag(230100)") != before
    page.locator("#whole").click()
    assert page.evaluate("map.chart.flag(230100)") == pytest.approx(before)
    page.touchscreen.tap(*page.evaluate("map.chart.flag(230100)"))
    expect(harbin.locator(".people")).to_be_visible()
    page.wait_for_timeout(500)  # a click that the browser makes of the tap would have come by now
    expect(page.locator(".city.open")).to_have_count(1)
    expect(harbin.locator(".people li .name").first).not_to_be_empty()
    expect(harbin.locator(".people li").first).to_contain_text(re.compile(r"20\d\d-\d\d-\d\d 确认"))
    harbin.locator("button").press("Enter")
    expect(harbin.locator(".people")).to_be_hidden()

    everybody = page.locator("#found").inner_text()
    page.locator("#stale").check()
    expect(page.locator("#found")).not_to_have_text(everybody)
    assert page.locator(".people li").count() == page.locator(".people li.stale").count() > 0
    assert (visit.too_wide(), visit.too_small()) == ([], [])
    page.emulate_media(media="print")
    expect(page.locator(".people").first).to_be_visible()
    expect(page.locator("#leave")).to_be_hidden()
    page.emulate_media(media="screen")

    page.locator("#leave-all").click()
    expect(page.get_by_text("要登录才能看")).to_be_visible()
    visit.troubles[:] = [each for each in visit.troubles if "401" not in each]  # Chromium notes the refused page in the console


def _wipe(page: Page) -> None:
    """A finger goes upwards over the map."""
    box = page.locator("#map").bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.7
    line = page.context.new_cdp_session(page)
    line.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        line.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - step * 15}]})
        page.wait_for_timeout(16)
    page.wait_for_timeout(200)  # it rests before it leaves, so that nothing flies on
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_moves_the_page_over_the_whole_country_and_the_map_from_closer(visiting: Visiting) -> None:
    visit = visiting(PHONE)
    visit.become("王秀英")
    visit.open("private")
    page = visit.open_map()
    centre = "map.chart.chart.getOption().geo[0].center[1]"
    whole = page.evaluate(centre)
    _wipe(page)
    page.wait_for_function("scrollY > 50")
    assert page.evaluate(centre) == whole

    page.evaluate("scrollTo(0, 0)")
    page.locator("#closer").focus()
    page.keyboard.press("Enter")
    before = page.evaluate("scrollY")
    _wipe(page)
    page.wait_for_function(f"{centre} < {whole} - 1")
    assert page.evaluate("scrollY") == before
