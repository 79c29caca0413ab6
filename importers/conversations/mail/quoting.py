"""Whose words stand in a mail: its writer's own, those of earlier mails that it quotes, and what no one wrote to say.

Quoted is what stands behind `>`, below "On … wrote:" in some languages, and below the header lines that Outlook puts
there. Signatures, words of telephones and the footers of lists are cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kb.text.strings import squash

_VERB = (
    r"wrote|writes|schrieb|schreibt|a écrit|écrit|escribió|ha scritto|scrisse|escreveu|schreef|skrev|skriver"
    r"|napisał\(a\)|napisała?|pisze|napsala?|napsal\(a\)|написал\(а\)|написала?|пишет|писал\(а\)|kirjoitti"
    r"|írta|yazdı|a scris"
    r"|写道|寫道|のメール|さんは書きました|님이 작성|작성"
)
_LONGEST_FIELD = 2000  # characters of a line of a header
_ATTRIBUTION = re.compile(
    rf"(?=.{{0,400}}(?:\d|@))(?P<before>.{{0,400}}?)(?<!\w)(?:{_VERB})(?P<after>.{{0,120}}?)[:：]\s*", re.I
)
_ADDRESSED = re.compile(r".{0,200}\d.{0,200}<\S+@\S+>\s*[:：]\s*")
"""As Gmail has it in some languages: "1 мая 2024 г. в 09:00, Ada Moss <a@b.example>:"."""
_BEFORE_ADDRESS = re.compile(r"(?P<who>[^\d<>,:()\[\]\"]{2,60}?)\"?\s*[(\[]?<[^<>\s]+@[^<>\s]+>")
_LEADS = re.compile(rf"^(?:(?:{_VERB}|Uhr|[ap]\.?m\.?|um|at|kl|om|as|às)\s+)+", re.I)
_CJK_VERB = re.compile(r".{2,300}(?:写道|寫道|のメール|작성)\s*[:：]\s*")
_OPENS = re.compile(
    r"(?:On|Am|Le|El|Il|Em|Op|Den|På|W dniu|Dne|Pe|Tarih|На|В|Чт|Пн|Вт|Ср|Пт|Сб|Вс|Ons|Tis|Mån|Tor|Fre|于|在"
    r"|\d|\W*\S+@)"
)
_ADDRESS = re.compile(r"[\s,]*[<(\[]*(?:mailto:)?[\w.+%-]+@[\w.-]+[>)\]]*")
_DATES = re.compile(
    r"^.*\d(?:\s*(?:[ap]\.?m\.?|Uhr|h|UTC|GMT|CES?T))?(?:\s*[+-]\d{4})?(?:\s*\([A-Z]{2,5}\))?[\s,]*(?:,|à|um|at)?\s*",
    re.I,
)
_ORIGINAL = re.compile(
    r"[\s>*_]*-{2,}\s*(?:Original[- ]?(?:Message|Nachricht)|Ursprüngliche Nachricht|Message d['’]origine"
    r"|Message transféré|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Mensagem original"
    r"|Ursprungligt meddelande|Oprindelig meddelelse|Opprinnelig melding|Исходное сообщение|Wiadomość oryginalna"
    r"|Forwarded message|Weitergeleitete Nachricht|Mensaje reenviado)\s*-{2,}.*",
    re.I,
)
_FROM = re.compile(
    r"[\s*_]*(?:From|Von|De|Da|Van|Från|Fra|Od|От|Expéditeur|发件人|差出人)[*_]*\s*[:：][*_\s]*(?P<who>\S.{0,150})",
    re.I,
)
_SENT = re.compile(
    r"[\s*_]*(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Enviada em|Fecha|Inviato|Data|Verzonden|Skickat|Sendt|Wysłano"
    r"|Odesláno|Отправлено|Дата|发送时间|送信日時)[^:：\n]{0,12}[*_]*\s*[:：]",
    re.I,
)
_FIELD = re.compile(r"[\s*_]*[^\s:：][^:：\n]{0,20}[*_]*\s*[:：].*")
_SIGNATURE = re.compile(r"-- ?\s*$")
_TELEPHONE = re.compile(
    r"\W*(?:Sent (?:from|via) (?:my )?(?:iPhone|iPad|Android|Samsung|mobile|Outlook|phone|Proton|Yahoo).*"
    r"|Get Outlook for .*|Von meinem .{2,30} gesendet|Gesendet von .{0,40}(?:iPhone|iPad|Outlook|Mail|Handy).*"
    r"|Envoyé de(?:puis)? mon .{2,30}|Enviado desde mi .{2,30}|Enviado do meu .{2,30}|Inviato da(?:l mio)? .{2,30}"
    r"|Verstuurd vanaf mijn .{2,30}|Skickat från min .{2,30}|Sendt fra min .{2,30}|Wysłane z .{2,30}"
    r"|Отправлено с .{2,30})\W*",
    re.I,
)
_FOOTER = re.compile(
    r"\W*(?:You received this message because you (?:are subscribed|signed up)|To unsubscribe from this (?:group|list)"
    r"|(?:CONFIDENTIALITY|Confidentiality|Disclaimer|DISCLAIMER)\b.{0,20}[:.]"
    r"|This e-?mail (?:and any|is confidential|may contain)"
    r"|Diese E-?Mail (?:enthält|ist) vertraulich|Ce message (?:et|est) .{0,40}confidentiel)",
)
_RULE = re.compile(r"_{20,}\s*|-{30,}\s*")
_LIST = re.compile(r"mailing list|mailman|listinfo|unsubscribe|Groups", re.I)
_LONGEST_SIGNATURE, _LONGEST_FOOTER = 15, 40  # lines


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a mail. `quoted`: they are of an earlier mail, by `who` where that is told."""

    words: str
    quoted: bool = False
    who: str = ""


