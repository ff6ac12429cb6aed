"""Trains many networks of one shape at once with JAX (vmap over networks, scan over epochs, jit), as the kernel does.

Reads requests {inputs, hidden, markets, activation, networks, epochs}, one line of JSON each; writes {ms}, milliseconds per
network. The first request of a shape includes the compilation.
"""

import json
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

FIT, VALIDATION = 144, 48
ACTIVATIONS = {"linear": lambda x: x, "sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh, "relu": jax.nn.relu}


def block(rng, rows, D, K):
    return tuple(
        jnp.asarray(rng.standard_normal(shape), jnp.float32) for shape in [(rows, D), (rows,), (rows, K)]
    )


def prepare(inputs, hidden, markets, activation, networks, epochs):
    """The compiled training of one shape, and its starts."""
    act = ACTIVATIONS[activation]
    rng = np.random.default_rng(1)
    fit, validation = block(rng, FIT, inputs, markets), block(rng, VALIDATION, inputs, markets)

    def loss(weights, rows):
        x, r, f = rows
        w1, b1, w2, b2 = weights
        betas = act(x @ w1 + b1) @ w2 + b2
        return jnp.mean((r - jnp.sum(betas * f, axis=1)) ** 2)

    def train(start):
        zeros = jax.tree.map(jnp.zeros_like, start)

        def step(state, t):
            weights, m, v, best, best_loss = state
            train_loss, g = jax.value_and_grad(loss)(weights, fit)
            m = jax.tree.map(lambda a, b: 0.9 * a + 0.1 * b, m, g)
            v = jax.tree.map(lambda a, b: 0.999 * a + 0.001 * b * b, v, g)
            c1, c2 = 1 - 0.9**t, 1 - 0.999**t
            weights = jax.tree.map(lambda w, a, b: w - 0.001 * (a / c1) / (jnp.sqrt(b / c2) + 1e-7), weights, m, v)
            now = loss(weights, validation)
            best = jax.tree.map(lambda w, b: jnp.where(now < best_loss, w, b), weights, best)
            return (weights, m, v, best, jnp.minimum(now, best_loss)), (train_loss, now)

        first = loss(start, validation)
        state, curves = jax.lax.scan(step, (start, zeros, zeros, start, first), jnp.arange(1.0, epochs + 1))
        return state[3], curves

    shapes = [(inputs, hidden), (hidden,), (hidden, markets), (markets,)]
    starts = tuple(jnp.asarray(0.1 * rng.standard_normal((networks, *s)), jnp.float32) for s in shapes)
    return jax.jit(jax.vmap(train)), starts


prepared = {}
for line in sys.stdin:
    request = json.loads(line)
    began = time.perf_counter()
    if line not in prepared:
        prepared[line] = prepare(**request)
    train, starts = prepared[line]
    jax.block_until_ready(train(starts))
    print(json.dumps({"ms": (time.perf_counter() - began) * 1000 / request["networks"]}), flush=True)
