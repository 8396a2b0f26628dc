"""Runs the tests that make up their input again and again, with other input each time: `python tests/fuzz --seconds 300`.

What breaks is told with its seed and kept in `.hypothesis/`, where the next rounds find it. The gate makes up the same input in every run
and does not look there: an example that broke something belongs into the test.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
TARGETS = (
    "citations/test_properties.py",
    "reading/test_fuzz.py",
    "recognising/test_robustness.py",
    "recognising/test_people.py",
    "query/test_guarding.py",
    "query/test_tokens.py",
    "graphql/test_differential.py",
    "server/test_operations.py",
)
"""Citations, readers and recognising, the SPARQL guard, and GraphQL from the request to the answer."""


def main() -> int:
    """Rounds until the time is over or a test fails; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument(
        "--seed", type=int, default=int(time.time()), help="of the first round; the next has one more"
    )
    asked = parser.parse_args()
    end, seed = time.monotonic() + asked.seconds, asked.seed
    while True:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "--hypothesis-profile=fuzz",
            f"--hypothesis-seed={seed}",
        ]
        done = subprocess.run([*command, *(str(TESTS / target) for target in TARGETS)], check=False)
        if done.returncode:
            print(f"failed with --seed {seed}", file=sys.stderr)
            return done.returncode
        seed += 1
        if time.monotonic() > end:
            print(f"rounds: {seed - asked.seed}, none failed")
            return 0


if __name__ == "__main__":
    sys.exit(main())
