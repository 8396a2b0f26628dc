"""The SHACL shapes as SPARQL: each shape one or more SELECTs that find what breaks it.

Only what `ontology/shapes.ttl` uses is translated; anything else raises, so that no rule is passed over in silence. Sources:
W3C SHACL (2017) sections 4 and 5. There is no subclass reasoning, since a release states the class of each entity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from fundtrace.resources import folder
from fundtrace.settings import ONTOLOGY_NAMESPACE

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BASE = "http://localhost:8000/"
_TOLD_ELSEWHERE = frozenset({"path", "message", "severity", "targetClass"})
_DAY = "-?([1-9][0-9]{3,}|0[0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})?"
_LEXICAL = {
    f"{_XSD}boolean": "true|false|0|1",
    f"{_XSD}decimal": "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)",
    f"{_XSD}date": f"{_DAY}{_ZONE}",
    f"{_XSD}gYear": f"-?([1-9][0-9]{{3,}}|0[0-9]{{3}}){_ZONE}",
    f"{_XSD}integer": "[+-]?[0-9]+",
}

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape: its code (`Project-name`), whether breaking it refuses a release, and what it says.

    Each query selects `?this`, what breaks the shape.
    """

    code: str
    violation: bool
    zh: str
    en: str
    queries: tuple[str, ...]


@lru_cache(maxsize=4)
def rules(base: str, namespace: str) -> tuple[Rule, ...]:
    """The rules under a base and namespace, by code. Raises `ValueError` for a shape that cannot be translated."""
    text = (folder("ontology") / "shapes.ttl").read_text(encoding="utf-8")
    return translate(text.replace(ONTOLOGY_NAMESPACE, namespace).replace(_BASE, base))


def translate(turtle: str) -> tuple[Rule, ...]:
    """The rules of a shapes graph in Turtle. Raises `ValueError` as `rules` does."""
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    shapes = _Shapes(store)
    found: dict[str, Rule] = {}
    for shape in sorted(shapes.subjects("targetClass"), key=str):
        targets = f"VALUES ?class {{ {' '.join(sorted(map(str, shapes.all(shape, 'targetClass'))))} }}"
        pattern = f"{targets} ?this a ?class ."
        for rule in (
            shapes.node_rule(shape, pattern),
            *(shapes.property_rule(part, pattern) for part in shapes.all(shape, "property")),
        ):
            if rule.queries:
                found[rule.code] = rule
    return tuple(found[code] for code in sorted(found))


