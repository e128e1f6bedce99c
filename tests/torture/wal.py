"""SQLite's write-ahead log and the index of it, as bytes: https://sqlite.org/fileformat2.html#walformat and walformat.html."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

HEADER, FRAME = 32, 24
_LITTLE = 0x377F0682


@dataclass(frozen=True)
class Mark:
    """What is on the disk for certain: so many frames of the log with this salt, and so many of them in the database's file, too."""

    frames: int
    salt: bytes
    backfilled: int

    FORMAT = struct.Struct("=I8sI")

    @classmethod
    def read(cls, index: Path) -> Self | None:
        """The state after a commit that has returned, since that has synced the log (PRAGMA synchronous=FULL)."""
        header = index.read_bytes()[:100] if index.exists() else b""
        if len(header) < 100:
            return None
        return cls(struct.unpack_from("=I", header, 16)[0], header[32:40], struct.unpack_from("=I", header, 96)[0])

    def packed(self) -> bytes:
        return self.FORMAT.pack(self.frames, self.salt, self.backfilled)

    @classmethod
    def last(cls, written: bytes) -> Self:
        """The newest of the marks that were written one after the other."""
        whole = len(written) // cls.FORMAT.size * cls.FORMAT.size
        return cls(*cls.FORMAT.unpack(written[whole - cls.FORMAT.size : whole]))


@dataclass(frozen=True)
class Commit:
    """The end of a transaction: after so many frames, at this byte, with so many pages in the database."""

    frames: int
    end: int
    pages: int


class Log:
    """The frames of a log that belong to its present round; frames that are known to be whole are not summed again."""

    def __init__(self, content: bytes, whole: int) -> None:
        self.content = content
        self.salt = content[16:24]
        self.page_size = struct.unpack_from(">I", content, 8)[0] if len(content) >= HEADER else 4096
        self.pages: list[int] = []
        self.commits = [Commit(0, 0, 0)]
        order = "<" if len(content) >= 4 and struct.unpack_from(">I", content)[0] == _LITTLE else ">"
        sums = struct.unpack_from(">II", content, 24) if len(content) >= HEADER else (0, 0)
        for number in range((len(content) - HEADER) // (FRAME + self.page_size)):
            at = HEADER + number * (FRAME + self.page_size)
            page, size, salt, *stored = struct.unpack_from(">II8sII", content, at)
            if salt != self.salt:
                break
            if number >= whole:
                body = content[at : at + 8] + content[at + FRAME : at + FRAME + self.page_size]
                sums = _summed(struct.unpack(f"{order}{len(body) // 4}I", body), sums)
            if number >= whole and sums != tuple(stored):
                break
            sums = (stored[0], stored[1])
            self.pages.append(page)
            if size:
                self.commits.append(Commit(number + 1, at + FRAME + self.page_size, size))

    def end_of(self, frames: int) -> int:
        """The byte at which so many frames end."""
        return HEADER + frames * (FRAME + self.page_size) if frames else 0

    def body(self, number: int) -> bytes:
        """The page that a frame holds."""
        at = self.end_of(number) + FRAME if number else HEADER + FRAME
        return self.content[at : at + self.page_size]

    def latest(self, frames: int) -> dict[int, int]:
        """The newest frame of each page among the first so many."""
        return {page: number for number, page in enumerate(self.pages[:frames])}

    def applied(self, database: bytes, commit: Commit) -> bytes:
        """The database's file after a commit: its old pages, and over them those of the log."""
        if not commit.frames:
            return database
        image = bytearray(database.ljust(commit.pages * self.page_size, b"\0")[: commit.pages * self.page_size])
        for page, number in self.latest(commit.frames).items():
            if page <= commit.pages:
                image[(page - 1) * self.page_size : page * self.page_size] = self.body(number)
        return bytes(image)


def _summed(words: Sequence[int], sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    for number in range(0, len(words), 2):
        first = (first + words[number] + second) & 0xFFFFFFFF
        second = (second + words[number + 1] + first) & 0xFFFFFFFF
    return first, second
