"""What can go wrong, said once in Chinese and once in English, with a stable code."""

from __future__ import annotations

from typing import ClassVar


class FundtraceError(Exception):
    """A failure that a person can act on.

    `code` is stable and kebab-case; `exit_code` is what the command line ends with. The text of the error is
    one line: what it happened to, the code, and the message in Chinese and English.
    """

    exit_code: ClassVar[int] = 4

    def __init__(self, code: str, zh: str, en: str, *, subject: str | None = None) -> None:
        self.code = code
        self.zh = zh
        self.en = en
        self.subject = subject
        super().__init__(code, zh, en, subject)

    def __str__(self) -> str:
        return f"{self.subject + ': ' if self.subject else ''}{self.zh} | {self.en} [{self.code}]"


class UsageError(FundtraceError):
    """A wrong flag, argument or setting: exit code 2."""

    exit_code = 2


class InputError(FundtraceError):
    """A document that cannot be read: exit code 3. `subject` names the file."""

    exit_code = 3


class SystemFailure(FundtraceError):
    """A disk, process or release that failed: exit code 4."""

    exit_code = 4


class NoMatch(FundtraceError):
    """A question that is well formed and has no answer in this release: exit code 5."""

    exit_code = 5


class QueryError(FundtraceError):
    """A query that is malformed, refused, or too expensive.

    `kind` is one of `malformed`, `refused`, `unavailable` (the worker died or was stopped at a limit), `too-large`,
    `not-acceptable` and `too-many` (of one client); a server turns it into a status code.
    """

    exit_code = 2

    def __init__(
        self, code: str, zh: str, en: str, *, kind: str = "malformed", subject: str | None = None
    ) -> None:
        super().__init__(code, zh, en, subject=subject)
        self.kind = kind
