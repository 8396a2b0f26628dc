"""Every published form, one made-up document each, against a stored reading that was checked by eye."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml

from fundtrace.reading.sheets import Sheets
from fundtrace.recognising import recognise

Source = Callable[..., Sheets]

FOLDER = Path(__file__).with_name("golden")
SHAPE = {"cell-unclaimed", "row-not-understood", "table-not-understood", "missing-target", "contact-withheld"}
FORMS = sorted(path.stem for path in FOLDER.glob("*.yml"))


def _blocks(name: str) -> Sequence[str | list[list[str]]]:
    """The blocks of a made-up document: texts, and tables whose cells are parted by `|`."""
    blocks: list[str | list[list[str]]] = []
    for block in yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8")):
        if isinstance(block, str):
            blocks.append(block)
        else:
            blocks.append([[cell.strip().replace("\\n", "\n") for cell in row.split("|")] for row in block])
    return blocks


@pytest.mark.parametrize("form", FORMS)
def test_a_form_reads_as_it_was_checked(form: str, source: Source) -> None:
    """A published form gives the stored records, cell for cell; FUNDTRACE_RENEW_GOLDEN=1 stores what it gives now."""
    document = recognise(source(*_blocks(form), file=f"{form}.html"))
    told = document.model_dump(mode="json", exclude={"source": True, "findings": {"__all__": {"message"}}})
    told["findings"] = [finding for finding in told["findings"] if finding["code"] in SHAPE]
    for owner in (*told["projects"], *told["statements"]):
        del owner["rows"]
    stored = FOLDER / f"{form}.json"
    if os.environ.get("FUNDTRACE_RENEW_GOLDEN") == "1":
        stored.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert told == json.loads(stored.read_text(encoding="utf-8"))
    assert document.coverage.unclaimed == ()


def test_there_is_a_stored_reading_of_every_form() -> None:
    """No form is without its stored reading, and none is left of a form that is gone."""
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == FORMS
    assert len(FORMS) >= 15
