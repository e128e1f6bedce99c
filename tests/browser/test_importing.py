"""The pages of importing in a real Chromium: narrow, without scripts, by keyboard alone, and as a reader of screens meets them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Visiting
from tests.browser.visit import MISSING, TOO_SMALL, TOO_WIDE
from tests.sheets import xlsx

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(MISSING), reason=MISSING)]
NARROW = ViewportSize(width=320, height=740)
ROWS = [
    ["姓名", "手机", "单位", "入党时间"],
    ["秦月", "+86 137 0000 1234", "县第一中学", "2013年7月"],
    ["周明", "1380", "一个名字特别特别长的建筑工程有限责任公司第三项目部", "2013.1"],
]


def link(visiting: Visiting) -> str:
    """A way into the pages, asked for in private."""
    visit = visiting()
    visit.become("王秀英")
    visit.open("private")
    visit.say("支部网页")
    found = re.search(r"http\S+/branch/enter/[\w-]{32}", visit.bot("/branch/enter/").inner_text())
    assert found
    return found[0]


def look(page: Page, *, scripts: bool) -> None:
    """Nothing stands outside, nothing is too small for a thumb, and axe finds nothing."""
    page.wait_for_load_state("load")
    if scripts:
        assert (page.evaluate(TOO_WIDE), page.evaluate(TOO_SMALL)) == ([], [])
        assert [each["id"] for each in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_is_imported_by_keyboard_on_a_narrow_phone(browser: Browser, visiting: Visiting, *, scripts: bool) -> None:
    context = browser.new_context(viewport=NARROW, java_script_enabled=scripts, locale="zh-CN")
    page = context.new_page()
    page.goto(link(visiting))
    page.get_by_role("button").press("Enter")
    page.get_by_role("link", name="导入", exact=True).press("Enter")
    look(page, scripts=scripts)
    page.get_by_label("文件").set_input_files({"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": xlsx(ROWS)})
    page.get_by_role("button", name="看预览").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("名册.xlsx：共 2 行。新增 1，改 0，没变 0，有问题 1。还没有导。")
    expect(page.get_by_role("main")).to_contain_text("是 1 月还是 10 月看不出来")
    look(page, scripts=scripts)
    page.get_by_label("全部能导的").press("ArrowDown")
    expect(page.get_by_label("只导这几行")).to_be_checked()
    page.get_by_label("行号").fill("2")
    page.get_by_label("行号").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("导好了：新增 1 人")
    look(page, scripts=scripts)
    page.get_by_role("button", name="撤销这次导入").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("新增的 1 人去掉了")
    context.close()
