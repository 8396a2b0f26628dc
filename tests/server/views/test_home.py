"""The home page: what is in a release."""

from __future__ import annotations

from decimal import Decimal

from fundtrace_server.views.home import view_home


def test_money_is_split_by_level_and_adds_up(sample_release) -> None:
    """Each year and stage has its own sum; the shares of its levels make the whole, what is not printed among them."""
    view = view_home(sample_release)
    assert [year.base.year for year in view.years] == sorted(
        (year.base.year for year in view.years), key=lambda year: year or "", reverse=True
    )
    for year in view.years:
        assert sum((share.yuan or Decimal(0) for share in year.shares), Decimal(0)) == year.yuan
        assert sum(share.projects for share in year.shares) == year.projects
        assert abs(sum(share.width for share in year.shares) - 100) < 0.1
    assert view.levels[-1] is None
    assert "central" in view.levels


def test_documents_and_sources_are_named(sample_release) -> None:
    """The documents with most money under them, the newest sources, and the counts of everything."""
    view = view_home(sample_release)
    sums = [one.yuan for one in view.documents if one.yuan is not None]
    assert sums == sorted(sums, reverse=True)
    assert dict(view.counts)["SourceDocument"] == len(view.sources) == 5
    assert view.sources[0].source.path == "/page/source/130529-323-2025"
    assert view_home(sample_release) is view
