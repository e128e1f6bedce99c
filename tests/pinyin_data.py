"""Writes what `bot.language.sounds` reads from the dictionaries of pypinyin: `make pinyin-data`."""

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "bot" / "language" / "data"


def words() -> list[str]:
    """All words of the dictionary."""
    from pypinyin.constants import PHRASES_DICT

    return list(PHRASES_DICT)


def made(every: int = 1) -> dict[str, str]:
    """The files by name: the characters by their usual syllable, and every word, with its syllables where they are not the usual ones.

    `every`: only each so many-th of either, to compare quickly.
    """
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PINYIN_DICT

    chosen = sorted(words())[::every]
    wanted = sorted({*list(map(chr, PINYIN_DICT))[::every], *"".join(chosen)})
    usual = {character: lazy_pinyin(character)[0] for character in wanted}
    usual = {character: syllable for character, syllable in usual.items() if syllable != character}
    sounds: dict[str, list[str]] = {}
    for character, syllable in sorted(usual.items()):
        sounds.setdefault(syllable, []).append(character)
    lines = []
    for word in chosen:
        read = lazy_pinyin(word)
        lines.append(word if read == [usual.get(each, each) for each in word] else f"{word} {' '.join(read)}")
    return {
        "sounds.tsv": "".join(f"{syllable}\t{''.join(characters)}\n" for syllable, characters in sorted(sounds.items())),
        "words.txt": "".join(f"{line}\n" for line in lines),
    }


if __name__ == "__main__":
    for name, text in made().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
