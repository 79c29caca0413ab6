"""Places that stand in addresses below a paper's title, and look like the names of people."""

from __future__ import annotations

import re

_NAMES = """
    argentina, australia, austria, bangladesh, belarus, belgium, bolivia, brazil, brasil, bulgaria, canada, chile,
    china, colombia, croatia, cuba, cyprus, denmark, ecuador, egypt, england, estonia, ethiopia, finland, france,
    germany, deutschland, ghana, greece, guatemala, hungary, iceland, india, indonesia, iran, iraq, ireland,
    israel, italy, italia, japan, jordan, kazakhstan, kenya, korea, kuwait, latvia, lebanon, lithuania,
    luxembourg, malaysia, mexico, méxico, morocco, nepal, netherlands, nigeria, norway, oman, pakistan, panama,
    paraguay, peru, philippines, poland, portugal, qatar, romania, russia, scotland, serbia, singapore, slovakia,
    slovenia, spain, españa, sweden, switzerland, schweiz, syria, taiwan, tanzania, thailand, tunisia, turkey,
    türkiye, uganda, uk, ukraine, uruguay, usa, u.s.a, u.s, u.k, uae, venezuela, vietnam, wales, zambia, zimbabwe,
    alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, hawaii, idaho,
    illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota,
    mississippi, missouri, montana, nebraska, nevada, ohio, oklahoma, oregon, pennsylvania, tennessee, texas,
    utah, vermont, wisconsin, wyoming, ontario, quebec, québec, alberta, manitoba, ca, ma, ny, nj, wa, tx, il, pa,
    md, nc, ga, mi, oh, co, az, mn, wi, ct, nh, nm, ut, fl, qc, bc, new york, los angeles, san francisco, san
    diego, san jose, santa cruz, santa barbara, palo alto, menlo park, mountain view, hong kong, united states,
    united kingdom, south korea, south africa, new zealand, new delhi, new jersey, tel aviv, saudi arabia, abu
    dhabi, kuala lumpur, sao paulo, são paulo, rio de janeiro, buenos aires, czech republic, the netherlands, ann
    arbor, new haven, las vegas, salt lake city, college park, st. louis, el paso, sri lanka, costa rica, viet
    nam, united states of america, north carolina, south carolina, north dakota, south dakota, new mexico, new
    hampshire, west virginia, rhode island, british columbia, nova scotia, new south wales, republic of korea,
    republic of china, pr china, p.r. china, p. r. china, russian federation, united arab emirates, puerto rico,
    orsay cedex, paris cedex, la jolla, ithaca ny, college station, baton rouge, fort collins, stony brook,
    bowling green, san antonio, santa fe, santa monica, redwood city, mexico city, são carlos, le havre, den haag,
    the hague, st andrews, milton keynes
"""
_PLACES = frozenset(" ".join(name.split()) for name in _NAMES.split(","))
_END = re.compile(r"[,;·–-]\s*([^,;·]+?)\s*[.;∗*†‡]*$")


def is_place(words: str) -> bool:
    """Whether words are the name of a place."""
    return words.casefold().strip(" .,") in _PLACES


def ends_with_place(text: str) -> bool:
    """Whether a line ends with a country or a state, as an address does; a postal code may stand with it."""
    found = _END.search(text)
    return found is not None and is_place(re.sub(r"\s*\b[\w-]*\d[\w-]*\b\s*", " ", found[1]))
