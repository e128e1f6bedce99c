"""Cities as people mistype them: by characters that sound or look alike (深镇, 东菀), by pinyin with a letter too many or too few.

Only where a place must follow: a slip that may be a word of its own means that word.
"""

from collections.abc import Iterator
from functools import cache

from bot.language import place_everyday, place_latin, place_names
from bot.language.gazetteer import Level, Place, every
from bot.language.normalise import HAN
from bot.language.pinyin import readings
from bot.language.place_scan import Mention, large_places
from bot.language.place_search import in_order, named
from bot.patterns import Pattern

_ANCHOR = Pattern(
    "(?:在|再|到了|到|来了|来|去了|抵达|到达|回到|搬去|搬来|派去|派往|调往|调去|调任|现居|现住|住|位置[是:]|地址[是:]|是"
    "|[:])(?=[\u4e00-\u9fff]{2})"
)
_LATIN_ANCHOR = Pattern(
    r"\b(?:zai|dao ?le|dao ?da|di ?da|lai ?dao|dao|in|at|to|reached|arrived|zhu ?zai) (?P<words>[a-z']{4,20}(?: [a-z']{2,8}){0,3})"
)
_GLUED = Pattern(
    r"(?:wo|an|ren)?(?:xianzai|muqian|yijing|gang)?(?:zai|daole|dao|laidaole|laidao)(?P<place>[a-z]{4,24}?)(?:le|la|ne|shangban"
    r"|dagong|gongzuo)?"
)
_HAN_RUN = Pattern(f"[{HAN}]{{2,7}}")
_LONGEST_NAME, _SHORTEST_LATIN = 6, 5
# What looks alike: the character that is meant by the one that is typed.
_LOOKS = dict(
    pair
    for pair in zip(
        "菀苑宛抗坑沉毫沪骡璞刑彬除无瞿荷缁甫浦川训洲州岗冈崇钲涌蛘慈昊晏娄弋廓漠闽冶",
        "莞莞莞杭杭沈亳泸漯濮邢郴滁芜衢菏淄莆莆圳圳州洲冈岗崇郑涌蚌磁吴宴娄弋廊漠闽冶",
        strict=True,
    )
    if pair[0] != pair[1]
)
# Words that are no slips.
_NO_SLIPS = (
    "大力 大理石 太远 太原始 大脸 精华 程度 常常 常驻 长住 长期 常熟 上绕 中间 中级 东边 东房 海边 海滩 "
    "海里 西边 西部 北方 北边 南方 南边 南部 东部 海口音 三名 三亚洲 新相 安全 安心 安家 广场 广告 重新 "
    "重点 福利 天上 天津话 上班 上面 上山 上学 上车 昆虫 金沙 黄金 黄山路 平凉席 河边 河里 泉水 温州人 "
    "无锡纸 长春藤 中心 宁静 家里 老家 家中 那里 这里 哪里 外地 外面 单位 公司 工地 医院 学校 路上 车上 "
    "村里 县里 镇上 城里 厂里 船上 海上"
)
_WORDS = frozenset(_NO_SLIPS.split())
_ENGLISH_WORDS = "human china change charge danger ruin school dinner london hanoi women woman linen shining omen"
_ENGLISH = frozenset(_ENGLISH_WORDS.split())


def slipped(words: str) -> list[Mention]:
    """The cities that are meant by slips, where words say that a place follows."""
    return [*_han(words), *_latin(words)]


def _han(words: str) -> Iterator[Mention]:
    end = 0
    for anchor in _ANCHOR.finditer(words):
        start = anchor.end()
        run = _HAN_RUN.match(words, start)
        for length in range(min(len(run[0]) if run else 0, _LONGEST_NAME), 1, -1):
            typed = words[start : start + length]
            if start >= end and (places := alike(typed)):
                end = start + length
                yield start, end, places
                break


def alike(typed: str) -> tuple[Place, ...]:
    """The cities that look or sound like the characters."""
    votes: dict[str, int] = {}
    known, length = _by_character(), len(typed)
    for at, character in enumerate(typed):
        for name in known.get((length, at, character), ()):
            votes[name] = votes.get(name, 0) + 1
    likely = [name for name, count in votes.items() if 2 * count >= length]
    if not likely or typed in _WORDS or typed in place_everyday.IN_A_SENTENCE or named(typed):
        return ()
    seen = [name for name in likely if _looks_like(name, typed)]
    heard = seen or [name for name in likely if _sound(name) == _sound(typed) or _sounds_like(name, typed)]
    close = heard or [name for name in likely if len(name) > 3 and votes[name] == len(name) - 1]  # three characters may be another word
    return tuple(in_order(each for name in close for each in _cities()[name]))


