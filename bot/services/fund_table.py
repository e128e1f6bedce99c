"""The care fund's last movements as a small picture for a phone; no names."""

from collections.abc import Sequence

from bot.language.money import yuan
from bot.messages import Drawing
from bot.render.tables import Align, Column, Table
from bot.services import drawings, fund
from bot.services.fund import Movement
from bot.texts import Language, Text

TITLE = Text("爱心基金收支", "Care fund")
COLUMNS = (Text("日期", "Day"), Text("哪一件", "For"), Text("收支", "In or out"), Text("金额（元）", "Yuan"))
NOTE = Text("仅限本支部，请勿外传。机器人不收钱、不管钱。", "For our branch only. The bot holds no money.")
ROWS = 12


def drawing(movements: Sequence[Movement], language: Language) -> Drawing:
    """The newest movements as one picture."""
    day, case, kind, amount = (each.to(language) for each in COLUMNS)
    columns = (Column(day), Column(case), Column(kind), Column(amount, Align.RIGHT))
    table = Table(TITLE.to(language), columns, [_row(each, language) for each in movements[:ROWS]], NOTE.to(language))
    return drawings.pictures(table)[0]


def _row(each: Movement, language: Language) -> list[str]:
    name, kind = fund.case_name(each.case), fund.ENTRY_NAMES[each.kind]
    return [each.day.isoformat(), name.to(language), kind.to(language), yuan(each.fen)]
