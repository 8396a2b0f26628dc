"""Write `src/fundtrace/vocab.py`, the names of `ontology/core.ttl` for Python.

python ontology/generate/vocab.py [--check]

`--check` writes nothing and ends with 1 when the module in the repository is stale. Terms keep the order of core.ttl,
which is the order to read them in.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

ONTOLOGY: Final = Path(__file__).parent.parent
OUTPUT: Final = ONTOLOGY.parent / "src" / "fundtrace" / "vocab.py"
NAMESPACE: Final = "http://localhost:8000/ontology#"
STATUS: Final = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
KINDS: Final = {"class": OWL.Class, "object": OWL.ObjectProperty, "datatype": OWL.DatatypeProperty}

HEAD: Final = '''# ruff: noqa: N815
# Generated from ontology/core.ttl; do not edit: python ontology/generate/vocab.py
"""The names of the ontology's classes and properties, spelt as in `ontology/core.ttl`.

`classes.Region` is `"Region"` and `properties.region` is `"region"`: local names, to be put behind the namespace of
the installation. `TERMS` holds what people are told about each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, final

NAMESPACE: Final = {namespace}
"""The namespace that the files of the repository are written in."""

VERSION: Final = {version}
"""The version of the ontology."""


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property: local name, labels and comments in Chinese and English.

    `planned` terms are defined and not stated by the builder yet.
    """

    name: str
    kind: Literal["class", "object", "datatype"]
    label_zh: str
    label_en: str
    comment_zh: str
    comment_en: str
    planned: bool
'''

TAIL: Final = """# fmt: on

TERMS: Final[Mapping[str, Term]] = MappingProxyType({term.name: term for term in _TERMS})
"""


def order(source: str, names: set[str]) -> list[str]:
    """The names in the order in which the Turtle text defines them."""
    found = [line.split()[0].removeprefix("ft:") for line in source.splitlines() if line.startswith("ft:")]
    if sorted(found) != sorted(names):
        raise SystemExit(f"core.ttl: begin each term's block with ft:name, once: {set(found) ^ names}")
    return found


def quote(text: str) -> str:
    """A Python string literal in double quotes, Chinese kept readable."""
    return json.dumps(text, ensure_ascii=False)


def text_of(graph: Graph, term: URIRef, predicate: URIRef, language: str) -> str:
    """The one text in that language; raises `SystemExit` when it is missing or double."""
    found = [
        str(o) for o in graph.objects(term, predicate) if isinstance(o, Literal) and o.language == language
    ]
    if len(found) != 1:
        raise SystemExit(f"core.ttl: {term} needs exactly one {predicate} @{language}")
    return found[0]


def section(name: str, kind: str, members: list[str]) -> str:
    """One frozen namespace of names."""
    lines = "\n".join(f"    {member}: Final = {quote(member)}" for member in members)
    return f'''

@final
class _{name.capitalize()}:
    """Local names of {kind}."""

    __slots__ = ()

{lines}


{name}: Final = _{name.capitalize()}()
"""Local names of {kind}."""
'''


def render(source: str) -> str:
    """The text of the module."""
    graph = Graph().parse(data=source, format="turtle")
    kinds = {
        str(term).removeprefix(NAMESPACE): kind
        for kind, owl_class in KINDS.items()
        for term in graph.subjects(RDF.type, owl_class)
        if str(term).startswith(NAMESPACE)
    }
    names = order(source, set(kinds))
    version = str(graph.value(URIRef(NAMESPACE), OWL.versionInfo))
    parts = [
        HEAD.replace("{namespace}", quote(NAMESPACE)).replace("{version}", quote(version)),
        section("classes", "classes", [name for name in names if kinds[name] == "class"]),
        section("properties", "properties", [name for name in names if kinds[name] != "class"]),
        "\n# fmt: off\n_TERMS: Final = (\n",
    ]
    for name in names:
        term = URIRef(NAMESPACE + name)
        texts = [
            text_of(graph, term, predicate, language)
            for predicate in (RDFS.label, RDFS.comment)
            for language in ("zh", "en")
        ]
        planned = graph.value(term, STATUS) == Literal("unstable")
        arguments = ", ".join(quote(each) for each in (name, kinds[name], *texts))
        parts.append(f"    Term({arguments}, {planned}),\n")
    parts.extend((")\n", TAIL))
    return "".join(parts)


def main() -> int:
    """Write or check the module; the number is the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    text = render((ONTOLOGY / "core.ttl").read_text(encoding="utf-8"))
    if arguments.check:
        if OUTPUT.is_file() and OUTPUT.read_text(encoding="utf-8") == text:
            return 0
        print(f"{OUTPUT} is stale: run python ontology/generate/vocab.py", file=sys.stderr)
        return 1
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
