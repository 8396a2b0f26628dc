"""The names of the ontology for Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from fundtrace import vocab
from fundtrace.settings import ONTOLOGY_NAMESPACE

GENERATE = Path(__file__).parents[2] / "ontology" / "generate"


@pytest.mark.parametrize("script", ["vocab.py", "context.py"])
def test_generated_files_are_fresh(script: str) -> None:
    """What is generated from core.ttl and the shapes equals what is in the repository."""
    done = subprocess.run(
        [sys.executable, GENERATE / script, "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("script", ["vocab", "context"])
def test_stale_files_are_noticed(script: str, tmp_path: Path) -> None:
    """A generator that is asked to check ends with 1 and says what to run, and writes when it is not."""
    code = (
        "import runpy, sys, pathlib; sys.path.insert(0, sys.argv[1]); module = __import__(sys.argv[2]);"
        "module.OUTPUT = pathlib.Path(sys.argv[3]); sys.argv = ['x', *sys.argv[4:]]; raise SystemExit(module.main())"
    )
    base = [sys.executable, "-c", code, str(GENERATE), script, str(tmp_path / "out")]
    stale = subprocess.run([*base, "--check"], capture_output=True, text=True, check=False)
    assert stale.returncode == 1
    assert f"generate/{script}.py" in stale.stderr
    assert [subprocess.run([*base, *flags], check=False).returncode for flags in ([], ["--check"])] == [0, 0]


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
    assert vocab.TERMS["Suggestion"].planned
    assert not vocab.TERMS["Project"].planned
