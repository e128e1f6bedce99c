"""How a lesson is laid out in messages, whatever its length."""

from hypothesis import given
from hypothesis import strategies as st

from bot.services import library
from bot.texts import LIMIT, Language
from storage.lessons import Lesson

ZH = st.text("春天到了，先把圈舍打扫干净。再看天气！\n", min_size=1, max_size=800)
EN = st.text("spring is here, clean the shed. Look at the weather\n", min_size=1, max_size=3000)


def made(body: str, body_en: str) -> Lesson:
    content = {"body": body, "body_en": body_en, "source": "《手册》", "source_en": "Handbook"}
    return Lesson("pigs", "skills", "种养", "Farming", 1, None, 3, "猪" * 24, "P" * 80, content)


@given(ZH, EN)
def test_every_page_fits_and_nothing_is_left_out(body: str, body_en: str) -> None:
    pages = library.pages(made(body, body_en))
    for language, words in ((Language.ZH, body), (Language.EN, body_en)):
        shown = [page.to(language) for page in pages]
        assert all(0 < len(text) <= LIMIT[language] for text in shown)
        assert len("".join("".join(shown).split())) >= len("".join(words.split()))
    assert pages[0].zh.startswith("【三分钟党课】" + "猪" * 24)
    assert "《手册》" in "".join(page.zh for page in pages)


def test_a_short_lesson_is_one_page() -> None:
    (page,) = library.pages(made("养猪先防病。", "Prevent disease."))
    assert page.zh == "【三分钟党课】" + "猪" * 24 + "\n养猪先防病。\n出处：《手册》"
