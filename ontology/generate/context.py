"""Write `ontology/context.jsonld`, the JSON-LD 1.1 context of `ontology/core.ttl`.

python ontology/generate/context.py [--check]

`--check` writes nothing and ends with 1 when the file in the repository is stale. Every class and property has its own
local name; `id`, `type` and `label` stand for `@id`, `@type` and `rdfs:label`. Where the shapes say nothing of at most
one value, the JSON value is always an array, so that a reader never has to look which it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, URIRef

ONTOLOGY: Final = Path(__file__).parent.parent
OUTPUT: Final = ONTOLOGY / "context.jsonld"
NAMESPACE: Final = "http://localhost:8000/ontology#"
RANGE_INCLUDES: Final = URIRef("https://schema.org/rangeIncludes")
PREFIXES: Final = {
    "ft": NAMESPACE,
    "rdfs": str(RDFS),
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": str(XSD),
}


def own(graph: Graph, kind: URIRef) -> list[str]:
    """Local names of our terms of that kind, sorted."""
    found = (str(term) for term in graph.subjects(RDF.type, kind))
    return sorted(term.removeprefix(NAMESPACE) for term in found if term.startswith(NAMESPACE))


def single_valued(shapes: Graph) -> set[str]:
    """Local names of properties that have at most one value wherever a shape speaks of them."""
    limits: dict[str, bool] = {}
    for shape, path in shapes.subject_objects(SH.path):
        if (
            isinstance(path, URIRef)
            and shapes.value(shape, SH.severity) is None
            and isinstance(shape, URIRef)
        ):
            name = str(path).removeprefix(NAMESPACE)
            limits[name] = limits.get(name, True) and str(shapes.value(shape, SH.maxCount)) == "1"
    return {name for name, single in limits.items() if single}


def definition(core: Graph, name: str, single: bool) -> dict[str, str]:
    """What the context says of a property."""
    term = URIRef(NAMESPACE + name)
    entry = {"@id": f"ft:{name}"}
    datatype = core.value(term, RANGE_INCLUDES) or core.value(term, RDFS.range)
    if (term, RDF.type, OWL.ObjectProperty) in core:
        entry["@type"] = "@id"
    elif datatype == RDF.langString:
        return {**entry, "@container": "@language"}
    elif datatype != XSD.string:
        entry["@type"] = f"xsd:{str(datatype).removeprefix(str(XSD))}"
    return entry if single else {**entry, "@container": "@set"}


def render(core: Graph, shapes: Graph) -> str:
    """The text of the context."""
    context: dict[str, object] = {"@version": 1.1, **PREFIXES, "id": "@id", "type": "@type"}
    context["label"] = {"@id": "rdfs:label", "@container": "@language"}
    context.update({name: f"ft:{name}" for name in own(core, OWL.Class)})
    single = single_valued(shapes)
    properties = own(core, OWL.ObjectProperty) + own(core, OWL.DatatypeProperty)
    context.update({name: definition(core, name, name in single) for name in sorted(properties)})
    lines = ",\n".join(f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in context.items())
    return f'{{\n  "@context": {{\n{lines}\n  }}\n}}\n'


def main() -> int:
    """Write or check the file; the number is the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    text = render(Graph().parse(ONTOLOGY / "core.ttl"), Graph().parse(ONTOLOGY / "shapes.ttl"))
    if arguments.check:
        if OUTPUT.is_file() and OUTPUT.read_text(encoding="utf-8") == text:
            return 0
        print(f"{OUTPUT} is stale: run python ontology/generate/context.py", file=sys.stderr)
        return 1
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
