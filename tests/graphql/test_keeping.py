"""What is kept for the next time."""

from __future__ import annotations

from fundtrace.graphql.keeping import Keeping


def test_what_is_kept_is_bounded_in_number_and_weight() -> None:
    """What has gone unused for longest goes first, and what weighs too much is not kept at all."""
    kept: Keeping[int] = Keeping(3, 100)
    for number in range(3):
        kept.put(number, number, 10)
    assert kept.get(0) == 0
    kept.put(3, 3, 10)
    assert [kept.get(number) for number in range(4)] == [0, None, 2, 3]
    kept.put(3, 4, 85)
    assert [kept.get(number) for number in (0, 2, 3)] == [None, 2, 4]
    kept.put(5, 5, 200)
    assert [kept.get(number) for number in range(6)] == [None] * 6
