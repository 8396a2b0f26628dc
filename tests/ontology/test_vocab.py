"""The names of the ontology for Python."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from fundtrace import vocab
from fundtrace.settings import ONTOLOGY_NAMESPACE

GENERATE = Path(__file__).parents[2] / "ontology" / "generate"


def generator(script: str) -> ModuleType:
    """A script of ontology/generate as a module."""
    spec = importlib.util.spec_from_file_location(f"generate_{script}", GENERATE / f"{script}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("script", ["vocab", "context"])
def test_generated_files_are_fresh(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is generated equals what is in the repository; a stale file ends with 1 and says what to run."""
    module = generator(script)
    monkeypatch.setattr(sys, "argv", [script, "--check"])
    assert (module.main(), capsys.readouterr().err) == (0, "")
    generated = module.OUTPUT.read_text(encoding="utf-8")
    monkeypatch.setattr(module, "OUTPUT", tmp_path / "out")
    assert module.main() == 1
    assert f"generate/{script}.py" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", [script])
    assert module.main() == 0
    assert (tmp_path / "out").read_text(encoding="utf-8") == generated


def test_namespace_is_the_one_that_settings_replace() -> None:
    """The generated module and the settings agree on the namespace of the repository."""
    assert vocab.NAMESPACE == ONTOLOGY_NAMESPACE


def test_terms_are_those_of_the_ontology(core: Graph) -> None:
    """TERMS has every term of core.ttl and no other, with its kind."""
    kinds = {"class": OWL.Class, "object": OWL.ObjectProperty, "datatype": OWL.DatatypeProperty}
    assert {vocab.NAMESPACE + name for name in vocab.TERMS} == {
        str(t) for t in core.subjects(RDFS.isDefinedBy)
    }
    for name, term in vocab.TERMS.items():
        assert term.name == name
        assert (URIRef(vocab.NAMESPACE + name), RDF.type, kinds[term.kind]) in core


def test_names_are_spelt_as_in_the_ontology() -> None:
    """classes.Region is "Region" and properties.region is "region": both exist side by side, and cannot be set."""
    assert (vocab.classes.Region, vocab.properties.region) == ("Region", "region")
    for section, kinds in ((vocab.classes, {"class"}), (vocab.properties, {"object", "datatype"})):
        names = {name for name in vars(type(section)) if not name.startswith("_")}
        assert names == {name for name, term in vocab.TERMS.items() if term.kind in kinds}
        assert all(getattr(section, name) == name for name in names)
        with pytest.raises(AttributeError):
            section.Region = "x"  # type: ignore[misc, union-attr]


def test_planned_terms_are_marked() -> None:
    """A term that the builder does not state yet says so."""
    assert vocab.TERMS["fundingSource"].planned
    assert not vocab.TERMS["Project"].planned
