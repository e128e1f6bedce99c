"""Place names in Latin letters: what English readers know, else pinyin with the reading the place has."""

import unicodedata
from functools import cache, lru_cache

from bot.language import place_names, sounds

# Where the dictionary has another reading of a name. Keys are short names or names of one character with their kind.
_READINGS = {
    "六安": "lu an", "六合": "lu he", "六枝": "liu zhi", "番禺": "pan yu", "单县": "shan xian", "蚌埠": "beng bu", "亳州": "bo zhou",
    "台州": "tai zhou", "天台": "tian tai", "丽水": "li shui", "乐清": "yue qing", "乐亭": "lao ting", "乐陵": "lao ling",
    "蔚县": "yu xian", "莘县": "shen xian", "盱眙": "xu yi", "涡阳": "guo yang", "枞阳": "zong yang", "铅山": "yan shan",
    "尉犁": "yu li", "尉氏": "wei shi", "珲春": "hun chun", "东阿": "dong e", "大城": "dai cheng", "大埔": "da bu",
    "宝坻": "bao di", "井陉": "jing xing", "长子": "zhang zi", "洪洞": "hong tong", "繁峙": "fan shi", "郫都": "pi du",
    "犍为": "qian wei", "筠连": "jun lian", "荥经": "ying jing", "荥阳": "xing yang", "浚县": "xun xian", "泌阳": "bi yang",
    "郏县": "jia xian", "叶县": "ye xian", "渑池": "mian chi", "瀍河": "chan he", "吴堡": "wu bu", "柞水": "zha shui",
    "华阴": "hua yin", "华州": "hua zhou", "句容": "ju rong", "歙县": "she xian", "黟县": "yi xian", "砀山": "dang shan",
    "嵊州": "sheng zhou", "嵊泗": "sheng si", "鄞州": "yin zhou", "闽侯": "min hou", "闽清": "min qing", "北碚": "bei bei",
    "东莞": "dong guan", "耒阳": "lei yang", "猇亭": "xiao ting", "硚口": "qiao kou", "蕲春": "qi chun", "监利": "jian li",
    "都昌": "du chang", "都匀": "du yun", "都江堰": "du jiang yan", "都安": "du an", "都兰": "du lan", "行唐": "xing tang",
    "藁城": "gao cheng", "任丘": "ren qiu", "任泽": "ren ze", "弋阳": "yi yang", "临朐": "lin qu", "无棣": "wu di", "茌平": "chi ping",
    "长治": "chang zhi", "长沙": "chang sha", "长武": "chang wu", "长乐": "chang le", "会理": "hui li", "那曲": "na qu",
    "宿州": "su zhou", "宿迁": "su qian", "宿松": "su song", "宿豫": "su yu", "宿城": "su cheng", "弥勒": "mi le", "漯河": "luo he",
    "秭归": "zi gui", "勉县": "mian xian", "覃塘": "qin tang", "应县": "ying xian", "乐都": "le du", "将乐": "jiang le",
    "曲周": "qu zhou", "曲阜": "qu fu", "曲靖": "qu jing", "曲阳": "qu yang", "曲江": "qu jiang", "曲沃": "qu wo", "曲水": "qu shui",
    "曲松": "qu song", "阳曲": "yang qu", "河曲": "he qu", "玛曲": "ma qu", "碌曲": "lu qu", "舟曲": "zhou qu", "曲麻莱": "qu ma lai",
    "重庆": "chong qing", "厦门": "xia men", "长春": "chang chun", "珙县": "gong xian", "隰县": "xi xian", "睢县": "sui xian",
    "睢宁": "sui ning", "睢阳": "sui yang", "邳州": "pi zhou", "涪城": "fu cheng", "监": "jian", "合浦": "he pu", "长白": "chang bai",
    "阿坝": "a ba", "阿里": "a li", "阿城": "a cheng", "阿荣": "a rong", "色达": "se da", "洮南": "tao nan", "洮北": "tao bei",
    "临洮": "lin tao", "冠县": "guan xian", "朝阳": "chao yang", "朝天": "chao tian", "石柱": "shi zhu", "盛泽": "sheng ze",
    "涡": "guo", "芮城": "rui cheng", "解放": "jie fang", "长寿": "chang shou", "牟平": "mu ping", "中牟": "zhong mu", "牟定": "mou ding",
    "炎陵": "yan ling", "大荔": "da li", "浒墅关": "xu shu guan", "莒县": "ju xian", "莒南": "ju nan", "郯城": "tan cheng",
    "扎兰屯": "zha lan tun", "扎赉特": "zha lai te", "扎鲁特": "zha lu te", "扎赉诺尔": "zha lai nuo er", "扎囊": "zha nang",
    "措勤": "cuo qin", "乐东": "le dong", "儋州": "dan zhou", "柏乡": "bai xiang", "万柏林": "wan bai lin",
    "弓长岭": "gong chang ling", "佛冈": "fo gang", "佛坪": "fo ping",
    "佛山": "fo shan", "柘城": "zhe cheng", "柘荣": "zhe rong", "枝江": "zhi jiang", "石拐": "shi guai", "氹仔": "dang zai",
    "路氹填海": "lu dang tian hai", "深水埗": "shen shui bu", "下陆": "xia lu", "称多": "chen duo", "囊谦": "nang qian", "治多": "zhi duo",
    "杂多": "za duo", "喀什": "ka shi", "喀喇沁": "ka la qin", "喀喇沁左翼": "ka la qin zuo yi", "达坂城": "da ban cheng",
    "吐鲁番": "tu lu fan", "察隅": "cha yu", "剑阁": "jian ge", "牡丹江": "mu dan jiang", "会泽": "hui ze", "会宁": "hui ning",
    "会昌": "hui chang", "会同": "hui tong", "会东": "hui dong", "四会": "si hui", "新会": "xin hui", "子长": "zi chang",
    "长清": "chang qing", "长岛": "chang dao", "长垣": "chang yuan", "长葛": "chang ge", "长兴": "chang xing", "长汀": "chang ting",
    "长泰": "chang tai", "长丰": "chang feng", "长海": "chang hai", "长岭": "chang ling", "长洲": "chang zhou", "长顺": "chang shun",
    "长阳": "chang yang", "长宁": "chang ning", "长安": "chang an", "天长": "tian chang", "延长": "yan chang",
}  # fmt: skip


