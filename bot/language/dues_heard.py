"""What is said of dues (党费) in one spelling: slips of the input method (档费, 党废), pinyin (wo jiao le dangfei), a voice's fillers."""

from functools import lru_cache

from bot.patterns import Pattern

CUES = ("党费", "党废", "党肺", "党飞", "党会费", "党员费", "档费", "df", "档废", "挡费", "当费", "当废", "荡费", "党非", "dang", "dues")
"""One of these occurs wherever dues are named."""
NAME = "党费"

_SLIPS = Pattern(
    r"党[废肺飞匪沸](?!机)|党非(?!常|法|要|得)|党会费|党员费(?!用)|[档挡荡][费废]|(?<![相应正恰每适担])当[费废](?![劲力时心神事用品物纸铁])"
    r"|\bdang ?(?:fei\b|费)|\bdf\b|(?:\bparty )?(?:\bmembership )?\bdues\b(?! to\b)"
)
_FILLERS = Pattern(
    "(?:嗯+|呃+|(?<![大金总余定税数限差])额(?!度|外|头)|唔|哎呀?|欸|喂|那个(?!月|季|时)|这个(?=[,那嗯呃]|党费)|就是说"
    "|怎么说呢|然后(?:呢|就)?|(?<=[,。])啊)[,。]?"
)
_LATIN = Pattern("[a-z]+")
_INITIALS = Pattern(r"(?<![a-z0-9])df(?![a-z0-9])")
"""党费 by its first letters, where nothing else can be read as a word beside it."""
_RUN = Pattern("[a-z]+(?: [a-z]+){1,12}")
_PAIRS = (
    "shuihou 税后 gongzi 工资 tuixiu 退休 xuesheng 学生 nongmin 农民 zenmeyang 怎么样 weixin 微信 "
    "dangfei 党费 duoshao 多少 zenme 怎么 zenmo 怎么 ruhe 如何 jiao 交 le 了 wo 我 yijing 已经 zhuan 转 "
    "guoqu 过去 qian 钱 kuai 块 yuan 元 yue 月 yuefen 月份 zhege 这个 shangge 上个 benyue 本月 mei 没 "
    "meige 每个 meiyue 每月 yao 要 hai 还 haimei 还没 qunian 去年 jinnian 今年 dao 到 nali 哪里 nar 哪儿 "
    "na 哪 zai 在 shui 谁 shei 谁 cha 查 chaxun 查询 ma 吗 de 的 yigong 一共 bang 帮 ti 替 gei 给 "
    "shouju 收据 bu 补 yi 一 er 二 liang 两 san 三 si 四 wu 五 liu 六 qi 七 ba 八 jiu 九 shi 十 bai 百 "
    "ge 个 jige 几个 biaozhun 标准 jiaodao 交到 ne 呢 a 啊 zenmejiao 怎么交 jiaoguo 交过 guo 过 lao 老 po 婆 "
    "qing 清 wancheng 完成 quan 全 "
)
_SYLLABLES = dict(zip(_PAIRS.split()[::2], _PAIRS.split()[1::2], strict=True))
_LONGEST = max(map(len, _SYLLABLES))
_OWED = Pattern("(?<=[我还])钱(?=多少|党费|几|了|着)")
_THOUSAND = Pattern("(?<=[一二两三四五六七八九])钱")
_YI = Pattern("一(?=交|转|经|付)")
_SHI = Pattern("(?<![二三四五六七八九])十(?![一二三四五六七八九块元月])")


@lru_cache(maxsize=256)
def heard(words: str, *, about: bool = False) -> str:
    """What was said (`Said.words`) with dues by their name. `about`: the talk is of dues, so that pinyin is read without the name."""
    latin = about or "dang" in words or _INITIALS.search(words) is not None
    said = _pinyin(words, about=about) if latin and _LATIN.search(words) else words
    said = _SLIPS.sub(NAME, said) if any(cue in said for cue in CUES) else said
    return _FILLERS.sub("", said).strip(" ,。")


def _pinyin(words: str, *, about: bool) -> str:
    """Runs of pinyin as characters, where the whole run is of the words of dues; anything else stays."""
    if not about and not _SLIPS.search(words) and "dangfei" not in words and not _INITIALS.search(words):
        return words
    named = _INITIALS.sub("dangfei", words.replace("dang fei", "dangfei"))
    written = _RUN.sub(lambda match: _read(match[0].replace(" ", "")), named)
    written = _LATIN.sub(lambda match: _read(match[0]), written)
    joined = "".join(written.split()) if written != words else written
    joined = _OWED.sub("欠", _THOUSAND.sub("千", joined))
    return _SHI.sub("是", _YI.sub("已", joined))


def _read(run: str) -> str:
    """The characters of a run of pinyin, the longest words first; the run itself where it is none."""
    found, at = [], 0
    while at < len(run):
        size = next((size for size in range(min(_LONGEST, len(run) - at), 0, -1) if run[at : at + size] in _SYLLABLES), 0)
        if not size:
            return run
        found.append(_SYLLABLES[run[at : at + size]])
        at += size
    return "".join(found)
