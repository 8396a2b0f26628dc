"""Full text of the index as hits: labels, notes, marked places."""

from __future__ import annotations

from fundtrace_server.matching import Hit, find, notes, tallies


def test_hits_are_ranked_and_told_apart(release) -> None:
    """Each hit has a label, the path of its page, and a note of year and department."""
    hit = next(one for one in find(release.index, "求职创业补贴", "zh", ("Indicator",)))
    assert hit.label == "高校毕业生享受求职创业补贴比例"
    assert hit.path == "/page/indicator/13063621KBZ5IOG4SDMWN-2021-1"
    assert hit.note == "数量指标 · 冀财社【2020】186号 2021年省级就业补助资金"
    assert hit.marked_label == (("高校毕业生享受", False), ("求职创业补贴", True), ("比例", False))


def test_pages_of_hits_do_not_overlap(release) -> None:
    """Limit and offset cut one order, and the tally is the number of all."""
    everything = [one.path for one in find(release.index, "就业", "zh", limit=50)]
    paged = [
        one.path for at in range(0, 60, 2) for one in find(release.index, "就业", "zh", limit=2, offset=at)
    ]
    assert paged == everything
    assert sum(tallies(release.index, "就业").values()) == len(everything)


def test_labels_follow_the_language_as_far_as_there_are_any(release) -> None:
    """English where a label has it, else the Chinese."""
    assert [one.label for one in find(release.index, "130636", "en", ("Region",))] == ["Shunping"]
    assert [one.label for one in find(release.index, "巨鹿县", "en", ("Region",))] == ["巨鹿县"]
    assert notes(release.index, [("Nothing", 1)], "zh") == {}


def test_only_a_label_that_matched_is_marked() -> None:
    """A match elsewhere leaves the label as it is."""
    elsewhere = Hit("Project", "工作经费", "", "/page/project/x", "purpose", (("…", False), ("就业", True)))
    assert elsewhere.marked_label == (("工作经费", False),)
    assert not elsewhere.in_label
    label = Hit(
        "Project",
        "再就业经费",
        "",
        "/page/project/x",
        "name",
        (("再", False), ("就业", True), ("经费", False)),
    )
    assert label.in_label
    assert "".join(text for text, _ in label.marked_label) == "再就业经费"
