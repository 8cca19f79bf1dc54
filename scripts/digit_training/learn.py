"""Trains the line reader on lines drawn by a second process while it learns."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Full

import numpy as np
import torch
from torch import nn

from digit_training.lines import Stock
from digit_training.network import LineReader
from digit_training.stock import batch, sample

_POOL = 12  # batches drawn together and sorted by width, so that little padding is computed
_KEPT = 200  # batches kept to be seen again


@dataclass(frozen=True)
class Plan:
    """How long to train and where to keep what was learned."""

    minutes: float
    checkpoint: Path
    batch_size: int = 32
    rate: float = 3e-3
    seed: int = 1
    log_every: int = 50


Batch = tuple[np.ndarray, list[list[int]], list[int]]


def _batches(stock: Stock, rng: np.random.Generator, size: int) -> Iterator[Batch]:
    while True:
        drawn = sorted((sample(stock, rng)[:2] for _ in range(size * _POOL)),
                       key=lambda item: item[0].shape[1])  # fmt: skip
        for place in rng.permutation(_POOL):
            part = drawn[place * size : (place + 1) * size]
            strips = [strip for strip, _ in part]
            widths = [-(-strip.shape[1] // 2) for strip in strips]
            yield (batch(strips) * 255).astype(np.uint8), [codes for _, codes in part], widths


def _draw(stock: Stock, seed: int, size: int, queue: multiprocessing.Queue[Batch]) -> None:
    queue.cancel_join_thread()  # when the learner is gone, nobody empties the queue
    parent = multiprocessing.parent_process()
    for item in _batches(stock, np.random.default_rng(seed), size):
        while parent is not None and parent.is_alive():
            try:
                queue.put(item, timeout=5)
                break
            except Full:
                continue
        else:
            return


def learn(stock: Stock, plan: Plan) -> LineReader:
    """Train for `plan.minutes`, going on from the checkpoint if there is one; return the net."""
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    net = LineReader()
    if plan.checkpoint.exists():
        net.load_state_dict(torch.load(plan.checkpoint, weights_only=True))
    queue: multiprocessing.Queue[Batch] = multiprocessing.Queue(40)
    seed = plan.seed * 1_000_003 + int(plan.checkpoint.exists()) * time.time_ns() % 1_000_000
    artist = multiprocessing.Process(
        target=_draw, args=(stock, seed, plan.batch_size, queue), daemon=True
    )
    artist.start()
    try:
        _run(net, queue, plan)
    finally:
        artist.terminate()
    return net


def _run(net: LineReader, queue: multiprocessing.Queue[Batch], plan: Plan) -> None:
    net = net.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), plan.rate, weight_decay=0.01)
    start, step, running = time.monotonic(), 0, 0.0
    kept: deque[Batch] = deque(maxlen=_KEPT)
    net.train()
    while (spent := (time.monotonic() - start) / 60) < plan.minutes:
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * _warmth(spent / plan.minutes, step)
        loss = _step(net, _next(queue, kept, step))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        running += float(loss.detach())
        step += 1
        if step % plan.log_every == 0:
            print(f"{spent:6.2f} min  step {step}  loss {running / plan.log_every:.4f}", flush=True)
            running = 0.0
        if step % 400 == 0:
            torch.save(net.state_dict(), plan.checkpoint)
    torch.save(net.state_dict(), plan.checkpoint)


def _next(queue: multiprocessing.Queue[Batch], kept: deque[Batch], step: int) -> Batch:
    """Return a fresh batch, or every other step one seen before: drawing costs as learning."""
    if step % 2 == 0 or len(kept) < _KEPT // 4:
        kept.append(queue.get())
        return kept[-1]
    return kept[step * 7919 % len(kept)]


def _warmth(share: float, step: int) -> float:
    """One cosine over the whole time after a short warm-up."""
    return min(1.0, (step + 1) / 100) * (0.5 + 0.5 * float(np.cos(np.pi * min(share, 1.0)))) + 0.005


def _step(net: LineReader, item: Batch) -> torch.Tensor:
    pixels, codes, widths = item
    strips = torch.from_numpy(pixels).float().div(255).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        scores = net(strips)
    logs = scores.float().permute(2, 0, 1).log_softmax(-1)
    flat = torch.tensor([code for row in codes for code in row], dtype=torch.long)
    loss: torch.Tensor = nn.functional.ctc_loss(
        logs, flat, torch.tensor(widths), torch.tensor([len(row) for row in codes]),
        zero_infinity=True,
    )  # fmt: skip
    return loss
