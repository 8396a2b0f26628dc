"""The JSON Schema of what is read from a document."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from fundtrace.records import Document


def test_schema_is_what_the_records_give(ontology: Path) -> None:
    """The committed file is what its generator writes, whatever the hash seed."""
    checked = subprocess.run([sys.executable, ontology / "generate" / "schema.py", "--check"], check=False)
    assert checked.returncode == 0


def test_schema_names_every_member_and_asks_for_it(ontology: Path) -> None:
    """What is printed has all members of a record and no other."""
    schema = json.loads((ontology / "document.schema.json").read_text(encoding="utf-8"))
    assert schema["required"] == list(Document.model_fields)
    for part in (schema, *schema["$defs"].values()):
        if part["type"] == "object":
            assert part["required"] == list(part["properties"])
            assert part["additionalProperties"] is False


def test_money_is_written_as_text(ontology: Path) -> None:
    """Amounts are decimal strings, never JSON numbers."""
    schema = json.loads((ontology / "document.schema.json").read_text(encoding="utf-8"))
    kinds = {one["type"] for one in schema["$defs"]["Money"]["properties"]["yuan"]["anyOf"]}
    assert kinds == {"string", "null"}