_IN_PLACES = {"都": "du", "什": "shi", "勒": "le", "尾": "wei", "乐": "le"}  # what these characters are read in any other name


@cache
def _exonyms() -> dict[int, str]:
    known: dict[int, str] = {}
    for words, code in place_names.of_kind("exonym").items():
        known.setdefault(code, words)
    return known


@lru_cache(maxsize=1024)
def _syllables(words: str) -> tuple[str, ...]:
    if words in _READINGS:
        return tuple(_READINGS[words].split())
    stem, kind = words[:-1], words[-1:]
    if stem in _READINGS and kind in "省市区县旗州盟":
        return (*_READINGS[stem].split(), *_syllables(kind))
    read = sounds.syllables(words)
    if len(read) == len(words):
        read = [_IN_PLACES.get(character, syllable) for character, syllable in zip(words, read, strict=True)]
    return tuple(plain for plain in map(_ascii, read) if plain)


def _ascii(syllable: str) -> str:
    return syllable if syllable.isascii() else unicodedata.normalize("NFD", syllable).encode("ascii", "ignore").decode()


def typed(words: str) -> str:
    """The pinyin of a Chinese name as one types it: haerbin."""
    return "".join(_syllables(words))


def written(code: int, name: str) -> str:
    """The name of a place for readers of English, without its kind unless it is one character long."""
    return _exonyms().get(code) or title(_syllables(place_names.short(name)))


def title(syllables: tuple[str, ...]) -> str:
    """Syllables as one capitalised word, with the apostrophe that pinyin asks for: Lu'an."""
    joined = "".join(f"'{each}" if index and each[:1] in {"a", "e", "o"} else each for index, each in enumerate(syllables))
    return joined[:1].upper() + joined[1:]
