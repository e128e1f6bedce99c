"""Where help is needed or offered: the place that is named, but no district where its name is only a hospital's."""

from typing import Any

from bot.language.place_slots import first
from bot.language.said import Said
from bot.patterns import Pattern

_HOSPITAL = Pattern("(?P<name>[一-龥]{2,3}?)区?(?:第[一二三四五六七八九十]|省|市|中心|人民|儿童|肿瘤|口腔|妇幼|中|附属){0,3}(?:医院|院区)")


def where(said: Said) -> dict[str, Any]:
    """The slots of the place that a message names; 北京朝阳医院 is in 北京市, wherever in it."""
    slots = first(said.words, said.setting.near)
    district = str(slots.get("district", "")).removesuffix("区").removesuffix("县")
    if len(district) > 1 and any(district in found["name"] for found in _HOSPITAL.finditer(said.words)):
        del slots["district"]
    return slots
