"""The line reader: convolutions only, so that it takes lines of any width."""

from __future__ import annotations

import torch
from torch import nn

from vnocr.ocr.handwriting.tokens import TOKENS


def _fold(inside: int, outside: int, stride: tuple[int, int]) -> list[nn.Module]:
    return [
        nn.Conv2d(inside, outside, 3, stride, 1, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(inplace=True),
    ]


class LineReader(nn.Module):
    """(n, 1, 48, width) darkness 0..1 to (n, classes, width / 2) scores, not normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.eye = nn.Sequential(
            *_fold(1, 16, (2, 2)),
            *_fold(16, 32, (2, 1)),
            *_fold(32, 48, (1, 1)),
            *_fold(48, 72, (2, 1)),
            *_fold(72, 96, (2, 1)),
            nn.Conv2d(96, 128, (3, 3), 1, (0, 1), bias=False),
            nn.BatchNorm2d(128),
            nn.ReLU(inplace=True),
        )
        self.context = nn.Sequential(
            nn.Conv2d(128, 128, (1, 5), 1, (0, 4), dilation=(1, 2), bias=False),
            nn.BatchNorm2d(128),
            nn.ReLU(inplace=True),
            nn.Dropout(0.1),
            nn.Conv2d(128, 128, (1, 5), 1, (0, 8), dilation=(1, 4), bias=False),
            nn.BatchNorm2d(128),
            nn.ReLU(inplace=True),
        )
        self.say = nn.Conv2d(256, len(TOKENS), 1)

    def forward(self, strips: torch.Tensor) -> torch.Tensor:
        """Return the scores of each class at each step."""
        seen = self.eye(strips)
        scores: torch.Tensor = self.say(torch.cat([seen, self.context(seen)], 1))
        return scores.squeeze(2)
