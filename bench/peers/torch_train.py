"""Trains networks with PyTorch as its users do, one after the other, or all of one shape in one tensor.

Reads requests {mode: "loop" or "vectorised", inputs, hidden, markets, activation, networks, epochs}, one line of JSON each;
writes {ms}, milliseconds per network. {mode: "product"} writes {gflops}, its matrix product on one thread.
"""

import json
import sys
import time

import torch

FIT, VALIDATION = 144, 48
ACTIVATIONS = {"linear": lambda x: x, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}
MODULES = {"linear": torch.nn.Identity, "sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}
CORES = torch.get_num_threads()


def block(rows, inputs, markets):
    return torch.randn(rows, inputs), torch.randn(rows), torch.randn(rows, markets)


def loop(inputs, hidden, markets, activation, networks, epochs):
    # Small tensors: more threads are slower.
    torch.set_num_threads(1)
    (x, r, f), (vx, vr, vf) = block(FIT, inputs, markets), block(VALIDATION, inputs, markets)
    for _ in range(networks):
        model = torch.nn.Sequential(
            torch.nn.Linear(inputs, hidden), MODULES[activation](), torch.nn.Linear(hidden, markets)
        )
        adam = torch.optim.Adam(model.parameters(), lr=0.001, eps=1e-7)
        best, kept = float("inf"), None
        for _ in range(epochs):
            adam.zero_grad()
            loss = ((r - (model(x) * f).sum(1)) ** 2).mean()
            loss.backward()
            adam.step()
            with torch.no_grad():
                now = ((vr - (model(vx) * vf).sum(1)) ** 2).mean().item()
            if now < best:
                best, kept = now, [p.detach().clone() for p in model.parameters()]
    return kept


def vectorised(inputs, hidden, markets, activation, networks, epochs):
    torch.set_num_threads(CORES)
    act = ACTIVATIONS[activation]
    fit, validation = block(FIT, inputs, markets), block(VALIDATION, inputs, markets)
    shapes = [(inputs, hidden), (1, hidden), (hidden, markets), (1, markets)]
    weights = [(0.1 * torch.randn(networks, *s)).requires_grad_() for s in shapes]

    def losses(rows):
        x, r, f = rows
        w1, b1, w2, b2 = weights
        betas = act(x @ w1 + b1) @ w2 + b2
        return ((r - (betas * f).sum(2)) ** 2).mean(1)

    # Adam works on each number alone: one optimiser serves all networks.
    adam = torch.optim.Adam(weights, lr=0.001, eps=1e-7)
    best, kept = torch.full((networks,), float("inf")), [w.detach().clone() for w in weights]
    for _ in range(epochs):
        adam.zero_grad()
        losses(fit).sum().backward()
        adam.step()
        with torch.no_grad():
            now = losses(validation)
            better = (now < best)[:, None, None]
            kept = [torch.where(better, w, k) for w, k in zip(weights, kept)]
            best = torch.minimum(now, best)
    return kept


def product(n=768):
    torch.set_num_threads(1)
    a, b = torch.randn(n, n), torch.randn(n, n)
    began = time.perf_counter()
    for _ in range(5):
        a @ b
    return 5 * 2 * n**3 / (time.perf_counter() - began) / 1e9


for line in sys.stdin:
    request = json.loads(line)
    mode = request.pop("mode")
    if mode == "product":
        reply = {"gflops": product()}
    else:
        began = time.perf_counter()
        {"loop": loop, "vectorised": vectorised}[mode](**request)
        reply = {"ms": (time.perf_counter() - began) * 1000 / request["networks"]}
    print(json.dumps(reply), flush=True)
