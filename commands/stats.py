"""`kb stats`: how much there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import output
from commands.home import reading
from commands.options import Json
from commands.panels import KEEP
from kb.model.json_form import JsonObject, JsonValue, json_form, json_object

if TYPE_CHECKING:
    from kb.check import Stats
    from kb.review.calibration import Estimate, Figures
    from kb.suggest.confidence.adapt import Adaptation

PANEL = KEEP


def command(json: Json = False) -> None:
    """Count what there is: sources, statements, links, decisions, vectors.

    Example: kb stats
    """
    from kb import check as health

    with reading() as store:
        stats = health.stats(store)
    facts = _facts(stats)
    if json:
        more = {"calibration": json_form(stats.calibration), "adaptation": json_form(stats.adaptation)}
        return output.as_json(facts | more)
    output.text(output.table([[name.replace("_", " "), _number(value)] for name, value in facts.items()]))
    return output.text([*_calibration(stats.calibration), *_adaptation(stats.adaptation)])


def _facts(stats: Stats) -> JsonObject:
    counted = json_object(stats.rows)
    vectors = counted.pop("vectors")
    return {
        "home": str(stats.home),
        **counted,
        "decisions": json_form(stats.decisions),
        "corrections": json_form(stats.corrections),
        "credences": stats.credences,
        "vectors": vectors,
        "late_interaction": json_form(stats.late_interaction),
        "model": stats.model,
        "precision": stats.precision,
        "generation": stats.generation,
        "last_import": json_form(stats.last_import),
        "bytes": {"store": stats.store_bytes, "index": stats.index_bytes},
    }


def _adaptation(known: Adaptation) -> list[str]:
    """Whether the confidence of statements follows the person's decisions, and by how much that is better."""
    if known.shipped_loss is None:
        return []
    whose = "your decisions" if known.used else "the program as it came, which foresees your decisions as well"
    return [
        "",
        f"confidence of statements: by {whose} ({known.decided} decided)",
        f"foreseeing them: AUROC {known.shipped_auroc:.2f} as it came, {known.adapted_auroc:.2f} adapted; "
        f"log loss {known.shipped_loss:.2f} and {known.adapted_loss:.2f}",
    ]


def _calibration(known: Figures) -> list[str]:
    """How often suggestions were right, by basis and rule, by what the person decided."""
    if not known.rules:
        return []
    rows = []
    for basis in known.bases:
        rows.append(_row(f"{basis.table}s by {basis.basis}", basis, hidden=False))
        own = (rule for rule in known.rules if (rule.table, rule.basis) == (basis.table, basis.basis))
        rows += [_row(f"  {rule.rule}", rule, hidden=rule.hidden) for rule in own]
    head = ["right, by your decisions", "", "share", "95 % interval", ""]
    return ["", *output.table([head, *rows])]


def _row(name: str, estimate: Estimate, *, hidden: bool) -> list[str]:
    span = f"{estimate.low:.2f} to {estimate.high:.2f}"
    decided = f"{estimate.right} of {estimate.decided}"
    return [name, decided, f"{estimate.precision:.2f}", span, "hidden" if hidden else ""]


def _number(value: JsonValue) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_number(part)}" for name, part in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(_number(part) for part in value) or "none"
    return f"{value:,}" if isinstance(value, int) else str(value if value is not None else "none")
