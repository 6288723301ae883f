"""Methods that read a whole sequence at once, whatever its length: soft-max regression and the nearest neighbour."""

import numpy as np

from float_lstm import Data

PENALTIES = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5]  # of the squared weights, halved
ITERATIONS = 1000  # of the soft-max regression


def padded(data: Data, steps: int) -> Data:
    """With so many steps, those that are missing before the beginning."""
    missing = steps - len(data.x)
    x, mask = (np.concatenate([np.zeros((missing, *a.shape[1:])), a]) for a in (data.x, data.mask))
    return data._replace(x=x, mask=mask)


def aligned_at_beginning(data: Data) -> Data:
    """The padding behind the end in place of before the beginning."""
    steps = len(data.x)
    lengths = data.mask[..., 0].sum(axis=0).astype(int)
    source = np.arange(steps)[:, np.newaxis] + steps - lengths
    inside = (source < steps)[..., np.newaxis]
    x = np.take_along_axis(data.x, np.minimum(source, steps - 1)[..., np.newaxis], axis=0)
    return data._replace(x=x * inside, mask=1.0 * inside)


def flat(data: Data) -> np.ndarray:
    """All values of a sequence in a row."""
    return data.x.swapaxes(0, 1).reshape(len(data.label), -1)


def mean_step(data: Data) -> np.ndarray:
    return (data.x * data.mask).sum(axis=0) / data.mask.sum(axis=0)


def fit_softmax(x: np.ndarray, label: np.ndarray, classes: int, penalty: float) -> np.ndarray:
    """Weights of the regression with a constant, (values + 1) x classes, by Nesterov's accelerated gradient."""
    x = np.hstack([x, np.ones((len(x), 1))])
    right = np.eye(classes)[label]
    steepest = np.linalg.norm(x, 2) ** 2 / (2 * len(x)) + penalty
    weights = ahead = np.zeros((x.shape[1], classes))
    for iteration in range(ITERATIONS):
        logits = x @ ahead
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        before, weights = weights, ahead - (x.T @ (p - right) / len(x) + penalty * ahead) / steepest
        ahead = weights + iteration / (iteration + 3) * (weights - before)
    return weights


def softmax_accuracy(weights: np.ndarray, x: np.ndarray, label: np.ndarray) -> float:
    return float(np.mean(np.argmax(x @ weights[:-1] + weights[-1], axis=1) == label))


def softmax_regression(x: np.ndarray, label: np.ndarray, classes: int) -> tuple[np.ndarray, float]:
    """The weights and the penalty, which is chosen on a fifth of what is given."""
    order = np.random.Generator(np.random.PCG64(0)).permutation(len(label))
    kept, apart = np.split(order, [len(order) - len(order) // 5])

    def score(penalty: float) -> float:
        weights = fit_softmax(x[kept], label[kept], classes, penalty)
        return softmax_accuracy(weights, x[apart], label[apart])

    penalty = max(PENALTIES, key=score)  # of equals the first, which is the strongest
    return fit_softmax(x, label, classes, penalty), penalty


def nearest_accuracy(x: np.ndarray, label: np.ndarray, test_x: np.ndarray, test_label: np.ndarray) -> float:
    """Of the nearest neighbour; of two as near the earlier in the file."""
    squares = (x * x).sum(axis=1)
    nearest = np.argmin(squares - 2 * test_x @ x.T, axis=1)
    return float(np.mean(label[nearest] == test_label))
