"""A document of lists as a page: whole, in order, and words stay words."""

from html.parser import HTMLParser

from bot.render.page import page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())


def test_heads_and_lines_stand_in_their_order_and_nothing_that_was_written_becomes_a_tag() -> None:
    hostile = '<script>alert("x")</script> & <img src=x onerror=y>'
    reader = _Reader()
    reader.feed(page("标题", [("报平安", ["2026-03：10", hostile]), ("位置", ["没有"])], "zh").decode())
    assert reader.words[-6:] == ["标题", "报平安", "2026-03：10", hostile, "位置", "没有"]
    assert {"script", "img", "link", "a"} & set(reader.tags) == set()
