"""A heavier reader of statements, for training alone: it labels sentences that nobody has coded.

usage: python training/train_teacher.py BENCHMARK OUT.npz [HELD_FOLD [SEED]]

A public sentence encoder (``encoder.py``) is trained on the coded statements, all but those of HELD_FOLD (default 0), so that
what is learned from it can be measured on statements that it never saw. OUT holds its probabilities for all coded statements
and for the uncoded sentences of ``benchmark_data.uncoded``: seven levels, four levels as each of the three sources codes
them, and which source a sentence looks like. Takes some half an hour on two cores. Runs of several seeds (default 0) may be given to
``train_strength.py``, which takes their mean.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from benchmark_data import SOURCES, statements, uncoded
from encoder import WIDTH, encode, padded, tokenizer, weights

EPOCHS = 3
BATCH = 32
LONGEST = 64
RATE = 2e-4
HEADS = {"seven": 7, "four_st": 4, "four_pm": 4, "four_eu": 4, "source": 3}
OTHER_SOURCE = 0.15
"""Weight of a label for the heads of the sources that code otherwise."""


def cross_entropy(scores: jax.Array, label: jax.Array, weight: jax.Array) -> jax.Array:
    """With labels smoothed by .05 (Szegedy et al. 2016)."""
    count = scores.shape[1]
    target = jax.nn.one_hot(label, count) * 0.95 + 0.05 / count
    return -(jax.nn.log_softmax(scores) * target).sum(1) * weight


def main() -> None:
    """Train, then read everything."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    held = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    rows = statements(folder)
    texts = [row.text for row in rows] + [row.text for row in uncoded(folder)]
    ids = [one.ids for one in tokenizer(LONGEST).encode_batch(texts)]
    lengths = np.array([min(LONGEST, -(-len(one) // 16) * 16) for one in ids])
    seven = np.array([-1 if row.seven is None else row.seven for row in rows])
    four = np.array([row.four for row in rows])
    source = np.array([SOURCES.index(row.source) for row in rows])
    train = np.flatnonzero(np.array([row.fold for row in rows]) != held)

    rng = np.random.RandomState(seed)
    params = weights()
    words = params.pop("embeddings.word_embeddings.weight")
    for name, count in HEADS.items():
        params[f"{name}.w"] = jnp.asarray(rng.randn(2 * WIDTH, count) * 0.02, jnp.float32)
        params[f"{name}.b"] = jnp.zeros(count)

    def scores(params: dict[str, Any], pieces: jax.Array, mask: jax.Array, key: Any = None) -> dict[str, jax.Array]:
        x, m = encode(params, words, pieces, mask, key), mask[:, :, None]
        pooled = jnp.concatenate([(x * m).sum(1) / m.sum(1), jnp.where(m > 0, x, -1e9).max(1)], 1)
        if key is not None:
            pooled = jnp.where(jax.random.bernoulli(key, 0.8, pooled.shape), pooled / 0.8, 0)
        return {name: pooled @ params[f"{name}.w"] + params[f"{name}.b"] for name in HEADS}

    def loss(params: Any, pieces: Any, mask: Any, seven: Any, four: Any, source: Any, key: Any) -> jax.Array:
        got = scores(params, pieces, mask, key)
        total = 0.7 * cross_entropy(got["seven"], jnp.maximum(seven, 0), (seven >= 0) * 1.0)
        for number, name in enumerate(("four_st", "four_pm", "four_eu")):
            total += cross_entropy(got[name], four, jnp.where(source == number, 1.0, OTHER_SOURCE))
        return (total + 0.1 * cross_entropy(got["source"], source, jnp.ones_like(source) * 1.0)).mean()

    steps = EPOCHS * (len(train) // BATCH + 4)
    rate = optax.warmup_cosine_decay_schedule(0, RATE, steps // 10, steps, RATE * 0.02)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=0.01))
    state = optimiser.init(params)

    @jax.jit
    def step(params: Any, state: Any, *given: Any) -> tuple[Any, Any]:
        updates, state = optimiser.update(jax.grad(loss)(params, *given), state, params)
        return optax.apply_updates(params, updates), state

    @jax.jit
    def read(params: Any, pieces: Any, mask: Any) -> dict[str, jax.Array]:
        return {name: jax.nn.softmax(one) for name, one in scores(params, pieces, mask).items()}

    key = jax.random.PRNGKey(seed)
    for _ in range(EPOCHS):
        batches: list[tuple[int, np.ndarray]] = []
        for length in sorted(set(lengths[train].tolist())):
            order = rng.permutation(train[lengths[train] == length])
            batches += [(length, order[i : i + BATCH]) for i in range(0, len(order), BATCH)]
        for at in rng.permutation(len(batches)):
            length, part = batches[at]
            part = np.concatenate([part, rng.choice(part, BATCH - len(part))])
            key, own = jax.random.split(key)
            pieces, mask = padded([ids[i] for i in part], length, BATCH)
            params, state = step(params, state, pieces, mask, seven[part], four[part], source[part], own)
    found = {name: np.zeros((len(texts), count), np.float32) for name, count in HEADS.items()}
    for length in sorted(set(lengths.tolist())):
        chosen = np.flatnonzero(lengths == length)
        for start in range(0, len(chosen), 64):
            part = chosen[start : start + 64]
            pieces, mask = padded([ids[i] for i in part], length, 64)
            for name, one in read(params, pieces, mask).items():
                found[name][part] = np.asarray(one)[: len(part)]
    np.savez_compressed(out, **found)


if __name__ == "__main__":
    main()
