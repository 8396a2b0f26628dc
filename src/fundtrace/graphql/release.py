"""The release that answers, as the schema shows it."""

from __future__ import annotations

import strawberry

from fundtrace.graphql.fields import shown
from fundtrace.graphql.session import Entity, Session
from fundtrace.graphql.wording import said, told


@strawberry.type(name="Release", description=told("Release"))
class ReleaseInfo:
    """The release that answers."""

    session: strawberry.Private[Session]
    entity: strawberry.Private[Entity | None]

    @shown(description=told("version"))
    def version(self) -> str:
        """Its version."""
        return self.session.graph.version

    @shown(description=said("所有 IRI 的前缀。", "What every IRI begins with."))
    def base(self) -> str:
        """The base of its IRIs."""
        return self.session.graph.base

    @shown(description=said("本体的命名空间。", "The namespace of the ontology."))
    def namespace(self) -> str:
        """The namespace of its terms."""
        return self.session.graph.namespace

    @shown(description=told("softwareVersion"))
    def software_version(self) -> str | None:
        """The software that built it."""
        return None if self.entity is None else self.entity.text("softwareVersion")

    @shown(description=told("sourceCount"))
    def source_count(self) -> int:
        """How many sources it covers."""
        return self._count("sourceCount", "SourceDocument")

    @shown(description=told("projectCount"))
    def project_count(self) -> int:
        """How many projects it holds."""
        return self._count("projectCount", "Project")

    @shown(description=told("indicatorCount"))
    def indicator_count(self) -> int:
        """How many indicators it holds."""
        return self._count("indicatorCount", "Indicator")

    @shown(description=told("documentCount"))
    def document_count(self) -> int:
        """How many documents it holds."""
        return self._count("documentCount", "FundingDocument")

    def _count(self, name: str, class_name: str) -> int:
        stated = None if self.entity is None else self.entity.integer(name)
        return len(self.session.listed(class_name)) if stated is None else stated
