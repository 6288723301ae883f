"""Whether the networks in floating point and what they are compared with are what they say: python3 float_checks.py

Needs numpy only.
"""

import unittest

import numpy as np

from float_lstm import Data, forward, gradients
from float_rule import FactoredMeans, Settings, initial_weights, train
from whole_sequences import aligned_at_beginning, fit_softmax, flat, mean_step, nearest_accuracy, padded


def drawn(seed: int, sequences: int = 3, steps: int = 4, inputs: int = 2, classes: int = 3) -> Data:
    """Sequences of 1 to `steps` steps."""
    source = np.random.Generator(np.random.PCG64(seed))
    lengths = source.integers(1, steps + 1, sequences)
    mask = 1.0 * (np.arange(steps)[:, np.newaxis] >= steps - lengths)[..., np.newaxis]
    x = source.uniform(-1, 1, (steps, sequences, inputs)) * mask
    return Data(x, mask, source.integers(0, classes, sequences))


def network(seed: int, hidden: int = 3, inputs: int = 2, classes: int = 3) -> tuple[np.ndarray, np.ndarray]:
    source = np.random.Generator(np.random.PCG64(seed))
    return initial_weights(Settings(hidden=hidden, forget_bias=0.5, spread=2), inputs, classes, source)


class Networks(unittest.TestCase):
    def test_gradients_are_differences_of_the_loss(self) -> None:
        data, weights = drawn(1), network(2)
        _, *slopes = gradients(*weights, "exact", data)
        reach = 1e-6
        for matrix, slope in zip(weights, slopes):
            for place in np.ndindex(matrix.shape):
                kept = matrix[place]
                losses = []
                for sign in (1, -1):
                    matrix[place] = kept + sign * reach
                    losses.append(gradients(*weights, "exact", data)[0])
                matrix[place] = kept
                self.assertAlmostEqual((losses[0] - losses[1]) / (2 * reach), slope[place], places=7)

    def test_networks_side_by_side_are_each_as_alone(self) -> None:
        data, pair = drawn(3, sequences=6), [network(4), network(5)]
        rows = np.array([[0, 2, 4], [5, 1, 3]])
        together = gradients(*(np.stack(matrices) for matrices in zip(*pair)), "hard", data.pick(rows))
        for number, weights in enumerate(pair):
            for one, other in zip(gradients(*weights, "hard", data.pick(rows[number])), together):
                np.testing.assert_allclose(one, other[number], rtol=1e-12, atol=1e-15)

    def test_the_last_step_alone_is_the_network_whose_state_is_fed_as_zero(self) -> None:
        data, (lstm, dense) = drawn(6), network(7)
        alone = forward(lstm, dense, "hard", data.last_step())[0]
        record = forward(lstm, dense, "hard", data)[2]
        # z of the last step without the part of h, c without the part of c before: by hand.
        x = data.x[-1]
        z = x @ lstm[:2] + lstm[-1]
        i, _, g, o = np.split(z, 4, axis=1)
        c = np.clip(i / 4 + 0.5, 0, 1) * np.clip(g, -1, 1)
        h = np.clip(o / 4 + 0.5, 0, 1) * np.clip(c, -1, 1)
        np.testing.assert_allclose(alone, h @ dense[:-1] + dense[-1], atol=1e-12)
        self.assertFalse(np.allclose(record[-1].z, z))

    def test_a_step_of_the_rule_is_its_equations(self) -> None:
        source = np.random.Generator(np.random.PCG64(8))
        means, rate = FactoredMeans((2, 3)), 0.01
        squares_by_row, squares_by_column = np.zeros(2), np.zeros(3)
        for update in range(1, 200):
            g = source.normal(0, 1e-2, (2, 3))
            span = min(update, 128)
            for i in range(2):
                squares_by_row[i] += (np.mean([g[i, j] ** 2 for j in range(3)]) - squares_by_row[i]) / span
            for j in range(3):
                squares_by_column[j] += (np.mean([g[i, j] ** 2 for i in range(2)]) - squares_by_column[j]) / span
            step = means.step(g, rate)
            middle = np.sqrt(squares_by_row.mean())
            for i, j in np.ndindex(2, 3):
                by_row, by_column = np.sqrt(squares_by_row[i]) + 2**-18, np.sqrt(squares_by_column[j]) + 2**-18
                expected = max(min(rate * g[i, j] * middle / (by_row * by_column), 4 * rate), -4 * rate)
                self.assertAlmostEqual(step[i, j], expected, places=12)

    def test_seeds_differ_and_one_does_not_depend_on_the_others(self) -> None:
        data = drawn(9, sequences=10)
        settings = Settings(hidden=2, epochs=2, batch=4)
        both, alone = train(settings, 3, data, [1, 2]), train(settings, 3, data, [2])
        np.testing.assert_allclose(both[1][0], alone[0][0], atol=1e-12)
        self.assertFalse(np.allclose(both[0][0], both[1][0]))
        self.assertLessEqual(np.abs(both[0][0]).max(), settings.window)


class WholeSequences(unittest.TestCase):
    data = Data(
        np.array([[[0.0], [1.0]], [[3.0], [2.0]]]), np.array([[[0.0], [1.0]], [[1.0], [1.0]]]), np.array([0, 1])
    )

    def test_padding_is_before_the_beginning_or_behind_the_end(self) -> None:
        longer = padded(self.data, 3)
        np.testing.assert_array_equal(flat(longer), [[0, 0, 3], [0, 1, 2]])
        np.testing.assert_array_equal(flat(aligned_at_beginning(longer)), [[3, 0, 0], [1, 2, 0]])
        np.testing.assert_array_equal(mean_step(longer), [[3], [1.5]])
        np.testing.assert_array_equal(mean_step(aligned_at_beginning(longer)), [[3], [1.5]])

    def test_the_regression_ends_where_its_slope_is_nothing(self) -> None:
        source = np.random.Generator(np.random.PCG64(10))
        x, label, penalty = source.normal(size=(30, 2)), source.integers(0, 3, 30), 0.1
        weights = fit_softmax(x, label, 3, penalty)
        x = np.hstack([x, np.ones((30, 1))])
        p = np.exp(x @ weights)
        slope = x.T @ (p / p.sum(axis=1, keepdims=True) - np.eye(3)[label]) / 30 + penalty * weights
        self.assertLess(np.abs(slope).max(), 1e-9)

    def test_the_nearest_is_the_nearest(self) -> None:
        x = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
        self.assertEqual(nearest_accuracy(x, np.array([0, 1, 2]), x + 0.2, np.array([0, 1, 2])), 1)
        self.assertEqual(nearest_accuracy(x, np.array([0, 1, 2]), x + 0.2, np.array([0, 2, 2])), 2 / 3)


if __name__ == "__main__":
    unittest.main()
