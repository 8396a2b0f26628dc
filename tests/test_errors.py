"""Errors are one line with a stable code."""

from __future__ import annotations

import pytest

from fundtrace.errors import FundtraceError, InputError, NoMatch, QueryError, SystemFailure, UsageError


def test_an_error_is_one_line_with_its_subject_both_languages_and_its_code() -> None:
    """The text of an error names its subject, says it in two languages, and ends with the code."""
    error = InputError("empty-file", "文件为空", "the file is empty", subject="甲.docx")
    assert str(error) == "甲.docx: 文件为空 | the file is empty [empty-file]"


def test_an_error_without_a_subject_begins_with_its_message() -> None:
    """An error about nothing in particular has no leading colon."""
    assert str(NoMatch("no-match", "没有", "none")) == "没有 | none [no-match]"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (FundtraceError, 4),
        (UsageError, 2),
        (InputError, 3),
        (SystemFailure, 4),
        (NoMatch, 5),
        (QueryError, 2),
    ],
)
def test_each_kind_of_error_has_its_exit_code(kind: type[FundtraceError], code: int) -> None:
    """Exit codes are a contract of the command line."""
    assert kind("some-code", "甲", "a").exit_code == code


def test_a_query_error_says_which_kind_of_refusal_it_is() -> None:
    """A server turns the kind of a query error into a status."""
    assert QueryError("service", "甲", "a", kind="refused").kind == "refused"