def parts(text: str, left: Counter[str]) -> list[Part]:
    """The words of a mail in order, without signature and footers, which are counted."""
    lines = _bare(text.split("\n"), left)
    found: list[Part] = []
    own: list[str] = []
    at = 0
    who = ""
    last = max((number for number, line in enumerate(lines) if line.lstrip().startswith(">")), default=-1)

    def close() -> None:
        if any(line.strip() for line in own):
            found.append(Part("\n".join(own).strip("\n")))
        own.clear()

    while at < len(lines):
        line = lines[at]
        if _ORIGINAL.fullmatch(line) or _is_header(lines, at):
            close()
            who, at = _head(lines, at)
            found.append(Part("\n".join(lines[at:]).strip(), True, who))
            break
        if size := _attribution(lines, at):
            told = squash(" ".join(lines[at : at + size]))
            after = next((one for one in lines[at + size : at + size + 3] if one.strip()), "")
            marked, whole = after.lstrip().startswith(">"), last < at
            if marked or (whole and _OPENS.match(told)):
                close()
                who, at = named_in(told), at + size
                if not marked:
                    found.append(Part("\n".join(lines[at:]).strip(), True, who))
                    break
                continue
        if line.lstrip().startswith(">"):
            close()
            quoted = []
            while at < len(lines) and (lines[at].lstrip().startswith(">") or _between(lines, at)):
                quoted.append(re.sub(r"^\s*> ?", "", lines[at]))
                at += 1
            found.append(Part("\n".join(quoted).strip("\n"), True, who))
            continue
        own.append(line)
        at += 1
    close()
    return [one for one in found if one.words.strip()]


def named_in(told: str) -> str:
    """Who wrote, as the words above a quote tell: "On 1 May 2024 at 9:00, Ada Moss <a@b> wrote:" is Ada Moss."""
    if named := _BEFORE_ADDRESS.search(told):
        name = _LEADS.sub("", named["who"].strip(" .")).strip()
        if len(name) > 1:
            return name
    found = _ATTRIBUTION.fullmatch(told)
    if not found:
        return ""
    after = squash(_ADDRESS.sub("", found["after"])).strip(" ,:;<>\"'()")
    before = _ADDRESS.sub("", found["before"])
    if after and not any(character.isdigit() for character in after) and len(after) < 60:
        return after  # "Am … schrieb Ada Moss:"
    name = squash(_DATES.sub("", before)).strip(" ,:;<>\"'()")
    name = re.sub(r"^(?:Uhr|schrieb|um|at|à|a las|le|der|von)\s+", "", name).strip(" ,")
    return name if 1 < len(name) < 60 and not name.isdigit() else ""


