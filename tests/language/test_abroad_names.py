import pytest

from bot.language.abroad_names import Abroad, mentioned


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("我在日本东京", [("日本东京", Abroad("日本", "东京"))]),
        ("我在日本", [("日本", Abroad("日本"))]),
        ("i'm in new york now", [("new york", Abroad("美国", "纽约"))]),
        ("i am in japan", [("japan", Abroad("日本"))]),
        ("from japan to london", [("japan", Abroad("日本")), ("london", Abroad("英国", "伦敦"))]),
        ("日本队输了", []),
        ("泰国菜好吃", []),
        ("", []),
        ("在家", []),
    ],
)
def test_countries_and_cities_abroad_are_found(words: str, found: list[tuple[str, Abroad]]) -> None:
    assert [(words[start:end], there) for start, end, there in mentioned(words)] == found
