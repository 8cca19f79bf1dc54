"""Takes up the weights of an exported reader, so that learning goes on where it ended."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from digit_training.network import LineReader


def taken_up(weights: Path, strips: torch.Tensor) -> LineReader:
    """Return the network whose ONNX file is `weights`, ready to learn.

    Exporting merges each normalisation into its convolution; it is parted again with the
    statistics of `strips` (n, 1, 48, width), so that the network says what it said.
    """
    net = LineReader()
    file = onnx.load(str(weights))
    arrays = {one.name: numpy_helper.to_array(one) for one in file.graph.initializer}
    nodes = [node for node in file.graph.node if node.op_type == "Conv"]
    layers = [one for one in net.modules() if isinstance(one, nn.Conv2d)]
    norms = [one for one in net.modules() if isinstance(one, nn.BatchNorm2d)]
    for layer, node in zip(layers, nodes, strict=True):
        layer.weight.data = torch.tensor(arrays[node.input[1]])
    for norm, node in zip(norms, nodes, strict=False):
        norm.bias.data = torch.tensor(arrays[node.input[2]])
    last = layers[-1]
    assert last.bias is not None
    last.bias.data = torch.tensor(arrays[nodes[-1].input[2]])
    _part(net, norms, strips)
    return net


def _part(net: LineReader, norms: list[nn.BatchNorm2d], strips: torch.Tensor) -> None:
    for norm in norms:
        norm.weight.data = torch.full_like(norm.weight, (1 + norm.eps) ** 0.5)  # passes all through
    seen: dict[nn.Module, torch.Tensor] = {}
    hooks = [norm.register_forward_pre_hook(lambda one, given: seen.update({one: given[0]}))
             for norm in norms]  # fmt: skip
    net.eval()
    with torch.no_grad():
        net(strips)
    for hook in hooks:
        hook.remove()
    for norm in norms:
        assert norm.running_mean is not None
        assert norm.running_var is not None
        values = seen[norm].transpose(0, 1).flatten(1)
        norm.running_mean.copy_(values.mean(1))
        norm.running_var.copy_(values.var(1))
        norm.weight.data = (norm.running_var + norm.eps).sqrt()
        norm.bias.data = norm.bias.data + norm.running_mean