def unflowed(text: str) -> str:
    """The text with lines put together that its program only broke to fit (`format=flowed`)."""
    out: list[str] = []
    for line in text.split("\n"):
        before = out[-1] if out else ""
        marks = re.match(r"(?:> ?)*", line)
        prefix = marks[0] if marks else ""
        same = before.startswith(prefix) and (prefix or not before.startswith(">"))
        if (
            out
            and same
            and before.endswith(" ")
            and before.strip(" >")
            and before != "-- "
            and line[len(prefix) :].strip()
        ):
            out[-1] = before.rstrip(" ") + " " + line[len(prefix) :]
        else:
            out.append(line)
    return "\n".join(out)


def unsigned(words: str) -> str:
    """The words of a quote without the signature of who wrote it."""
    lines = words.split("\n")
    end = next((number for number, line in enumerate(lines) if _SIGNATURE.match(line.lstrip("> "))), len(lines))
    return "\n".join(line for line in lines[:end] if not _TELEPHONE.fullmatch(line.lstrip("> ")))


def _bare(lines: Sequence[str], left: Counter[str]) -> list[str]:
    kept: list[str] = []
    for number, line in enumerate(lines):
        below = len(lines) - number
        if _SIGNATURE.match(line) and below <= _LONGEST_SIGNATURE:
            left["signatures"] += 1
            break
        if _TELEPHONE.fullmatch(line):
            left["signatures"] += 1
            continue
        ruled = _RULE.fullmatch(line) and below <= _LONGEST_SIGNATURE and _LIST.search("\n".join(lines[number:]))
        if ruled or (below <= _LONGEST_FOOTER and _FOOTER.match(line)):
            left["footers"] += 1
            break
        kept.append(line)
    return kept


def _attribution(lines: Sequence[str], at: int) -> int:
    """How many lines from here are words such as "On … wrote:"; 0 where they are none."""
    if not lines[at].strip() or lines[at].lstrip().startswith(">"):
        return 0
    for size in (1, 2, 3):
        told = squash(" ".join(lines[at : at + size]))
        if len(told) > 500 or (size > 1 and not lines[at + size - 1 : at + size]):
            return 0
        if told.endswith((":", "：")) and any(form.fullmatch(told) for form in (_ATTRIBUTION, _CJK_VERB, _ADDRESSED)):
            return size
        if at + size < len(lines) and not lines[at + size].strip():
            return 0
    return 0


def _between(lines: Sequence[str], at: int) -> bool:
    """Whether a blank line stands between two quoted ones."""
    return not lines[at].strip() and at + 1 < len(lines) and lines[at + 1].lstrip().startswith(">")


def _is_header(lines: Sequence[str], at: int) -> bool:
    """Whether the lines that Outlook puts above an earlier mail begin here: From, Sent, To, Subject."""
    return _FROM.fullmatch(lines[at]) is not None and any(map(_SENT.match, lines[at + 1 : at + 4]))


def _head(lines: Sequence[str], at: int) -> tuple[str, int]:
    """Who wrote the earlier mail, and the line on which it begins."""
    who = ""
    if _ORIGINAL.fullmatch(lines[at]):
        at += 1
    while at < len(lines) and not lines[at].strip():
        at += 1
    while at < len(lines) and lines[at].strip() and len(lines[at]) < _LONGEST_FIELD and _FIELD.fullmatch(lines[at]):
        if not who and (found := _FROM.fullmatch(lines[at])):
            who = squash(_ADDRESS.sub("", found["who"])).strip(" *_\"'<>[]()")
        at += 1
    return who, at
