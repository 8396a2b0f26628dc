"""Letters: who once had one keeps it."""

from __future__ import annotations

from fundtrace.graph.letters import Letters

A, B, C = "a" * 64, "b" * 64, "c" * 64
FILE = {name: frozenset({name * 64}) for name in "1234"}


def _after(*tellings: tuple[str, frozenset[str]], before: Letters | None = None) -> tuple[list[int], Letters]:
    letters = Letters(before.marks if before else None)
    ranks = letters.assign("project", "p", tellings)
    for rank, (says, files) in zip(ranks, tellings, strict=True):
        letters.keep("project", f"p{rank}", "p", rank, says, files)
    return ranks, letters


def test_without_a_past_the_order_decides() -> None:
    """The first has no letter, the next ones have `~b`, `~c`."""
    assert _after((A, FILE["1"]), (B, FILE["2"]), (C, FILE["3"]))[0] == [0, 1, 2]


def test_a_telling_that_comes_in_between_takes_a_new_letter() -> None:
    """What was there keeps its rank, whatever the order of the hashes."""
    _, before = _after((B, FILE["1"]), (C, FILE["2"]))
    assert _after((A, FILE["3"]), (B, FILE["1"]), (C, FILE["2"]), before=before)[0] == [2, 0, 1]


def test_the_file_tells_a_telling_that_is_read_otherwise() -> None:
    """The same file read by newer software says something else and keeps its letter."""
    _, before = _after((B, FILE["1"]), (C, FILE["2"]))
    assert _after((A, FILE["2"]), (C, FILE["3"]), before=before)[0] == [0, 1]
    assert _after((A, FILE["2"]), (B, FILE["1"]), before=before)[0] == [1, 0]


def test_of_two_that_say_the_same_each_keeps_its_letter() -> None:
    """Two files with equal words are told apart by their bytes, in whatever order they come."""
    _, before = _after((A, FILE["1"]), (A, FILE["2"]))
    assert _after((A, FILE["2"]), (A, FILE["1"]), before=before)[0] == [1, 0]


def test_who_is_left_keeps_the_letter() -> None:
    """The one without letter is gone: the other is `~b` still."""
    _, before = _after((A, FILE["1"]), (B, FILE["2"]))
    assert _after((B, FILE["2"]), before=before)[0] == [1]


def test_the_plain_key_is_taken_again_and_letters_are_not() -> None:
    """A corrected file takes the plain key; a letter that somebody had is nobody else's."""
    _, before = _after((A, FILE["1"]), (B, FILE["2"]))
    assert _after((C, FILE["3"]), before=before)[0] == [0]
    assert _after((A, FILE["1"]), (C, FILE["3"]), before=before)[0] == [0, 2]
