"""Trains the line reader on lines drawn by a second process while it learns."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Full

import numpy as np
import torch
from torch import nn

from digit_training.lines import Stock
from digit_training.network import LineReader
from digit_training.resume import taken_up
from digit_training.stock import batch, sample

_POOL = 12  # batches drawn together and sorted by width, so that little padding is computed
_KEPT = 500  # batches kept to be seen again
_ENOUGH = 30  # with fewer kept, the learner waits for new ones


@dataclass(frozen=True)
class Plan:
    """How long to train and where to keep what was learned."""

    minutes: float
    checkpoint: Path
    weights: Path  # an exported reader to go on from, if there is no checkpoint
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
    """Train for `plan.minutes`, going on from the checkpoint or the weights; return the net."""
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    net = LineReader()
    if plan.checkpoint.exists():
        net.load_state_dict(torch.load(plan.checkpoint, weights_only=True))
    elif plan.weights.exists():
        rng = np.random.default_rng(plan.seed)
        strips = batch([sample(stock, rng)[0] for _ in range(200)])
        net = taken_up(plan.weights, torch.from_numpy(strips))
    queue: multiprocessing.Queue[Batch] = multiprocessing.Queue(40)
    seed = plan.seed * 1_000_003 + int(plan.checkpoint.exists()) * time.time_ns() % 1_000_000
    artist = multiprocessing.Process(
        target=_draw, args=(stock, seed, plan.batch_size, queue), daemon=True
    )
    artist.start()
    try:
        _run(net, queue, plan, np.random.default_rng(seed))
    finally:
        artist.terminate()
    return net


def _run(
    net: LineReader, queue: multiprocessing.Queue[Batch], plan: Plan, rng: np.random.Generator
) -> None:
    net = net.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), plan.rate, weight_decay=0.01)
    start, step, running = time.monotonic(), 0, 0.0
    kept: deque[Batch] = deque(maxlen=_KEPT)
    net.train()
    half = _half_is_faster(net)
    fresh = 0
    while (spent := (time.monotonic() - start) / 60) < plan.minutes:
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * _warmth(spent / plan.minutes, step)
        item, new = _next(queue, kept, rng)
        fresh += new
        loss = _step(net, item, half=half)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        running += float(loss.detach())
        step += 1
        if step % plan.log_every == 0:
            mean = running / plan.log_every
            print(f"{spent:6.2f} min  step {step}  new {fresh}  loss {mean:.4f}", flush=True)
            running = 0.0
        if step % 200 == 0:
            torch.save(net.state_dict(), plan.checkpoint)
    torch.save(net.state_dict(), plan.checkpoint)


def _next(
    queue: multiprocessing.Queue[Batch], kept: deque[Batch], rng: np.random.Generator
) -> tuple[Batch, bool]:
    """Return a batch and whether it is new: one seen before, changed a little, while none waits."""
    try:
        kept.append(queue.get(block=len(kept) < _ENOUGH))
        return kept[-1], True
    except Empty:
        return _changed(kept[int(rng.integers(len(kept)))], rng), False


def _changed(item: Batch, rng: np.random.Generator) -> Batch:
    """Return lines a little higher or lower, paler or darker than before."""
    pixels, codes, widths = item
    moved = np.roll(pixels, int(rng.integers(-1, 2)), axis=2).astype(np.float32)
    moved = moved * rng.uniform(0.75, 1.2) + rng.normal(0, 4, moved.shape)
    return np.clip(moved, 0, 255).astype(np.uint8), codes, widths


def _half_is_faster(net: LineReader) -> bool:
    """Say whether this processor learns faster in bfloat16: with AVX-512 or AMX it does."""
    item = (np.zeros((8, 1, 48, 256), np.uint8), [[1, 2]] * 8, [128] * 8)
    took = []
    for half in (False, True):
        _step(net, item, half=half).backward()
        start = time.process_time()
        _step(net, item, half=half).backward()
        took.append(time.process_time() - start)
    net.zero_grad()
    return took[1] < took[0]


def _warmth(share: float, step: int) -> float:
    """One cosine over the whole time after a short warm-up."""
    return min(1.0, (step + 1) / 100) * (0.5 + 0.5 * float(np.cos(np.pi * min(share, 1.0)))) + 0.005


def _step(net: LineReader, item: Batch, *, half: bool) -> torch.Tensor:
    pixels, codes, widths = item
    strips = torch.from_numpy(pixels).float().div(255).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        scores = net(strips)
    logs = scores.float().permute(2, 0, 1).log_softmax(-1)
    flat = torch.tensor([code for row in codes for code in row], dtype=torch.long)
    loss: torch.Tensor = nn.functional.ctc_loss(
        logs, flat, torch.tensor(widths), torch.tensor([len(row) for row in codes]),
        zero_infinity=True,
    )  # fmt: skip
    return loss
