"""Personal names: what looks like one, lists of them, and how English readers write them."""

import re
import unicodedata

from bot.language.normalise import HAN, clean, visible
from bot.language.sounds import syllables
from bot.patterns import Pattern

_HAN_NAME = Pattern(f"[{HAN}]{{2,6}}|(?=.{{3,15}}$)[{HAN}]+(?:·[{HAN}]+)+")
_LATIN_NAME = Pattern(r"(?=.{2,40}$)[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+)*\.?")
_NUMBERING = Pattern(r"^[(\[]?(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3}(?=[、.)]))[)\].、:]*\s*(?=\D)|^[-*•·]+\s*")
_HEADERS = Pattern(
    r"^(?:(?:党员|成员|支部成员|参会|应到|实到|人员)?(?:姓名|名单|名字|名册)|序号|编号|no\.?|names?|members?|党员|成员|"
    r"人员)(?:如下)?(?:\s*[:：]\s*|\s*$)",
    re.IGNORECASE,
)
_COUNTED = Pattern(f"(?m:^ {{0,3}}[一二三四五六七八九十]{{1,3}}[、.])|(?<=[{HAN}]) ?[(\\[]?[0-9]{{1,3}}[)\\].、]")
_BESIDE = Pattern(f"(?<=[{HAN}]) ?[(\\[][^()\\[\\]\n]{{0,20}}[)\\]]|[+]?[0-9][0-9 -]{{6,20}}")
"""What stands beside a name in a pasted list and is none: a remark in brackets, a telephone number."""
_TOLD_APART = Pattern(r"(?<=.)[(（][^()（）]{1,6}[)）]$")
_SEPARATORS = Pattern(r"[\n,;|/]+|(?<![0-9])、")
_HAN_SPACE = Pattern(f"(?<=[{HAN}·0-9.)]) (?=[{HAN}])")
_DOTS = str.maketrans(dict.fromkeys("•‧・･∙⋅．", "·"))

_DOUBLE_SURNAME_LIST = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 "
    "钟离 长孙 宇文 "
    "司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 轩辕 "
    "令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 "
    "东门 西门 第五 纳兰 完颜 叶赫"
)
_DOUBLE_SURNAMES = frozenset(_DOUBLE_SURNAME_LIST.split())
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏"
    "付傅方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯庄温鲁葛岳齐耿祁裴詹翁俞鲍舒管左柳柴兰聂焦"
    "卜卓窦纪涂骆"
)
"""The first characters of most family names."""
_SURNAME_READINGS = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge", "翟": "zhai", "任": "ren",
    "华": "hua", "洗": "xian", "冼": "xian", "员": "yun", "乐": "yue", "召": "shao", "繁": "po", "种": "chong", "重": "chong", "秘": "bi",
    "折": "she", "黑": "he", "缪": "miao", "覃": "qin", "尹": "yin", "燕": "yan", "应": "ying", "宁": "ning", "曲": "qu", "纪": "ji",
    "葛": "ge", "尉": "wei", "万": "wan", "隗": "wei", "牟": "mou", "薄": "bo", "晁": "chao", "谌": "chen", "逄": "pang", "璩": "qu",
    "车": "che", "沈": "shen", "石": "shi", "盛": "sheng", "朱": "zhu", "贾": "jia", "强": "qiang", "干": "gan", "卜": "bu", "吕": "lyu",
    "尉迟": "yu chi", "万俟": "mo qi", "澹台": "tan tai", "长孙": "zhang sun", "令狐": "ling hu", "鲜于": "xian yu", "亓官": "qi guan",
    "乐正": "yue zheng", "单于": "chan yu", "公冶": "gong ye", "诸葛": "zhu ge", "百里": "bai li", "呼延": "hu yan",
}  # fmt: skip
_LONGEST = 40


def untold(name: str) -> str:
    """A name without what tells people of one name apart: 李小山(东) is 李小山."""
    return str(_TOLD_APART.sub("", name))


def is_name(text: str) -> bool:
    """Whether the text is plausibly one person's name: 鲍子龙, 阿依古丽·买买提, Bao Zilong."""
    words = _written(text) if len(text) <= 2 * _LONGEST else ""
    return bool(_HAN_NAME.fullmatch(words) or (not re.search(f"[{HAN}]", words) and _LATIN_NAME.fullmatch(words)))


def names(text: str) -> list[str]:
    """The names in a pasted list, in order and each once; numbering and headings are dropped, doubtful entries kept."""
    found: dict[str, None] = {}
    for entry in _SEPARATORS.split(_COUNTED.sub("\n", _BESIDE.sub("\n", _lines(text)))):
        found.update(dict.fromkeys(_of_entry(entry)))
    return list(found)


def latin(name: str) -> str:
    """The name in pinyin, family name first (鲍子龙: Bao Zilong); Latin letters and what is too long for a name are unchanged."""
    written = _written(name) if len(name) <= 2 * _LONGEST else ""
    if not re.search(f"[{HAN}]", written):
        return name.strip()
    if "·" in written:
        return " ".join(_word(_pinyin(part)) for part in written.split("·") if part)
    surname = written[:2] if written[:2] in _DOUBLE_SURNAMES and len(written) > 2 else written[:1]
    family = _SURNAME_READINGS[surname].split() if surname in _SURNAME_READINGS else _pinyin(surname)
    return f"{_word(family)} {_word(_pinyin(written[len(surname) :]))}".strip()


def _written(text: str) -> str:
    return clean(text).translate(_DOTS)


def _lines(text: str) -> str:
    """The text in common signs, its lines kept apart."""
    return unicodedata.normalize("NFKC", "\n".join("".join(filter(visible, line)) for line in text.splitlines()))


def _of_entry(entry: str) -> list[str]:
    rest = clean(entry)
    while (header := _HEADERS.match(rest)) or (header := _NUMBERING.match(rest)):
        rest = rest[header.end() :]
    pieces: list[str] = []
    for piece in _HAN_SPACE.split(rest):
        told = _HEADERS.sub("", _NUMBERING.sub("", piece.strip(' 、:.;()[]"“”'))).translate(_DOTS)
        if len(told) == 1 and pieces and len(pieces[-1]) == 1:
            pieces[-1] += told
        elif told and not told.isdigit():
            pieces.append(told)
    return pieces


def _pinyin(words: str) -> list[str]:
    return [unicodedata.normalize("NFD", each.replace("ü", "yu")).encode("ascii", "ignore").decode() for each in syllables(words)]


def _word(syllables: list[str]) -> str:
    joined = "".join(f"'{each}" if index and each[:1] in {"a", "e", "o"} else each for index, each in enumerate(syllables))
    return joined[:1].upper() + joined[1:]
