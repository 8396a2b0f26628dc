"""The command: write documents with their facts, read them, and tell how much was found."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from tests.benchmarks.documents.scoring import Score, score
from tests.benchmarks.documents.writing import Order, write


def main() -> int:
    """Writes, scores, or both; 1 when recall or precision of a kind is below the floor."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.documents", description=__doc__)
    parser.add_argument("do", choices=("write", "score", "both"))
    parser.add_argument("--out", type=Path, required=True, help="the folder of the documents")
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--pdf", action="store_true", help="print a share of the documents with Chromium")
    parser.add_argument("--broken", type=int, default=0, help="so many in a hundred cannot be read")
    parser.add_argument("--show", type=int, default=0, help="so many misses of each kind are listed")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--floor", type=float, default=0.0)
    options = parser.parse_args()
    if options.do != "score":
        write(Order(options.out, options.documents, options.seed, options.pdf, options.broken), options.jobs)
    if options.do == "write":
        return 0
    told = score(_documents(options.out), options.jobs)
    if options.json:
        print(
            json.dumps(
                {
                    kind: [told.written[kind], told.recall(kind), told.precision(kind)]
                    for kind in sorted(told.written)
                }
            )
        )
    else:
        _report(told, options.show)
    kinds = told.written.keys() | told.read.keys()
    return int(any(min(told.recall(kind), told.precision(kind)) < options.floor for kind in kinds))


def _documents(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*/*") if path.is_file())


def _report(told: Score, show: int) -> None:
    print(f"{'fact':<20}{'written':>10}{'recall':>10}{'precision':>11}")
    for kind in sorted(told.written.keys() | told.read.keys()):
        print(f"{kind:<20}{told.written[kind]:>10}{told.recall(kind):>10.4f}{told.precision(kind):>11.4f}")
    print(
        f"{told.documents} documents, {told.refused} refused, {told.documents / told.seconds:.1f} a second and core"
    )
    for name, (count, seconds) in sorted(told.forms.items()):
        print(f"  {name:<8}{count:>7}{count / seconds:>9.1f}/s")
    shown: Counter[tuple[str, str]] = Counter()
    for kind, sign, name, fact in told.misses:
        shown[kind, sign] += 1
        if shown[kind, sign] <= show:
            print(f"{kind} {sign} {name}: {fact}")


if __name__ == "__main__":
    sys.exit(main())
