"""The codes of `int8_affine`, by ONNX Runtime's kernels.

Codes and values: the operators QuantizeLinear and DequantizeLinear on 8 or 16 bits, cut to
the grid where that is smaller. Parameters: the formulas in NumPy's f32; for 8 bits, affine,
the operator DynamicQuantizeLinear must agree with them.
"""

from functools import cache

import numpy as np
import onnxruntime
from onnx import TensorProto as T
from onnx import helper
from oracle import answer, inputs, versions

F32 = np.float32
TYPES = {np.uint8: T.UINT8, np.int8: T.INT8, np.uint16: T.UINT16, np.int16: T.INT16}


@cache
def session(operator, names, kinds, outputs, out_kinds):
    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node(operator, names, outputs)],
        operator,
        [info(n, k, None) for n, k in zip(names, kinds)],
        [info(n, k, None) for n, k in zip(outputs, out_kinds)],
    )
    opset = helper.make_opsetid("", 21)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=10)
    return onnxruntime.InferenceSession(model.SerializeToString())


def grid(bits, signed):
    last = 2 ** (bits - 1) - 1 if signed else 2**bits - 1
    return (-last if signed else 0), last


def quantize(x, scale, zero, bits, signed):
    kind = {(8, False): np.uint8, (8, True): np.int8, (16, False): np.uint16, (16, True): np.int16}
    kind = kind[8 if bits <= 8 else 16, signed]
    run = session("QuantizeLinear", ("x", "s", "z"), (T.FLOAT, T.FLOAT, TYPES[kind]), ("q",), (TYPES[kind],))
    named = {"x": x.astype(F32), "s": F32(scale).reshape(()), "z": kind(zero).reshape(())}
    (codes,) = run.run(None, {k: np.asarray(v) for k, v in named.items()})
    return np.clip(codes.astype(np.int64), *grid(bits, signed))


def dequantize(codes, scale, zero, signed):
    kind = np.int8 if signed else np.uint8
    run = session("DequantizeLinear", ("q", "s", "z"), (TYPES[kind], T.FLOAT, TYPES[kind]), ("x",), (T.FLOAT,))
    named = {"q": codes.astype(kind), "s": F32(scale).reshape(()), "z": kind(zero).reshape(())}
    return run.run(None, {k: np.asarray(v) for k, v in named.items()})[0]


def parameters(x, bits, signed):
    x = x.astype(F32)
    _, last = grid(bits, signed)
    ends = np.append(x, F32(0))
    span = np.abs(ends).max() if signed else ends.max() - ends.min()
    scale = F32(span) / F32(last)
    if scale < np.finfo(F32).tiny:
        return F32(1), 0
    zero = 0 if signed else int(np.rint(-ends.min() / scale))
    if bits == 8 and not signed:
        dynamic = session("DynamicQuantizeLinear", ("x",), (T.FLOAT,), ("q", "s", "z"), (T.UINT8, T.FLOAT, T.UINT8))
        codes, s, z = dynamic.run(None, {"x": x})
        assert (s, z) == (scale, zero), (x, s, scale, z, zero)
        assert (codes == quantize(x, scale, zero, bits, signed)).all()
    return scale, zero


def decibels(x, bits, signed):
    scale, zero = parameters(x, bits, signed)
    back = dequantize(quantize(x, scale, zero, bits, signed), scale, zero, signed)
    x = x.astype(np.float64)
    return 10 * np.log10((x**2).sum() / ((back - x) ** 2).sum())


def normal_sample(x):
    codes = quantize(x, *parameters(x, 4, True), 4, True)
    seen = {"values at each code, 4 bits": [(codes == q).sum() for q in range(-7, 8)]}
    for name, values, signed in [
        ("normal, symmetric", x, True),
        ("positive part, symmetric", np.maximum(x, 0), True),
        ("positive part, affine", np.maximum(x, 0), False),
    ]:
        gains = [decibels(values, bits, signed) for bits in (2, 4, 6, 8)]
        seen[f"SQNR at 2, 4, 6, 8 bits: {name}"] = gains
    return seen


def numbers(text):
    """`0.5, 3` and `8, true` as numbers."""
    named = {"true": 1.0, "false": 0.0}
    return [named[word] if word in named else float(word) for word in text.split(", ")]


def observed(check, given):
    if "normal" in given:
        return normal_sample(given["normal"])
    seen = {}
    for key in given:
        kind, _, name = key.removesuffix(")").partition(" (")
        if kind == "codes":
            scale, zero = numbers(given[f"scale, zero ({name})"][0])
            signed = bool((given[key] < 0).any())
            seen[f"values: {name}"] = dequantize(given[key], scale, zero, signed)
        if kind != "x":
            continue
        x = given[key]
        bits, signed = numbers(given[f"bits, signed ({name})"][0])
        bits, signed = int(bits), bool(signed)
        if f"scale, zero ({name})" in given:
            scale, zero = numbers(given[f"scale, zero ({name})"][0])
            seen[f"codes: {name}"] = quantize(x, scale, zero, bits, signed)
            continue
        scale, zero = parameters(x, bits, signed)
        codes = quantize(x, scale, zero, bits, signed)
        if check == "a range without zero is widened to hold it":
            seen[f"scale: {name}"] = scale
            continue
        if check == "no error exceeds half a step":
            if bits in (3, 6):
                seen[f"codes: {name}"] = codes
            continue
        if check == "other units change the scale, not the codes":
            seen[f"codes: {name}"] = codes
            continue
        seen[f"scale: {name}"] = scale
        if not signed:
            seen[f"zero: {name}"] = zero
        if check == "where there is no range to cover, the scale is 1":
            continue
        seen[f"codes: {name}"] = codes
        if check == "0 has a code, which stands for exactly 0":
            nought = quantize(np.zeros(1), scale, zero, bits, signed)
            seen[f"0 and back: {name}"] = dequantize(nought, scale, zero, signed)
    return seen


answer(
    "int8_affine",
    1,
    {check: observed(check, given) for check, given in inputs().items()},
    versions("numpy", "onnx", "onnxruntime"),
    {
        "atol": 0,
        "rtol": 1e-6,
        "why": "codes are integers, and integers this small differ by more than that; scales "
        "are f32 quotients, within 2^-24 of exact; decibels are f64 sums over 4096 f32 errors",
    },
)
