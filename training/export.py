"""Trees and curves as the bytes that src/label/model/ reads."""
import struct

import lightgbm as lgb
import numpy as np


def tree_bytes(tree):
    splits, leaves = [], []

    def visit(node):
        if 'leaf_value' in node:
            leaves.append(node['leaf_value'])
            return 128 + len(leaves) - 1
        at = len(splits)
        splits.append(None)
        assert node['decision_type'] == '<=', node
        left, right = visit(node['left_child']), visit(node['right_child'])
        threshold = min(max(int(np.floor(node['threshold'])), 0), 255)
        splits[at] = (node['split_feature'], threshold, left, right, node['internal_value'])
        return at

    visit(tree['tree_structure'])
    assert len(splits) < 128 and len(leaves) == len(splits) + 1
    out = struct.pack('<B', len(splits))
    for feature, threshold, left, right, _ in splits:
        out += struct.pack('<HBBB', feature, threshold, left, right)
    for split in splits:
        out += struct.pack('<f', split[4])
    return out + b''.join(struct.pack('<f', leaf) for leaf in leaves)


def trees_bytes(path):
    """The trees of a model file; no trees for no file."""
    trees = lgb.Booster(model_file=path).dump_model()['tree_info'] if path else []
    return struct.pack('<H', len(trees)) + b''.join(map(tree_bytes, trees))


def curve_bytes(points):
    return struct.pack('<B', len(points)) + b''.join(struct.pack('<ff', x, y) for x, y in points)


def rising_curve(x, y, weight, points=24):
    """Means of y over quantiles of x, pooled until they rise."""
    order = np.argsort(x, kind='stable')
    x, y, weight = x[order], y[order], weight[order]
    # Half of the points go by weight, half by how doubtful what they stand for is.
    doubt = weight / (1 + np.exp(np.abs(x)))
    share = np.cumsum(weight) / weight.sum() + np.cumsum(doubt) / doubt.sum()
    cuts = np.searchsorted(share, np.linspace(0, share[-1], points + 1)[1:-1])
    pools = []
    for part in np.split(np.arange(len(x)), cuts):
        if not len(part) or weight[part].sum() == 0:
            continue
        pools.append([np.average(x[part], weights=weight[part]), np.average(y[part], weights=weight[part]), weight[part].sum()])
        while len(pools) > 1 and pools[-1][1] <= pools[-2][1]:
            (x1, y1, w1), (x0, y0, w0) = pools.pop(), pools.pop()
            pools.append([(x0 * w0 + x1 * w1) / (w0 + w1), (y0 * w0 + y1 * w1) / (w0 + w1), w0 + w1])
    return [(x, y) for x, y, _ in pools]