class _Shapes:
    """The shapes graph, read by local names of the SHACL vocabulary."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def subjects(self, name: str) -> set[Node]:
        quads = self._store.quads_for_pattern(None, ox.NamedNode(_SH + name), None, None)
        return {quad.subject for quad in quads}

    def all(self, shape: Node, name: str) -> list[Node]:
        return self._objects(shape, _SH + name)

    def one(self, shape: Node, name: str) -> Node | None:
        return next(iter(self.all(shape, name)), None)

    def node_rule(self, shape: Node, pattern: str) -> Rule:
        """What a shape asks of the entity itself."""
        wrong = [condition for condition in self._conditions(shape, "?this", skip={"property"}) if condition]
        queries = (f"SELECT DISTINCT ?this WHERE {{ {pattern} {_refused(wrong)} }}",) if wrong else ()
        return self._rule(shape, queries)

    def property_rule(self, shape: Node, pattern: str) -> Rule:
        """What a shape asks of the values of one property."""
        path = self.one(shape, "path")
        if not isinstance(path, ox.NamedNode):
            raise ValueError(f"{shape} has no simple path")
        counts = {"minCount", "maxCount", "uniqueLang"}
        queries = [*self._counts(shape, path, pattern)]
        wrong = self._conditions(shape, "?value", skip=counts)
        if wrong:
            queries.append(
                f"SELECT DISTINCT ?this WHERE {{ {pattern} ?this {path} ?value . {_refused(wrong)} }}"
            )
        return self._rule(shape, tuple(queries))

    def _rule(self, shape: Node, queries: tuple[str, ...]) -> Rule:
        messages = {
            message.language: message.value
            for message in self.all(shape, "message")
            if isinstance(message, ox.Literal)
        }
        severity = self.one(shape, "severity")
        code = str(shape)[1:-1].rpartition("#")[2]
        violation = severity is None or severity == ox.NamedNode(f"{_SH}Violation")
        return Rule(code, violation, messages.get("zh", code), messages.get("en", code), queries)

    def _counts(self, shape: Node, path: Node, pattern: str) -> Iterator[str]:
        least, most = self._number(shape, "minCount"), self._number(shape, "maxCount")
        if least == 1:
            yield f"SELECT DISTINCT ?this WHERE {{ {pattern} FILTER NOT EXISTS {{ ?this {path} ?value }} }}"
        elif least is not None:
            yield (
                f"SELECT ?this WHERE {{ {pattern} OPTIONAL {{ ?this {path} ?value }} }} "
                f"GROUP BY ?this HAVING (COUNT(DISTINCT ?value) < {least})"
            )
        if most == 1:
            # A join finds a second value without a table of all entities, which counting would need.
            yield (
                f"SELECT DISTINCT ?this WHERE {{ {pattern} ?this {path} ?value, ?other . "
                "FILTER(!sameTerm(?value, ?other)) }"
            )
        elif most is not None:
            yield (
                f"SELECT ?this WHERE {{ {pattern} ?this {path} ?value }} "
                f"GROUP BY ?this HAVING (COUNT(DISTINCT ?value) > {most})"
            )
        if self.one(shape, "uniqueLang") == ox.Literal(True):
            yield (
                f"SELECT DISTINCT ?this WHERE {{ {pattern} ?this {path} ?value, ?other . "
                'FILTER(!sameTerm(?value, ?other) && LANG(?value) != "" && LANG(?value) = LANG(?other)) }'
            )

    def _conditions(self, shape: Node, name: str, skip: set[str] | frozenset[str] = frozenset()) -> list[str]:
        """SPARQL expressions, all of which are true of what conforms; `name` is the variable that holds it."""
        conditions = []
        for quad in self._of(shape):
            predicate = quad.predicate.value
            if not predicate.startswith(_SH):
                continue
            constraint = predicate.removeprefix(_SH)
            if constraint not in skip and constraint not in _TOLD_ELSEWHERE:
                conditions.append(self._condition(constraint, quad.object, name))
        return conditions

    def _condition(self, constraint: str, value: Node, name: str) -> str:
        match constraint:
            case "class":
                return f"EXISTS {{ {name} a {value} }}"
            case "datatype":
                lexical = _LEXICAL.get(str(value)[1:-1])
                shape = f' && REGEX(STR({name}), "^({lexical})$")' if lexical else ""
                return f"DATATYPE({name}) = {value}{shape}"
            case "hasValue":
                return f"sameTerm({name}, {value})"
            case "in":
                return f"({' || '.join(f'sameTerm({name}, {one})' for one in self._list(value))})"
            case "languageIn":
                return f"({' || '.join(f'LANGMATCHES(LANG({name}), {one})' for one in self._list(value))})"
            case "lessThanOrEquals":
                return f"NOT EXISTS {{ ?this {value} ?bound FILTER(!COALESCE({name} <= ?bound, false)) }}"
            case "maxInclusive":
                return f"{name} <= {value}"
            case "minInclusive":
                return f"{name} >= {value}"
            case "minLength":
                return f"(!isBLANK({name}) && STRLEN(STR({name})) >= {_text(value)})"
            case "nodeKind" if value == ox.NamedNode(f"{_SH}IRI"):
                return f"isIRI({name})"
            case "not":
                return f"!({_all(self._conditions(value, name))})"
            case "or":
                return (
                    f"({' || '.join(f'({_all(self._conditions(one, name))})' for one in self._list(value))})"
                )
            case "pattern":
                return f"(!isBLANK({name}) && REGEX(STR({name}), {value}))"
            case "property":
                return self._inner(value, name)
        raise ValueError(f"sh:{constraint} {value} cannot be translated")

    def _inner(self, shape: Node, name: str) -> str:
        """A property shape inside another shape, as an expression."""
        path, least, most = (
            self.one(shape, "path"),
            self._number(shape, "minCount"),
            self._number(shape, "maxCount"),
        )
        wanted = self.one(shape, "hasValue")
        conditions = []
        if least == 1:
            conditions.append(f"EXISTS {{ {name} {path} ?any }}")
        if most == 0:
            conditions.append(f"NOT EXISTS {{ {name} {path} ?any }}")
        if wanted is not None:
            conditions.append(f"EXISTS {{ {name} {path} {wanted} }}")
        for bound, comparison in (("minInclusive", ">="), ("maxInclusive", "<=")):
            for value in self.all(shape, bound):
                beyond = f"!COALESCE(?any {comparison} {value}, false)"
                conditions.append(f"NOT EXISTS {{ {name} {path} ?any FILTER({beyond}) }}")
        told = sum(quad.predicate != ox.NamedNode(f"{_SH}path") for quad in self._of(shape))
        if not conditions or told != len(conditions):
            raise ValueError(f"the inner shape of {path} cannot be translated")
        return _all(conditions)

    def _number(self, shape: Node, name: str) -> int | None:
        value = self.one(shape, name)
        return int(_text(value)) if value is not None else None

    def _list(self, head: Node) -> Sequence[Node]:
        members: list[Node] = []
        while head != ox.NamedNode(f"{_RDF}nil"):
            members += self._objects(head, f"{_RDF}first")
            head = self._objects(head, f"{_RDF}rest")[0]
        return members

    def _objects(self, subject: Node, predicate: str) -> list[Node]:
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return []
        quads = self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)
        return sorted((quad.object for quad in quads), key=str)

    def _of(self, shape: Node) -> list[ox.Quad]:
        if not isinstance(shape, ox.NamedNode | ox.BlankNode):
            return []
        return sorted(self._store.quads_for_pattern(shape, None, None, None), key=str)


def _refused(conditions: list[str]) -> str:
    """What is not true, or cannot be decided, is refused."""
    return f"FILTER(!COALESCE({_all(conditions)}, false))"


def _all(conditions: list[str]) -> str:
    return " && ".join(f"({condition})" for condition in conditions) or "true"


def _text(value: Node) -> str:
    return value.value if isinstance(value, ox.Literal) else str(value)
