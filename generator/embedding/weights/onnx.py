"""ONNX: the tensors of a file, read without the onnx package.

An ONNX file is one protobuf message; of its hundreds of fields five are needed to get at the weights, so sixty
lines stand for two dependencies of 40 MB. The caller knows the file or its tensors by their digest.

    ModelProto.graph = 7    GraphProto.initializer = 5    TensorProto: dims = 1, data_type = 2, name = 8, raw_data = 9
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

FLOAT = 1  # TensorProto.DataType


def initializers(content: bytes) -> dict[str, NDArray[np.float32]]:
    """Return every float32 initializer of the graph by its name. Raises ValueError where this is no such file."""
    try:
        graphs = [value for field, value in _fields(memoryview(content)) if field == 7]
        tensors = [value for graph in graphs for field, value in _fields(graph) if field == 5]
        return dict(_tensor(tensor) for tensor in tensors)
    except (IndexError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError(f"not an ONNX file with float32 weights inside ({error!r})") from error


def _tensor(message: memoryview) -> tuple[str, NDArray[np.float32]]:
    dims: list[int] = []
    rest: dict[int, Any] = {}
    for field, value in _fields(message):
        if field == 1:
            dims.append(value)
        else:
            rest[field] = value
    if rest[2] != FLOAT:
        raise ValueError(f"an ONNX tensor of type {rest[2]}, expected float32")
    return bytes(rest[8]).decode(), np.frombuffer(rest[9], dtype="<f4").reshape(dims).astype(np.float32, copy=False)


def _fields(message: memoryview) -> Iterator[tuple[int, Any]]:
    """Yield number and value of each field of a protobuf message: an int, or the bytes."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        match tag & 7:
            case 0:
                value, at = _varint(message, at)
                yield tag >> 3, value
                continue
            case 1:
                length = 8
            case 2:
                length, at = _varint(message, at)
            case 5:
                length = 4
            case kind:
                raise ValueError(f"not a protobuf message: wire type {kind}")
        if at + length > len(message):
            raise ValueError("a protobuf message that breaks off")
        yield tag >> 3, message[at : at + length]
        at += length


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """Return the number that begins there, seven bits a byte, and where it ends."""
    number = shift = 0
    while True:
        byte = message[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
