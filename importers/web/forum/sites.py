"""The forums that are known: where they answer, and which form of questions they take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """One database of posts. `modern` tells whether it takes the `selector` form of queries."""

    name: str  # as in external ids: "lesswrong"
    label: str  # as people call it
    home: str
    namespace: str  # titles are unique inside it
    modern: bool
    wiki: str  # the path under which its wikitags stand

    @property
    def endpoint(self) -> str:
        return f"{self.home}/graphql"


SITES = {
    site.name: site
    for site in (
        Site("lesswrong", "LessWrong", "https://www.lesswrong.com", "lw", True, "w"),
        Site("eaforum", "the EA Forum", "https://forum.effectivealtruism.org", "ea", False, "topics"),
        Site("progressforum", "the Progress Forum", "https://progressforum.org", "pf", False, "topics"),
    )
}
