"""`kb propose`: ask an optional judge how near statements bear on each other, who answers whom, who speaks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from commands import output, progress
from commands.home import home, writing
from commands.options import DryRun, Json, Yes
from commands.panels import ARGUE
from commands.views.link import link_lines
from commands.views.proposed import proposed_lines

if TYPE_CHECKING:
    from kb.suggest.judges import Cost, Judge
    from kb.suggest.judges.ask import Outcome, Plan

PANEL = ARGUE
_WHAT = {"pairs": "pair", "replies": "reply", "speakers": "part of a text", "glosses": "statement", "titles": "issue"}
_MANY = {"replies": "replies", "speakers": "parts of texts"}


def command(
    ref: Annotated[str | None, typer.Argument(help="A source or statement; all without it.")] = None,
    judge: Annotated[
        Literal["nli", "llm"] | None, typer.Option(help="Which judge; the one that is set up by default.")
    ] = None,
    task: Annotated[
        Literal["pairs", "replies", "speakers", "glosses", "titles"],
        typer.Option(
            help="pairs: how near statements bear on each other. For a language model also replies: what a comment, "
            "a turn or a section answers; speakers: whose words are whose; glosses: what a statement leans on; "
            "titles: what to call an issue."
        ),
    ] = "pairs",
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="At most so many not asked before.")] = 50,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Have a judge propose links, speakers, glosses and titles: a model on this machine, or an endpoint.

    Off until you set one up with kb config (judge.nli, judge.llm.url, judge.llm.model). What it would send and cost is
    shown first; what it answers is kept and never asked again; what it proposes is a suggestion for kb review, or kb
    accept.

    Example: kb propose ekdahl2023volunteer --task replies -n 20 --dry-run
    """
    from kb import config
    from kb.review import issue_list
    from kb.sources import resolve
    from kb.store import links, proposals
    from kb.suggest.judges import ask
    from kb.suggest.judges.configured import configured

    with writing() as store, configured(home(), judge, task) as chosen:
        about = resolve.ref(store, ref, "source", "statement").id if ref else None
        least = config.load(home()).statement_threshold
        items = chosen.items(store, about, least) if chosen.items else issue_list.discussed(store, about)
        plan = ask.plan(store, chosen.judge, items, limit)
        cost = chosen.judge.cost(plan.asked)
        planned = _planned(chosen.judge, task, plan, cost)
        if not json or not dry_run:
            output.say(_cost_line(chosen.judge, task, plan, cost))
        if dry_run:
            return output.as_json(planned) if json else None
        if cost.calls and not yes and not _confirmed(cost):
            return output.say("nothing was sent")
        outcome = ask.run(store, chosen.judge, plan, progress.counter(len(plan.asked)))
        found = list(links.read(store, outcome.links).values())
        told = list(proposals.read(store, outcome.proposals).values())
        if json:
            refused = dict(outcome.refused)
            planned |= {"links": found, "proposals": told, "none": outcome.none, "refused": refused,
                      "known": outcome.known, "unsigned": outcome.unsigned,
                      "tokens_in": outcome.tokens_in, "tokens_out": outcome.tokens_out}  # fmt: skip
            output.as_json(planned)
        else:
            output.text([*link_lines(store, found), *proposed_lines(store, told)])
        return output.say(_outcome_lines(chosen.judge, outcome))


def _planned(judge: Judge[Any], task: str, plan: Plan[Any], cost: Cost) -> dict[str, object]:
    estimate = {"calls": cost.calls, "tokens_in": cost.tokens_in, "tokens_out": cost.tokens_out, "price": cost.price}
    return {
        "judge": judge.name, "task": task, "to": cost.to, task: len(plan.items), "new": len(plan.new),
        "trials": len(plan.untried), "estimate": estimate,
    }  # fmt: skip


def _cost_line(judge: Judge[Any], task: str, plan: Plan[Any], cost: Cost) -> str:
    before = len(plan.items) - len(plan.new)
    line = output.count(len(plan.items), _WHAT[task], _MANY.get(task))
    line += f", {before} answered before" if before else ""
    line += f", {len(plan.untried)} questions to try its signs" if plan.untried else ""
    if not cost.calls:
        return line
    price = "" if cost.price is None else f", {cost.price:.4f} by your prices"
    calls = output.count(cost.calls, "call")
    return (
        f"{line}; {calls} to {cost.to}, about {cost.tokens_in:,} tokens sent and {cost.tokens_out:,} answered{price}. "
        f"{judge.sends}"
    )


def _outcome_lines(judge: Judge[Any], outcome: Outcome) -> list[str]:
    new, told = len(outcome.links), len(outcome.proposals)
    facts = [output.count(new, "link") + " suggested"] if new or not told else []
    facts += [output.count(told, "proposal")] if told else []
    facts += [f"{outcome.none} without a relation" if new or not told else f"{outcome.none} without one"]
    facts += [f"{outcome.known} known before"] if outcome.known else []
    facts += [f"{count} refused: {why}" for why, count in outcome.refused.items()]
    after = "; kb review goes through them" if new else "; kb accept and kb reject decide about them" if told else ""
    lines = [", ".join(facts) + after]
    if outcome.unsigned:
        lines.append(f"{judge.name} does not see that a “not” turns a sign round: its links have no sign")
    return lines


def _confirmed(cost: Cost) -> bool:
    from kb.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError(f"this would make {output.count(cost.calls, 'call')}", "--yes if that is what you want")
    return bool(typer.confirm("Go on?", err=True))
