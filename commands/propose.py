"""`kb propose`: ask an optional judge how near statements bear on each other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands import output, progress
from commands.home import home, writing
from commands.options import DryRun, Json, Yes
from commands.panels import ARGUE
from commands.views.link import link_lines

if TYPE_CHECKING:
    from kb.suggest.judges import Cost, Judge
    from kb.suggest.judges.ask import Plan

PANEL = ARGUE


def command(
    ref: Annotated[str | None, typer.Argument(help="A source or statement; all without it.")] = None,
    judge: Annotated[
        Literal["nli", "llm"] | None, typer.Option(help="Which judge; the one that is set up by default.")
    ] = None,
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="At most so many pairs not asked before.")] = 50,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Have a judge propose links between statements near in meaning: a model on this machine, or an endpoint.

    Off until you set one up with kb config (judge.nli, judge.llm.url, judge.llm.model). What it would send and cost is
    shown first; what it answers is kept and never asked again; what it proposes is a suggestion for kb review.

    Example: kb propose ekdahl2023volunteer --judge llm -n 20 --dry-run
    """
    from kb import config
    from kb.sources import resolve
    from kb.store import links
    from kb.suggest.judges import ask, pairs
    from kb.suggest.judges.configured import configured

    with writing() as store, configured(home(), judge) as chosen:
        about = resolve.ref(store, ref, "source", "statement").id if ref else None
        least = config.load(home()).statement_threshold
        plan = ask.plan(store, chosen, pairs.candidates(store, about, least), limit)
        cost = chosen.cost(plan.new)
        planned = _planned(chosen, plan, cost)
        if not json or not dry_run:
            output.say(_cost_line(plan, cost))
        if dry_run:
            return output.as_json(planned) if json else None
        if cost.calls and not yes and not _confirmed(cost):
            return output.say("nothing was sent")
        outcome = ask.run(store, chosen, plan, progress.counter(len(plan.new)))
        found = list(links.read(store, outcome.links).values())
        if json:
            refused = dict(outcome.refused)
            planned |= {"links": found, "none": outcome.none, "refused": refused, "known": outcome.known,
                      "tokens_in": outcome.tokens_in, "tokens_out": outcome.tokens_out}  # fmt: skip
            output.as_json(planned)
        else:
            output.text(link_lines(store, found))
        facts = [output.count(len(found), "link") + " suggested", f"{outcome.none} without a relation"]
        facts += [f"{outcome.known} known before"] if outcome.known else []
        facts += [f"{count} refused: {why}" for why, count in outcome.refused.items()]
        return output.say(", ".join(facts) + ("; kb review goes through them" if found else ""))


def _planned(judge: Judge, plan: Plan, cost: Cost) -> dict[str, object]:
    estimate = {"calls": cost.calls, "tokens_in": cost.tokens_in, "tokens_out": cost.tokens_out, "price": cost.price}
    return {"judge": judge.name, "to": cost.to, "pairs": len(plan.pairs), "new": len(plan.new), "estimate": estimate}


def _cost_line(plan: Plan, cost: Cost) -> str:
    before = len(plan.pairs) - len(plan.new)
    line = output.count(len(plan.pairs), "pair") + (f", {before} answered before" if before else "")
    if not cost.calls:
        return line
    price = "" if cost.price is None else f", {cost.price:.4f} by your prices"
    calls = output.count(cost.calls, "call")
    return (
        f"{line}; {calls} to {cost.to}, about {cost.tokens_in:,} tokens sent and {cost.tokens_out:,} answered{price}. "
        "The statements, their speakers and titles are sent there."
    )


def _confirmed(cost: Cost) -> bool:
    from kb.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError(f"this would make {output.count(cost.calls, 'call')}", "--yes if that is what you want")
    return bool(typer.confirm("Go on?", err=True))
