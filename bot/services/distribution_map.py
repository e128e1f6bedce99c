"""The picture beside 分布图: the same groups as in the text, as flags on a map."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.language import places as gazetteer
from bot.messages import Drawing
from bot.render.map_picture import Chart, Flag
from bot.rules.regions import Region
from bot.services import drawings
from bot.texts import Language, Text

TITLE = Text("大家在哪儿：{total} 人", "Where we are: {total} in all")
NOTE = Text("{day}，自愿填报，仅到市级。支部内部示意图", "{day}, voluntary, by city only. A sketch for the branch's own use")
"""Without a map approval number: see bot/render/data/china.txt."""
MORE = Text("另 {places} 城 {people} 人，见小红点", "small dots: {people} people in further places ({places})")
SEA = Text("南海诸岛", "South China Sea")
BELOW = Text("{region} {count} 人", "{region}: {count}")


def picture(
    groups: Sequence[tuple[Region, int]], names: Mapping[Region, Text], *, day: date, language: Language, below: Sequence[Text] = ()
) -> Drawing:
    """Groups of people as flags: a city's at its place, a province's in its middle, other regions and `below` in words beneath."""
    total = sum(count for _, count in groups)
    flags = [_flag(region, names[region].to(language), count) for region, count in groups if region is not None]
    nowhere = [BELOW(region=names[region], count=count) for region, count in groups if region is None]
    return drawings.chart(
        Chart(
            title=TITLE(total=total).to(language),
            note=NOTE(day=day.isoformat()).to(language),
            flags=flags,
            more=MORE.to(language),
            sea=SEA.to(language),
            below=Text.join([*nowhere, *below], "；", "; ").to(language),
        )
    )


def _flag(region: int, name: str, count: int) -> Flag:
    place = gazetteer.place(region)
    at = None if region == place.province_code and place.level is gazetteer.Level.PROVINCE else gazetteer.position(region)
    return Flag(name, count, at, place.province_code)
