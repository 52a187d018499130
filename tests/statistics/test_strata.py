"""People's cases by kind."""

from __future__ import annotations

import numpy as np

from salesaudit.statistics.strata import ALONE, MOST, OTHERS, Case, _pooled, strata


def test_cases_are_added_up_by_person_and_kind() -> None:
    found = strata(
        [
            Case("b", ("ads", None), 3, 1),
            Case("a", ("ads", None), 2, 2),
            Case("a", ("fair", None), 4, 0),
            Case("a", ("fair", None), 1, 1),
        ],
        (1, 0),
    )
    assert found.people == ("a", "b")
    assert found.cases.tolist() == [[2, 5], [3, 0]]
    assert found.moved.tolist() == [[2, 1], [1, 0]]
    assert found.design.tolist() == [[1, 0], [0, 1]]  # one part has two values, the other one


def test_a_kind_of_one_value_needs_no_column() -> None:
    assert strata([Case("a", ("x",), 1, 1)], (0,)).design.shape == (1, 0)


def test_rare_kinds_are_pooled_and_no_case_is_lost() -> None:
    cases = [Case("a", (f"c{i % 20}", f"p{i}"), 200 - i, 0) for i in range(150)]
    pooled = _pooled(cases, (1, 0))
    assert len(set(pooled.values())) <= MOST
    largest = [case.kind for case in cases[:ALONE]]
    assert all(pooled[kind] == kind for kind in largest)
    assert pooled["c9", "p149"] == ("c9", OTHERS)
    found = strata(cases, (1, 0))
    assert found.cases.sum() == sum(case.n for case in cases)
    assert np.linalg.matrix_rank(found.design) < found.design.shape[1]
