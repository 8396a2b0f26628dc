"""Write `ontology/document.schema.json`, the JSON Schema of the object that `fundtrace inspect --json` prints.

python ontology/generate/schema.py [--check]

`--check` writes nothing and ends with 1 when the file in the repository is stale. The schema is that of
`fundtrace.records.Document` as it is written, not as it is read: money and numbers are strings, and every member is there.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from fundtrace.records import Document

OUTPUT: Final = Path(__file__).parent.parent / "document.schema.json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ADDRESS: Final = "http://localhost:8000/schemas/document.json"


class Written(GenerateJsonSchema):
    """The schema of what is written: a member with a default is there too."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,  # noqa: ARG002
        total: bool,  # noqa: ARG002
    ) -> bool:
        """Always."""
        return True


def render() -> str:
    """The text of the schema."""
    written = Document.model_json_schema(mode="serialization", schema_generator=Written)
    schema = {"$schema": DIALECT, "$id": ADDRESS, **written}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    """Write or check the file; the number is the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    text = render()
    if arguments.check:
        if OUTPUT.is_file() and OUTPUT.read_text(encoding="utf-8") == text:
            return 0
        print(f"{OUTPUT} is stale: run python ontology/generate/schema.py", file=sys.stderr)
        return 1
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
