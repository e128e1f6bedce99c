"""`make shots`: a short tour of the real program, and pictures of it in docs/shots, 360 and 1280 pixels wide.

Fails with one sentence for each page that scrolls sideways, has a target too small for a finger, breaks a rule of axe, or wrote an
error to the console.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.visit import DESK, MISSING, PHONE, SOON, Visit, chromium
from tests.program import Program

SHOTS = Path(__file__).parent.parent / "docs" / "shots"
NOTICE = "国庆节村里唱三天大戏，能回来的同志回来看看，顺路的互相捎一程。"


@dataclass(frozen=True)
class Scene:
    """One picture: who looks at what."""

    name: str
    person: str = "李小山"
    chat: str = "group"
    act: Callable[[Visit], None] | None = None
    english: bool = False
    scheme: Literal["light", "dark"] = "light"


def tour(visit: Visit) -> None:
    """What the pictures show: a notice that two have read, check-ins, somebody's first place, answers in private."""
    visit.become("王秀英")
    visit.open("private")
    visit.say(f"公告 {NOTICE}")
    visit.press(visit.bot("先请您看一遍"), "发")
    visit.bot("发到群里了")
    visit.become("李小山")
    visit.open("group")
    visit.press(visit.bot(NOTICE), "收到")
    visit.become("周海")
    visit.open("group")
    visit.reply(visit.bot(NOTICE), "收到")
    for name, chat, word in (("李小山", "group", "签到"), ("吴芳", "private", "平安"), ("孙丽", "private", "报平安")):
        visit.become(name)
        visit.open(chat)
        visit.say(word)
    visit.become("陈立夏")
    visit.open("private")
    visit.say("我到哈尔滨了")
    visit.press(visit.bot("可以记下您所在的地方吗"), "同意")
    visit.bot("记为黑龙江省哈尔滨市")
    for name, word, answer in (
        ("周海", "帮助", "平常就这些"),
        ("吴芳", "/help", "平常就这些"),
        ("李小山", "我的", "关于您，我记着这些"),
        ("陌生人", "分布图", "我还不认识您"),
        ("王秀英", "签到情况", "自愿"),
        ("赵国强", "党费情况 上个月", "要图还是"),
        ("沈国栋", "党费", "您的党费"),
        ("沈国栋", "收据", "收据"),
        ("孙丽", "今天学什么", "三分钟党课"),
        ("何春梅", "爱心基金 A2", "最近的收支"),
        ("高晓峰", "分布图", "大家在哪儿"),
    ):
        visit.become(name)
        visit.open("private")
        visit.say(word)
        visit.bot(answer)
    visit.become("赵国强")
    visit.open("private")
    visit.press(visit.bot("要图还是"), "看图")
    visit.bot("第 1/", SOON)
    visit.become("王秀英")
    visit.open("group")
    visit.bot("今日报平安 3 人", SOON)
    expect(visit.bot(NOTICE)).to_contain_text("已收到 2 人", timeout=SOON)


def types_slash(visit: Visit) -> None:
    visit.box.press_sequentially("/")
    expect(visit.page.get_by_test_id("suggestions")).to_be_visible()


def opens_location(visit: Visit) -> None:
    visit.page.get_by_test_id("location").click()
    expect(visit.page.get_by_role("dialog")).to_be_visible()


def goes_back(visit: Visit) -> None:
    visit.to_list()


def opens_map(visit: Visit) -> None:
    page = visit.open_map()
    if visit.english:
        page.locator("#language").click()
        expect(page.locator('html[lang="en"] body')).to_have_attribute("data-ready", "true")


def opens_a_flag(visit: Visit) -> None:
    page = visit.open_map()
    page.mouse.click(*page.evaluate("map.chart.flag(440300)"))
    expect(page.locator('[data-code="440300"] .people')).to_be_visible()
    page.evaluate("scrollTo(0, 0)")


def opens_page(path: str, shown: str) -> Callable[[Visit], None]:
    """One of the branch's pages."""

    def act(visit: Visit) -> None:
        visit.open_branch(path)
        if shown:
            visit.page.wait_for_load_state("networkidle")
            visit.page.get_by_role("link", name=shown, exact=True).click()
            expect(visit.page.get_by_role("heading", level=1)).to_have_text(shown)

    return act


SCENES = (
    Scene("list", act=goes_back),
    Scene("list-en", act=goes_back, english=True),
    Scene("group"),
    Scene("group-en", english=True),
    Scene("group-dark", scheme="dark"),
    Scene("place", "陈立夏", "private"),
    Scene("help", "周海", "private"),
    Scene("help-en", "吴芳", "private", english=True),
    Scene("me-dark", "李小山", "private", scheme="dark"),
    Scene("secretary", "王秀英", "private"),
    Scene("commands", "孙丽", "private", types_slash),
    Scene("commands-en", "孙丽", "private", types_slash, english=True),
    Scene("dues-table", "赵国强", "private"),
    Scene("dues", "沈国栋", "private"),
    Scene("lesson", "孙丽", "private"),
    Scene("lesson-en", "孙丽", "private", english=True),
    Scene("fund", "何春梅", "private"),
    Scene("map", "高晓峰", "private"),
    Scene("stranger", "陌生人", "private"),
    Scene("location", "马文秀", "private", opens_location),
    Scene("needs", "王秀英", "private", opens_page("needs", "")),
    Scene("ledger", "王秀英", "private", opens_page("ledger", "")),
    Scene("person", "王秀英", "private", opens_page("ledger", "李小山")),
    Scene("liaisons-dark", "王秀英", "private", opens_page("liaisons", ""), scheme="dark"),
    Scene("map-page", "王秀英", "private", opens_a_flag),
    Scene("map-page-en", "王秀英", "private", opens_map, english=True),
    Scene("map-page-dark", "王秀英", "private", opens_map, scheme="dark"),
)


def picture(browser: Browser, address: str, scene: Scene, device: str) -> list[str]:
    """Take one picture; answers what is wrong with the page, a sentence each."""
    visit = Visit(browser, address, PHONE if device == "phone" else DESK, color_scheme=scene.scheme, reduced_motion="reduce")
    if scene.english:
        visit.to_english()
    visit.become(scene.person)
    visit.open(scene.chat)
    if scene.act:
        scene.act(visit)
    visit.page.mouse.move(0, 0)
    page = f"{device}-{scene.name}"
    visit.page.screenshot(path=SHOTS / f"{page}.png", animations="disabled", caret="hide")
    wrong = [f"{page} scrolls sideways or stands out of the page: {each}." for each in visit.too_wide()]
    wrong += [f"{page} has a target smaller than 44 px: {each}." for each in visit.too_small()]
    for violation in Axe().run(visit.page).response["violations"]:
        wrong += [f"{page} breaks {violation['id']} ({violation['help']}): {node['html'][:200]}" for node in violation["nodes"]]
    wrong += [f"{page} wrote to the console: {each}" for each in visit.troubles]
    visit.close()
    return wrong


def main() -> int:
    """Walk, take the pictures, and say what is wrong."""
    if MISSING:
        print(MISSING, file=sys.stderr)
        return 1
    SHOTS.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder, Program(Path(folder)) as program, chromium() as browser:
        first = Visit(browser, program.address)
        tour(first)
        wrong += [f"the tour wrote to the console: {each}" for each in first.troubles]
        first.close()
        for scene in SCENES:
            for device in ("phone", "desk"):
                if scene.name.startswith("list") and device == "desk":
                    continue  # a desk always shows the list beside a conversation
                wrong += picture(browser, program.address, scene, device)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    print(f"{len(list(SHOTS.glob('*.png')))} pictures in {SHOTS}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
