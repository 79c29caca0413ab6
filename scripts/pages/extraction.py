"""docs/extraction.md: the tables of rules, from what each module of rules says of itself."""

from __future__ import annotations

from kb.extract import rules
from kb.model.rules import Rule
from kb.suggest import relate, targets
from scripts.pages.tables import code, table


def tables() -> dict[str, str]:
    """The tables by the names of their places; rules in the order in which they have their turns."""
    told = [rule for module in rules.modules() for rule in module.rules]
    told += [*targets.RULES, *relate.RULES]  # they need vectors, and come after all others
    marks = [(code([rule.name]), rule.what, rule.gives) for rule in told if rule.makes == "mark"]
    return {
        "statement-rules": table(
            ("rule", "looks for", "gives", "basis", "confidence"), [_row(r) for r in told if r.makes == "statement"]
        ),
        "link-rules": table(
            ("rule", "looks for", "relation", "basis", "score"), [_row(r) for r in told if r.makes == "link"]
        ),
        "mark-rules": table(("rule", "what you write", "what it gives"), marks),
    }


def _row(rule: Rule) -> tuple[str, ...]:
    return code([rule.name]), rule.what, rule.gives, rule.basis, rule.score
