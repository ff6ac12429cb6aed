"""Rows drawn by the two block bootstraps, from xoroshiro128+ on 64-bit integers seeded with hashlib's SHA-256."""

import hashlib
import json

from fixture import write

MASK = (1 << 64) - 1


class Stream:
    def __init__(self, *key):
        text = json.dumps(key, separators=(",", ":"))
        words = [int.from_bytes(hashlib.sha256(text.encode()).digest()[i : i + 4], "little") for i in range(0, 16, 4)]
        self.s0 = words[0] << 32 | words[1]
        self.s1 = words[2] << 32 | words[3]

    def bits(self, count):
        out = (self.s0 + self.s1) & MASK
        a = self.s0 ^ self.s1
        self.s0 = rotated(self.s0, 24) ^ a ^ (a << 16) & MASK
        self.s1 = rotated(a, 37)
        return out & ((1 << count) - 1)

    def uniform(self):
        high, low = self.bits(26), self.bits(27)
        return (high << 27 | low) / (1 << 53)


def rotated(x, by):
    return (x << by | x >> (64 - by)) & MASK


def circular(rows, block, draws, seed):
    s = Stream(seed, "circular", rows, block)
    out = []
    for _ in range(draws):
        draw = []
        while len(draw) < rows:
            start = int(s.uniform() * rows)
            draw += [(start + i) % rows for i in range(block)]
        out += draw[:rows]
    return out


def stationary(rows, block, draws, seed):
    s = Stream(seed, "stationary", rows, block)
    out = []
    for _ in range(draws):
        draw = [int(s.uniform() * rows)]
        while len(draw) < rows:
            new = s.uniform() < 1 / block
            draw.append(int(s.uniform() * rows) if new else (draw[-1] + 1) % rows)
        out += draw
    return out


cases = [
    {"method": name, "rows": rows, "blockLength": block, "draws": draws, "seed": seed, "indices": f(rows, block, draws, seed)}
    for name, f, rows, block, draws, seed in [
        ("circular", circular, 5, 3, 1, 1),
        ("circular", circular, 7, 3, 4, 20180131),
        ("circular", circular, 4, 1, 3, 2),
        ("circular", circular, 3, 3, 3, 3),
        ("stationary", stationary, 5, 3, 1, 1),
        ("stationary", stationary, 7, 2.5, 4, 20180131),
        ("stationary", stationary, 4, 1, 3, 2),
    ]
]  # fmt: skip
write(
    "resamples",
    "the standard library of Python",
    [],
    cases=cases,
)
