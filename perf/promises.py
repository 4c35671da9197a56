"""What the mean and the standard deviation of promised random delays may be.

A server draws n delays evenly from [a, b]. The bounds here hold for every n, not only in the
limit: a server that keeps the promise misses one or both with a chance below `FALSE_ALARM`.
They widen to say nothing when n is small. `allowance` is what network, machine and measuring may
add to a delay, in seconds.

Mean. An even distribution is sub-Gaussian with its own variance s² = (b - a)²/12 as proxy,
because sinh(x)/x <= exp(x²/6) (Arbel, Marchal, Nguyen: On strict sub-Gaussianity, 2020). So
P(|mean - (a + b)/2| >= t) <= 2 exp(-n t²/(2 s²)).

Standard deviation. The squared distances to the middle lie in [0, (b - a)²/4] with mean s² and
variance (b - a)⁴/180; Bernstein's inequality bounds their average (Boucheron, Lugosi, Massart:
Concentration Inequalities, 2013, corollary 2.11). The sample variance is that average less the
square of the mean's own distance to the middle, times n/(n - 1).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

FALSE_ALARM = 1e-6

# Four tails share it: two of the mean, two of the squared distances.
_LOG_TAIL = math.log(4 / FALSE_ALARM)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value that keep a promise, in seconds."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def mean_bounds(
    delay_min: float, delay_max: float, orders: int, *, allowance: float = 0.0
) -> Bounds:
    """Where the mean of this many delays lies, in seconds."""
    middle, reach = (delay_min + delay_max) / 2, _mean_reach(delay_max - delay_min, orders)
    return Bounds(max(delay_min, middle - reach), min(delay_max, middle + reach) + allowance)


def deviation_bounds(
    delay_min: float, delay_max: float, orders: int, *, allowance: float = 0.0
) -> Bounds:
    """Where the sample standard deviation of this many delays, at least 2, lies, in seconds."""
    width, correction = delay_max - delay_min, orders / (orders - 1)
    variance, noise = width**2 / 12, math.sqrt(correction) * allowance / 2
    below = _bernstein(width**4 / 180, variance, orders) + _mean_reach(width, orders) ** 2
    above = _bernstein(width**4 / 180, width**2 / 6, orders)
    low = math.sqrt(max(0.0, variance - below) * correction)
    high = math.sqrt(min(width**2 / 4, variance + above) * correction)
    return Bounds(max(0.0, low - noise), high + noise)


def largest_correlation(orders: int) -> float:
    """How far from 0 Pearson's coefficient of two independent delays of this many orders lies.

    At least 4 orders. Fisher's transformation of it is distributed almost normally with the
    variance 1/(n - 3) (Fisher: On the "probable error" of a coefficient of correlation, 1921).
    """
    reach = NormalDist().inv_cdf(1 - FALSE_ALARM / 2)
    return math.tanh(reach / math.sqrt(orders - 3))


def _mean_reach(width: float, count: int) -> float:
    """How far the mean of `count` even draws may be from the middle."""
    return width * math.sqrt(_LOG_TAIL / (6 * count))


def _bernstein(variance: float, largest: float, count: int) -> float:
    """How far the mean of `count` draws may be from its expectation, on one side.

    The draws have this variance and exceed their expectation by `largest` at most.
    """
    linear = largest * _LOG_TAIL / (3 * count)
    return linear + math.sqrt(linear**2 + 2 * variance * _LOG_TAIL / count)
