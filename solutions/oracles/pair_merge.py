"""The counts and merges of `pair_merge`, by libraries that know nothing of this course.

Counts: the weighted adjacency matrix of the symbols, whose entries SciPy adds up.
Merges: a byte-pair encoder with one merge, by Hugging Face `tokenizers` and by `tiktoken`,
which must agree with each other.
Most frequent pair of the text: also what the trainer of `tokenizers` learns first.
"""

from ast import literal_eval

import numpy as np
import tiktoken
from oracle import answer, inputs, versions
from scipy.sparse import coo_array
from tokenizers import Tokenizer, models, pre_tokenizers, trainers


def words_of(given, name):
    """The words and weights given under a name: `[([1, 2], 3)]`, or one text a word."""
    texts = given[f"words ({name})"]
    whole = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
    pairs = literal_eval(whole)
    return [ids for ids, _ in pairs], [weight for _, weight in pairs]


def counts(words, weights):
    """Rows (left, right, count), sorted."""
    left, right, times = [], [], []
    for word, weight in zip(words, weights):
        left.extend(word[:-1])
        right.extend(word[1:])
        times.extend([weight] * (len(word) - 1))
    size = 1 + max([0, *left, *right])
    table = coo_array((np.array(times, dtype=np.int64), (left, right)), shape=(size, size))
    table.sum_duplicates()
    return sorted(zip(table.row.tolist(), table.col.tolist(), table.data.tolist()))


def merge(word, pair, new):
    """The word after one merge; symbols are bytes."""
    letter = {i: chr(0x100 + i) for i in {*word, *pair}}
    text = "".join(letter[i] for i in word)
    vocabulary = {letter[i]: i for i in letter}
    merged = letter[pair[0]] + letter[pair[1]]
    vocabulary[merged] = 256
    one = Tokenizer(models.BPE(vocab=vocabulary, merges=[(letter[pair[0]], letter[pair[1]])]))
    by_tokenizers = one.encode(text).ids

    ranks = {bytes([i]): i for i in range(256)} | {bytes(pair): 256}
    two = tiktoken.Encoding("one merge", pat_str=r"(?s).+", mergeable_ranks=ranks, special_tokens={})
    by_tiktoken = two.encode(bytes(word).decode("latin-1")) if len(word) else []
    assert by_tokenizers == by_tiktoken, (word, pair, by_tokenizers, by_tiktoken)
    return [new if i == 256 else i for i in by_tokenizers]


def first_learned(words, weights):
    """The first merge that the trainer of `tokenizers` learns, as symbols."""
    model = Tokenizer(models.BPE())
    model.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    texts = ["".join(map(chr, word)) for word in words]
    alphabet = sorted({c for text in texts for c in text})
    trainer = trainers.BpeTrainer(
        vocab_size=len(alphabet) + 1, initial_alphabet=alphabet, show_progress=False
    )
    model.train_from_iterator(
        (text for text, n in zip(texts, weights) for _ in range(n)), trainer
    )
    learned = [token for token in model.get_vocab() if len(token) == 2]
    assert len(learned) == 1, learned
    return tuple(map(ord, learned[0]))


def to_merge(given, name):
    """The pair and the new symbol given under a name."""
    return tuple(given[f"pair ({name})"].astype(int).tolist()), int(given[f"new ({name})"])


def rows(counted):
    return np.array(counted, dtype=np.int64).reshape(-1, 3)


def random_words(given):
    seen = {"left, right, count: random words": rows(counts(*words_of(given, "random words")))}
    for name in ("aa merged", "ab merged"):
        words, _ = words_of(given, name)
        merged = [merge(word, *to_merge(given, name)) for word in words]
        seen[name] = sum(merged, [])
        seen[f"lengths, {name}"] = [len(word) for word in merged]
    return seen


def text_words(given):
    words, weights = words_of(given, "tales")
    ranked = sorted(counts(words, weights), key=lambda row: (-row[2], row))
    pair = ranked[0][:2]
    assert pair == first_learned(words, weights)
    after = sum(n * len(merge(word, pair, 255)) for word, n in zip(words, weights))
    return {
        "left, right, count of the 8 most frequent": ranked[:8],
        "number of pairs": len(ranked),
        "bytes after the first merge": after,
    }


def fixed(given):
    seen = {}
    for key in given:
        kind, _, name = key.removesuffix(")").partition(" (")
        if kind == "words":
            seen[f"left, right, count: {name}"] = rows(counts(*words_of(given, name)))
        elif kind == "ids":
            word = given[key].astype(int).tolist()
            seen[f"merged: {name}"] = merge(word, *to_merge(given, name))
    return seen


SPECIAL = {
    "counts and lengths balance on random words": random_words,
    "they balance on the words of the course's text": text_words,
}

answer(
    "pair_merge",
    1,
    {check: SPECIAL.get(check, fixed)(given) for check, given in inputs().items()},
    versions("numpy", "scipy", "tokenizers", "tiktoken"),
    {"atol": 0, "rtol": 0, "why": "counts and symbols are integers below 2^53"},
)
