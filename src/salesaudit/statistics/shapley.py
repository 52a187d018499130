"""The joint gain of several changes, shared out fairly among them."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats

MOST = 10  # players whose subsets are all valued: 1,024
PERMUTATIONS = 512

Bools = NDArray[np.bool_]


def subsets(players: int) -> Bools:
    """All subsets, shape (2^players, players): row s holds player i where bit i of s is set.

    Raises:
        StatisticError: more than 10 players.
    """
    if not 0 <= players <= MOST:
        raise StatisticError("all subsets of at most 10 players", got=players)
    present: Bools = (np.arange(2**players)[:, None] >> np.arange(players)) % 2 == 1
    return present


def shapley(values: ArrayLike) -> Floats:
    """Each player's credit: what it adds on the average over all orders of joining.

    Args:
        values: shape (2^players, ...), the value of every subset in the order of ``subsets``.

    Returns:
        Shape (players, ...); sums to the value of all less that of none.

    Raises:
        StatisticError: not as many values as subsets.

    Source:
        Shapley (1953), Contributions to the Theory of Games II, 307-317.
    """
    v = np.asarray(values, dtype=np.float64)
    players = max(len(v), 1).bit_length() - 1
    if v.ndim < 1 or len(v) != 2**players:
        raise StatisticError("a value for every subset", got=v.shape)
    present = subsets(players)
    before = present.sum(axis=1)  # players already there
    chance = np.array(
        [factorial(k) * factorial(players - 1 - k) / factorial(players) for k in range(players)]
    )
    places = np.arange(len(v))
    shares = np.zeros((players, *v.shape[1:]))
    for player in range(players):
        without = places[~present[:, player]]
        added = v[without + 2**player] - v[without]
        shares[player] = np.tensordot(chance[before[without]], added, axes=1)
    return shares


def shapley_by_orders(
    value: Callable[[Bools], Floats],
    players: int,
    rng: np.random.Generator,
    *,
    permutations: int = PERMUTATIONS,
) -> Floats:
    """The same for many players, over random orders; each order is also taken backwards.

    Args:
        value: of a subset, given as shape (players,); returns any one shape.
        players: how many.
        rng: for the orders.
        permutations: orders, an even number.

    Returns:
        Shape (players, ...); sums to the value of all less that of none, as every order does.

    Source:
        Castro, Gomez and Tejada (2009), Comput. Oper. Res. 36, 1726-1730; orders in opposite pairs
        after Mitchell, Cooper, Frank and Holmes (2022), J. Mach. Learn. Res. 23, 43.
    """
    none = value(np.zeros(players, dtype=np.bool_))
    shares = np.zeros((players, *np.shape(none)))
    for _ in range(permutations // 2):
        order = rng.permutation(players)
        for joining in (order, order[::-1]):
            present, so_far = np.zeros(players, dtype=np.bool_), none
            for player in joining:
                present[player] = True
                now = value(present)
                shares[player] += now - so_far
                so_far = now
    return shares / (2 * (permutations // 2))