def _looks_like(name: str, typed: str) -> bool:
    differ = [(meant, said) for meant, said in zip(name, typed, strict=True) if meant != said]
    return len(differ) == 1 and _LOOKS.get(differ[0][1]) == differ[0][0]


def _sounds_like(name: str, typed: str) -> bool:
    """Whether the characters that differ may be read alike, whichever way the others are read: 重请 is 重庆."""
    differ = [(meant, said) for meant, said in zip(name, typed, strict=True) if meant != said]
    return all(not _heard(meant).isdisjoint(_heard(said)) for meant, said in differ)


def _heard(character: str) -> frozenset[str]:
    return frozenset(map(_one_sound, readings().get(character, ())))


@cache
def _cities() -> dict[str, list[Place]]:
    """Cities and provinces by their short names."""
    named: dict[str, list[Place]] = {}
    for each in every().values():
        if each.level is Level.CITY or (each.level is Level.PROVINCE and each.code + 100 != each.city_code):
            named.setdefault(place_names.short(each.name), []).append(each)
    return named


@cache
def _by_character() -> dict[tuple[int, int, str], tuple[str, ...]]:
    """Short names by their length and one character at its place."""
    found: dict[tuple[int, int, str], list[str]] = {}
    for name in _cities():
        for at, character in enumerate(name):
            found.setdefault((len(name), at, character), []).append(name)
    return {key: tuple(names) for key, names in found.items()}


def _sound(name: str) -> str:
    return _one_sound(place_latin.typed(name))


def _one_sound(letters: str) -> str:
    """Letters with what many people do not tell apart made one: n and ng, z and zh."""
    return letters.replace("ng", "n").replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("v", "u")


# Latin letters


def _latin(words: str) -> Iterator[Mention]:
    for anchor in _LATIN_ANCHOR.finditer(words):
        start = anchor.start("words")
        tokens = anchor["words"].split(" ")
        for count in range(len(tokens), 0, -1):
            typed = " ".join(tokens[:count])
            if places := misspelt(typed.replace(" ", "").replace("'", "")):
                yield start, start + len(typed), places
                break


def glued(words: str) -> tuple[str, tuple[Place, ...]] | None:
    """A statement in pinyin without spaces (wozaihaerbin): the place as typed, and what it may mean."""
    letters = words.replace(" ", "")
    said = _GLUED.fullmatch(letters) if letters.isascii() else None
    places = (large_places().get(said["place"], ()) or misspelt(said["place"])) if said else ()
    return (said["place"], places) if said and places else None


def misspelt(letters: str) -> tuple[Place, ...]:
    """The cities and provinces whose pinyin or English name is these letters but for one, or sounds like them; none for a right name."""
    if len(letters) < _SHORTEST_LATIN or letters in large_places() or letters in _ENGLISH:
        return ()
    if alike := _by_sound().get(_one_sound(letters)):
        return alike
    near = {name for short in _shortened(letters) for name in _by_shortened().get(short, ()) if _one_apart(name, letters)}
    return tuple(in_order(each for name in near for each in large_places()[name]))


@cache
def _by_sound() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for letters, places in large_places().items():
        found.setdefault(_one_sound(letters), []).extend(places)
    return {letters: tuple(in_order(places)) for letters, places in found.items()}


@cache
def _by_shortened() -> dict[str, tuple[str, ...]]:
    """Names by themselves and by themselves without one letter."""
    found: dict[str, list[str]] = {}
    for letters in large_places():
        if len(letters) >= _SHORTEST_LATIN:
            for short in _shortened(letters):
                found.setdefault(short, []).append(letters)
    return {short: tuple(names) for short, names in found.items()}


def _shortened(letters: str) -> set[str]:
    return {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))}


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two in the wrong order make the difference."""
    if len(one) < len(other):
        one, other = other, one
    at = next((index for index, letter in enumerate(other) if one[index] != letter), len(other))
    if len(one) != len(other):
        return one[at + 1 :] == other[at:] and len(one) == len(other) + 1
    return one[at + 1 :] == other[at + 1 :] or (one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :])
