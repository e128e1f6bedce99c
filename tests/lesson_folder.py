"""A folder of lessons for tests: written as an author would."""

from pathlib import Path

TEXT = """---
title: {title}
title_en: {title_en}
topic: {topic}
series: {series}
series_en: {series_en}
order: {order}
minutes: 1
source: 《示例手册》第一章
source_en: Sample handbook, chapter 1
short: {title}，一句话说完。
short_en: {title_en}, in one sentence.
questions:
  - ask: 应该怎么做？
    ask_en: What should be done?
    options: [先看, 先问]
    options_en: [look first, ask first]
    answer: B
    why: 手册这样写。
    why_en: The handbook says so.
{more}---
{body}
<!-- en -->
{body_en}
"""
LONG = "\n".join(f"第{each}段：春天到了，先把圈舍打扫干净，再看看天气，慢慢来，别着急。" for each in "一二三四五六七")
LONG_EN = "\n".join(
    f"Part {each}: spring is here, so clean the shed first, then look at the weather and take your time." for each in range(1, 8)
)


def lesson(
    folder: Path, lesson_id: str, title: str = "", *, topic: str = "skills", order: int = 1, series: str = "种养门道", **more: str
) -> Path:
    """Write one lesson; `more` are lines of front matter, `body` and `body_en`."""
    path = folder / topic / f"{lesson_id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    body, body_en = more.pop("body", LONG), more.pop("body_en", LONG_EN)
    title = title or lesson_id
    lines = "".join(f"{name}: {value}\n" for name, value in more.items())
    values = {"title": title, "title_en": f"On {lesson_id}", "topic": topic, "series": series, "series_en": f"Series {topic}"}
    text = TEXT.format(order=order, more=lines, body=body, body_en=body_en, **values)
    path.write_text(text, encoding="utf-8")
    return path


def library(folder: Path) -> Path:
    """Four lessons of three series."""
    lesson(folder, "pigs", "养猪先防病", order=1)
    lesson(
        folder,
        "mushrooms",
        "大棚里的食用菌",
        order=2,
        body="食用菌种植要看温度和湿度。",
        body_en="Mushrooms need the right temperature and humidity.",
    )
    lesson(
        folder,
        "wages",
        "工资被拖欠怎么办",
        topic="rights",
        series="打工维权",
        body="遇到欠薪，先留证据，再打12333。",
        body_en="Keep evidence, then call 12333.",
    )
    lesson(
        folder,
        "founding",
        "从上海到南湖",
        topic="party",
        series="党史小课",
        body="一大在上海开幕。",
        body_en="The congress opened in Shanghai.",
    )
    return folder
