"""What a check records of an array that is too large to record whole.

Three of the numbers are sums with random signs, drawn from the check's own generator after
the draws that made its inputs. The generator is SplitMix64, whose n-th state is its first
plus n times a constant, so that any part of its stream can be had at once.
"""

import numpy as np

GOLDEN = 0x9E3779B97F4A7C15
WORD = (1 << 64) - 1


def bits(seed, stream, skip, n):
    """`n` words of the generator named `stream`, after `skip` words."""
    state = 0xCBF29CE484222325  # FNV-1a of the name
    for byte in stream.encode():
        state = ((state ^ byte) * 0x100000001B3) & WORD
    state ^= (seed * GOLDEN) & WORD
    first = (state + GOLDEN * (skip + 2)) & WORD  # one word is thrown away at the start
    z = np.uint64(first) + np.uint64(GOLDEN) * np.arange(n, dtype=np.uint64)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def large(name, x, seed, check, words_drawn):
    """The observations of the large array `x`; a uniform draw takes a word, a normal twelve."""
    flat = np.asarray(x, dtype=np.float64).ravel()
    drawn = bits(seed, check, words_drawn, 3 * flat.size).reshape(3, flat.size)
    signs = np.where(drawn >> np.uint64(63) == 0, 1.0, -1.0)
    norms = [flat.sum(), np.sqrt((flat * flat).sum()), np.abs(flat).max(initial=0.0)]
    return {
        f"shape of {name}": np.array(x.shape),
        f"first elements of {name}": flat[:8],
        f"sum, norm and maximum of {name}": np.array(norms),
        f"projections of {name}": signs @ flat,
    }
