"""Somebody at the chat page: what they do there, what they see, and everything that went wrong in the browser meanwhile."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from bot.language.names import latin

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
MISSING = "" if Path(CHROMIUM).is_file() else f"there is no Chromium at {CHROMIUM}: install Debian's package chromium, or set CHROMIUM"
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=800)
SOON = 20_000
expect.set_options(timeout=15_000)  # a busy machine is no failure
"""Milliseconds within which a count has changed in place: the bot edits every 15 seconds at most."""

_TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
TOO_WIDE = """() => {
  const scrolls = [document.scrollingElement, ...document.querySelectorAll("#log, #list, #suggestions, dialog[open]")];
  const wide = scrolls.filter((node) => node.scrollWidth > node.clientWidth);
  const clipped = (node) => node && (getComputedStyle(node).clipPath !== "none" || clipped(node.parentElement));
  const seen = [...document.body.querySelectorAll("*")].filter((node) => node.checkVisibility() && !clipped(node));
  const outside = seen.filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5 || node.getBoundingClientRect().left < -0.5);
  return [...wide, ...outside].map((node) => `${node.tagName.toLowerCase()}#${node.id}.${node.className}`);
}"""
TOO_SMALL = """() => [...document.querySelectorAll("button, select, textarea, input, a.conversation, a.file, [role=option]")]
  .filter((node) => node.checkVisibility() && !node.closest("[inert]"))
  .filter((node) => node.getBoundingClientRect().width < 43.5 || node.getBoundingClientRect().height < 43.5)
  .map((node) => `${node.tagName.toLowerCase()}#${node.id}.${node.className} ${node.textContent}`)"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visit:
    """One browser of somebody's, with one page of the chat."""

    def __init__(self, browser: Browser, address: str, size: ViewportSize = DESK, *, line: str = "open", **options: Any) -> None:
        touch = size["width"] < 600
        made = {"viewport": size, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "is_mobile": touch, "has_touch": touch}
        self.context = browser.new_context(**{**made, **options})
        self.context.add_init_script(_TELL_VIOLATIONS)
        self.address = address
        self.troubles: list[str] = []
        self.english = False
        self.page = self.tab(line=line)

    def _watched(self) -> Page:
        """An empty tab in which every error is noted, and every request that leaves for elsewhere."""
        page = self.context.new_page()
        page.on("console", lambda message: self.troubles.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("requestfailed", lambda request: self.troubles.append(f"{request.url} {request.failure}"))
        page.on("request", lambda request: None if self._is_ours(request.url) else self.troubles.append(f"asked for {request.url}"))
        return page

    def _is_ours(self, url: str) -> bool:
        return url.startswith((self.address, "blob:", "data:"))

    def open_map(self) -> Page:
        """Ask for the link to the map in private and open it in another tab, which is the page from now on."""
        self.say("地图网页")
        answer = self.page.get_by_test_id("message").last
        expect(answer).to_contain_text("/map/enter/")
        link = re.search(r"http\S+/map/enter/[\w-]{32}", answer.inner_text())
        assert link
        self.page = self._watched()
        self.page.goto(link[0])
        self.page.get_by_role("button").click()
        expect(self.page.locator("body")).to_have_attribute("data-ready", "true")
        return self.page

    def open_branch(self, path: str) -> Page:
        """Ask for the link to the branch's pages in private and open one of them in another tab, which is the page from now on."""
        self.say("支部网页")
        answer = self.page.get_by_test_id("message").last
        expect(answer).to_contain_text("/branch/enter/")
        link = re.search(r"http\S+/branch/enter/[\w-]{32}", answer.inner_text())
        assert link
        self.page = self._watched()
        self.page.goto(link[0])
        self.page.get_by_role("button").click()
        way = self.page.locator(f'.ways a[href="/branch/{path}"]')
        expect(way).to_be_visible()
        self.page.wait_for_load_state("networkidle")  # what is asked for when a page is left fails
        way.click()
        expect(way).to_have_attribute("aria-current", "page")
        return self.page

    def tab(self, person: str = "", line: str = "open") -> Page:
        """Another tab, perhaps as another person's id, in which every error is noted."""
        page = self._watched()
        page.goto(self.address + (f"?as={person}" if person else ""))
        expect(page.get_by_test_id("status")).to_have_attribute("data-state", line)
        return page

    def connected(self) -> None:
        """The page has its line to the server."""
        expect(self.page.get_by_test_id("status")).to_have_attribute("data-state", "open")

    @property
    def box(self) -> Locator:
        return self.page.get_by_test_id("composer")

    def to_english(self) -> None:
        """Press the switch in the page's head."""
        self.english = True
        self.page.get_by_test_id("language").click()
        expect(self.page.locator("html")).to_have_attribute("lang", "en")

    def become(self, name: str) -> None:
        """Switch “I am …”; on a phone that stands in the list."""
        self.to_list()
        option = self.page.locator("#person option", has_text=latin(name) if self.english else name)
        value = option.get_attribute("value") or ""
        self.page.get_by_test_id("person").select_option(value=value)
        expect(self.page.locator("body")).to_have_attribute("data-me", value)
        self.connected()

    def to_list(self) -> None:
        """Back to the list of conversations, where there is a way back."""
        back = self.page.get_by_test_id("back")
        if back.is_visible():
            back.click()
            expect(back).to_be_hidden()

    def open(self, kind: str) -> None:
        """Open the `group`, or the `private` chat with the bot."""
        self.to_list()
        conversation = self.page.locator(f'[data-testid="conversation"][data-chat^="{kind}-"]')
        conversation.click()
        expect(conversation).to_have_attribute("aria-current", "true")
        expect(self.box).to_be_visible()
        expect(self.page.locator("#talk-title")).not_to_be_empty()

    def say(self, text: str) -> Locator:
        """Type a message and press Enter; answers it on the page, stored."""
        self.box.fill(text)
        self.box.press("Enter")
        own = self.page.locator(".message.mine").last
        expect(own).to_contain_text(text)
        expect(own).to_have_attribute("data-state", "stored")
        return own

    def bot(self, text: str, timeout: float | None = None) -> Locator:
        """The newest message of the bot, which says this."""
        said = self.page.locator('.message[data-from="bot"]').filter(has_text=text).last
        expect(said).to_be_visible(timeout=timeout)
        return said

    def press(self, message: Locator, label: str) -> None:
        """Press a button under a message."""
        message.get_by_role("button", name=label, exact=True).click()

    def reply(self, message: Locator, text: str) -> Locator:
        """Answer a message."""
        message.locator(".text").click()  # a hover on a desk, a tap on a phone
        message.locator('[data-action="reply"]').click()
        expect(self.page.get_by_test_id("about")).to_be_visible()
        return self.say(text)

    def too_wide(self) -> list[str]:
        """What can be scrolled sideways, or stands outside of the page."""
        return list(self.page.evaluate(TOO_WIDE))

    def too_small(self) -> list[str]:
        """What is to be pressed and is smaller than a finger."""
        return list(self.page.evaluate(TOO_SMALL))

    def close(self) -> None:
        """Close the browser of this visit."""
        self.context.close()
