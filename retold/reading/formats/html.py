"""Web pages: the article's text and what the page's own metadata says, both through trafilatura.

The text is what trafilatura extracts with its preference for precision (no comments, no link lists), one paragraph to
a line. That text, not the page's markup, is what offsets count in.
"""

from __future__ import annotations

import codecs
import json
import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from retold.model import Document, Problem
from retold.reading.facts import dates, languages, wires
from retold.reading.facts.fields import Layer, as_text
from retold.reading.formats.decoding import BYTE_ORDER_MARKS, decode, newlines, refuse_binary
from retold.reading.formats.limits import Refused
from retold.reading.formats.source import Source

logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())

DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.I)
LOOKED_AT = 4_096
# Browsers read these labels as the larger sets that pages really use (WHATWG Encoding Standard).
AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
PUBLISHED_META = frozenset(
    "article:published_time og:article:published_time og:published_time datepublished date.published dc.date.issued "
    "dcterms.issued dcterms.created dc.date.created publish-date publication_date publishdate pubdate parsely-pub-date "
    "sailthru.date cxenseparse:recs:publishtime article.published article_date_original originalpublicationdate".split()
)
AGENCY_KEYS = ("author", "creator", "sourceOrganization", "provider")
AGENCY_META = frozenset("author article:author byl byline dc.creator dc.source news_source original-source".split())
LONG_LINE, ENOUGH_PROSE = 40, 80
LONG_LINE_CJK, ENOUGH_PROSE_CJK = 12, 25
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def read(source: Source) -> Iterator[Document | Problem]:
    """The one article of a web page."""
    from trafilatura import load_html  # noqa: PLC0415 (slow to import, and most inputs are plain text)

    page, encoding, damaged = decode_page(source.bytes())
    tree = load_html(page)
    most = source.limits.page_elements
    if tree is not None and sum(1 for _ in islice(tree.iter(), most + 1)) > most:
        raise Refused(f"more than {most:,} elements, far beyond any article's page; give its text as .txt")
    text = article_text(tree) if tree is not None else ""
    if tree is None or not _has_prose(text):
        raise Refused("no article was found in this page; give its text as .txt, or leave the page out")
    if damaged and "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise Refused(f"bytes that are not {encoding} stand in line {line} of the article's text; restore the page")
    yield source.article(text, encoding, source.sidecar, metadata(tree, text))


def decode_page(data: bytes) -> tuple[str, str, bool]:
    """The markup of a page, its encoding, and whether some bytes did not fit and became U+FFFD.

    A byte-order mark decides, then whether it is UTF-8, then what the page declares, then detection. Raises ``Refused``
    for what is no text.
    """
    refuse_binary(data)
    if any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return *decode(data), False
    declared = _declared(data) or "utf-8"
    for encoding in ("utf-8", declared):
        try:
            return newlines(data.decode(encoding)), encoding, False
        except UnicodeDecodeError:
            continue
    if declared == "utf-8":
        try:
            return *decode(data), False
        except Refused:
            pass
    return newlines(data.decode(declared, "replace")), declared, True


def _declared(data: bytes) -> str | None:
    match = DECLARED.search(data[:LOOKED_AT])
    if not match:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
        b"".decode(name)  # some codecs are known but turn no bytes into text
    except LookupError:
        return None
    return AS_BROWSERS_DO.get(name, name)


def article_text(tree: HtmlElement) -> str:
    """The article in a page, one paragraph to a line; empty where trafilatura finds none."""
    from trafilatura import extract  # noqa: PLC0415

    for precision in (True, False):
        found = extract(tree, include_comments=False, favor_precision=precision) or ""
        text = "\n".join(line.strip() for line in newlines(found).split("\n")).strip()
        if _has_prose(text):
            return text
    return text


def _has_prose(text: str) -> bool:
    """Whether there is anything to read beside menus: some lines as long as sentences are."""
    east_asian = len(CJK.findall(text[:LOOKED_AT])) > len(text[:LOOKED_AT]) / 4
    long, enough = (LONG_LINE_CJK, ENOUGH_PROSE_CJK) if east_asian else (LONG_LINE, ENOUGH_PROSE)
    return sum(len(line) for line in text.split("\n") if len(line) >= long) >= enough


def metadata(tree: HtmlElement, text: str) -> Layer:
    """What the page says of its article: JSON-LD, meta elements and marked-up bylines, read by trafilatura.

    The date is looked for in what is marked as date of publication, never in running text. The page's language
    attribute, which templates often leave wrong, counts only where the text itself does not tell.
    """
    from trafilatura import extract_metadata  # noqa: PLC0415

    found = Layer()
    known = extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    origin = "HTML metadata"
    found.add("title", _without_site(as_text(known.title), as_text(known.sitename)), origin)
    found.add("publisher", as_text(known.sitename), origin)
    found.add("url", as_text(known.url), origin)
    found.add("author", as_text(known.author), origin)
    found.add("published", _published(tree) or as_text(known.date), origin)
    found.add("wire", _agency(tree) or "", origin)
    if languages.detect(text) is None:
        found.add("language", as_text(tree.get("lang")), "HTML lang attribute")
    return found


def _without_site(title: str, site: str) -> str:
    """``Title | Site`` without the site, which has a field of its own."""
    match = re.search(rf"\s+[|–—-]\s+{re.escape(site)}$", title, re.I) if site else None
    return title[: match.start()] if match and match.start() > 0 else title


def _published(tree: HtmlElement) -> str | None:
    """When the page says it was first published, with its time of day, from the most explicit markup."""
    for value in (*(node["datePublished"] for node in _in_json(tree, "datePublished")), *_in_markup(tree)):
        if moment := dates.parse(as_text(value)):
            return moment
    return None


def _is_article(node: dict[str, Any]) -> bool:
    return "Article" in as_text(node["@type"]) or "Posting" in as_text(node["@type"])


def _agency(tree: HtmlElement) -> str | None:
    """The news agency that the page gives as its author or source in so many words."""
    said = [node.get(key) for node in _in_json(tree, "@type") if _is_article(node) for key in AGENCY_KEYS]
    for meta in tree.iter("meta"):
        if str(meta.get("name") or meta.get("property") or "").lower() in AGENCY_META:
            said.append(meta.get("content"))
    names = (name.removeprefix("By ") for value in said for name in as_text(value).split(", "))
    return next((agency for agency in map(wires.canonical, names) if agency), None)


def _in_json(tree: HtmlElement, key: str) -> Iterator[dict[str, Any]]:
    """The JSON-LD nodes that have a key, without those inside them: an article, but not its comments."""
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            level = [json.loads(script)]
        except (ValueError, RecursionError):
            continue
        while level:
            below: list[Any] = []
            for node in level:
                if isinstance(node, dict) and key in node:
                    yield node
                elif isinstance(node, (dict, list)):
                    below += node.values() if isinstance(node, dict) else node
            level = below


def _in_markup(tree: HtmlElement) -> Iterator[object]:
    for meta in tree.iter("meta"):
        names = {str(meta.get(attribute, "")).lower() for attribute in ("property", "name", "itemprop")}
        if names & PUBLISHED_META:
            yield meta.get("content")
    for element in tree.xpath('//*[@itemprop="datePublished"] | //time[@pubdate]'):
        yield element.get("datetime") or element.get("content")
