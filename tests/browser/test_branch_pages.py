"""The secretary's pages in a real Chromium: narrow, without scripts, by keyboard alone, and as a reader of screens meets them."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visiting
from tests.browser.test_importing import NARROW, link, look
from tests.browser.visit import MISSING

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(MISSING), reason=MISSING)]


def go(page: Page, name: str) -> None:
    """To another page by its way in the head."""
    page.get_by_role("navigation").first.get_by_role("link", name=name, exact=True).press("Enter")
    expect(page.locator("a[aria-current]")).to_have_text(name)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_month_is_put_in_order_by_keyboard_on_a_narrow_phone(browser: Browser, visiting: Visiting, *, scripts: bool) -> None:
    dark = "dark" if scripts else "light"
    context = browser.new_context(viewport=NARROW, java_script_enabled=scripts, locale="zh-CN", color_scheme=dark)
    page = context.new_page()
    page.goto(link(visiting))
    page.get_by_role("button").press("Enter")
    main = page.get_by_role("main")

    go(page, "这个月")
    look(page, scripts=scripts)
    main.get_by_role("button", name="看名单").first.press("Enter")
    expect(main.get_by_role("heading", level=2).first).to_contain_text("没报到")
    go(page, "寻找")
    page.get_by_label("海报上的话").fill("家里惦记着您")
    main.get_by_role("button", name="开始寻找").press("Enter")
    expect(main).to_contain_text("还在找")
    with page.expect_download() as poster:
        main.get_by_role("link", name="下载发手机的").press("Enter")
    assert poster.value.suggested_filename == "poster-phone.png"
    look(page, scripts=scripts)

    go(page, "名册")
    look(page, scripts=scripts)
    page.get_by_label("找人").fill("李小山")
    page.get_by_label("找人").press("Enter")
    expect(main.locator(".card")).to_have_count(1)
    assert page.url.endswith("/branch/ledger")  # what was looked for stands in no address
    main.get_by_role("link", name="李小山").press("Enter")
    expect(page).to_have_url(re.compile(r"/branch/person/\d+$"))
    page.locator("summary").press("Enter")
    page.get_by_label("手机").fill("1380")
    page.get_by_label("手机").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("不像电话号码")
    look(page, scripts=scripts)
    page.get_by_label("手机").fill("+86 137-0000 1234")
    page.get_by_label("手机").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("改好了")
    expect(main).to_contain_text("137 0000 1234")
    look(page, scripts=scripts)
    page.get_by_role("button", name="撤销刚才的改动").press("Enter")
    expect(page.get_by_role("status")).to_have_count(0)

    go(page, "联系人")
    look(page, scripts=scripts)
    context.close()
