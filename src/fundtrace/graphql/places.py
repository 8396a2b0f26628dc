"""Who and where: regions, departments, budget units, agencies."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fundtrace.graphql import enums
from fundtrace.graphql.binding import Bound, FirstText, One, Pages, Special, Texts, Value, Way

PLACES: Final[Mapping[str, Bound]] = MappingProxyType(
    {
        "Region": Bound(
            "Region",
            {
                "code": Value("code"),
                "name": FirstText("name"),
                "names": Texts("name"),
                "gbCode": Value("gbCode"),
                "inferred": Value("inferred"),
                "parent": One("parentRegion"),
                "children": Pages(Way("Region", "Region", "parentRegion", backwards=True)),
                "projects": Pages(Way("Project", "Project", "region", backwards=True)),
                "departments": Pages(Way("Department", "Department", "region", backwards=True)),
                "units": Pages(Way("BudgetUnit", "BudgetUnit", "region", backwards=True)),
            },
        ),
        "Department": Bound(
            "Department",
            {
                "code": Value("code"),
                "name": FirstText("name"),
                "names": Texts("name"),
                "derived": Value("derived"),
                "region": One("region"),
                "units": Pages(Way("BudgetUnit", "BudgetUnit", "department", backwards=True)),
                "projects": Pages(Way("Project", "Project", "department", backwards=True)),
                "statements": Pages(
                    Way("DepartmentStatement", "DepartmentStatement", "department", backwards=True)
                ),
                "budgetTables": Pages(Way("BudgetTable", "BudgetTable", "department", backwards=True)),
                "sources": Pages(Way("SourceDocument", "SourceDocument", "department", backwards=True)),
                "source": Special("source"),
            },
        ),
        "BudgetUnit": Bound(
            "BudgetUnit",
            {
                "code": Value("code"),
                "name": FirstText("name"),
                "names": Texts("name"),
                "department": One("department"),
                "region": One("region"),
                "projects": Pages(Way("Project", "Project", "unit", backwards=True)),
                "source": Special("source"),
            },
        ),
        "Agency": Bound(
            "Agency",
            {
                "name": Value("name"),
                "level": Value("agencyLevel", enums.AgencyLevel),
                "region": One("region"),
                "documents": Pages(Way("FundingDocument", "FundingDocument", "leadAgency", backwards=True)),
            },
        ),
    }
)
"""The types of those who budget and issue, by name."""
