"""The terms that statements are written with, as IRIs in angle brackets."""

from __future__ import annotations

from fundtrace.vocab import TERMS

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


class Terms(dict[str, str]):
    """Local name to `<namespace + local name>`, filled as names are asked for.

    Raises `KeyError` for a name that the ontology does not have, so that no statement can use one.
    """

    def __init__(self, namespace: str) -> None:
        super().__init__()
        self.namespace = namespace

    def __missing__(self, name: str) -> str:
        if name not in TERMS:
            raise KeyError(f"the ontology has no term {name!r}")
        term = self[name] = f"<{self.namespace}{name}>"
        return term
