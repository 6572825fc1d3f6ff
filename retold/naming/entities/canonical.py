"""One entity for all spellings of a name, decided over the whole corpus; every join says why.

The order: names that lists hold, names written alike, full names of one person, names of one thing, letters for them,
and last the short names of persons, first in their article, then in the corpus. Everything goes by blocking keys, so
that the time grows with the mentions and not with their pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from retold.model import Article, Entity, Mention, digest
from retold.naming.entities import keys, lexicon, persons, spans, things
from retold.naming.entities.joining import Company, Joins, Node
from retold.naming.entities.recurrence import best

LISTED = "="


def entities(articles: list[Article]) -> list[Entity]:
    """The entities of the corpus, in the order of their ids; sets ``entity_id``, type and reason of every mention."""
    one_kind(articles)
    joins = Joins()
    waiting: list[tuple[Article, Mention]] = []
    for article in articles:
        waiting += _enter(article, joins)
    persons.link(joins)
    things.link(joins)
    _acronyms(articles, joins)
    left = _in_article(waiting, joins)
    _in_corpus(left, joins)
    return _entities(joins)


def group(kind: str) -> str:
    """Types that one name often has by turns count as one kind of thing."""
    return "PLACE" if kind in spans.PLACES else kind


def one_kind(articles: list[Article]) -> None:
    """One kind for every name that is no person's: the one that most of its mentions in the corpus have."""
    votes: dict[keys.Key, Counter[str]] = defaultdict(Counter)
    for mention in _things(articles):
        votes[keys.thing(mention.text)][group(mention.type)] += 1
    types: dict[keys.Key, Counter[str]] = defaultdict(Counter)
    for mention in _things(articles):
        types[keys.thing(mention.text)][mention.type] += 1
    for mention in _things(articles):
        key = keys.thing(mention.text)
        kind = min(votes[key], key=lambda k: (-votes[key][k], k))
        mention.type = best(Counter({t: n for t, n in types[key].items() if group(t) == kind}))


def _things(articles: list[Article]) -> list[Mention]:
    """All mentions but those of persons."""
    return [m for a in articles for m in a.mentions if m.type != "PERSON"]


def node(mention: Mention) -> Node:
    """The node of a mention by its spelling alone."""
    if mention.type == "PERSON":
        return Node("PERSON", keys.person(mention.text))
    entry = lexicon.look_up(mention.text)
    if entry is not None and group(entry.type) == group(mention.type):
        return Node(group(mention.type), (LISTED, entry.name))
    return Node(group(mention.type), keys.thing(mention.text))


def _enter(article: Article, joins: Joins) -> list[tuple[Article, Mention]]:
    """Count an article's mentions for their nodes; return short names of persons, which wait for the full ones."""
    waiting = []
    full = [keys.person(m.text) for m in article.mentions if m.type == "PERSON"]
    ends = {key[-n:] for key in full for n in range(1, len(key))}
    for mention in article.mentions:
        key = keys.person(mention.text) if mention.type == "PERSON" else ()
        if mention.type == "PERSON" and (len(key) < 2 or key in ends):
            waiting.append((article, mention))
        else:
            joins.use(node(mention), mention)
    return waiting


def _acronyms(articles: list[Article], joins: Joins) -> None:
    """Join letters with the name they are introduced for or are initials of, where the corpus has just one such."""
    meant: dict[Node, dict[Node, str]] = defaultdict(dict)
    for article in articles:
        for short, mention in things.introductions(article).items():
            letters = Node(group(mention.type), keys.thing(short))
            if letters in joins.uses:
                meant[letters].setdefault(
                    joins.root(node(mention)), f"‘{mention.text} ({short})’ introduces the letters"
                )
        for letters, full in _initials(article).items():
            meant[letters].setdefault(joins.root(full), "initials of a name in the same article")
    for letters, bearers in sorted(meant.items()):
        roots = {joins.root(bearer) for bearer in bearers}
        if len(roots) == 1 and letters in joins.uses:
            bearer, reason = min(bearers.items())
            persons.join(joins, letters, bearer, reason)


def _initials(article: Article) -> dict[Node, Node]:
    """Letters of an article that are the initials of just one name in it."""
    letters = {
        m.text: m for m in article.mentions if m.type != "PERSON" and keys.is_acronym(m.text) and len(m.text) > 2
    }
    by_initials: dict[str, set[Node]] = defaultdict(set)
    for mention in article.mentions:
        if mention.type == "ORG" and " " in mention.text:
            by_initials[keys.initials(mention.text)].add(node(mention))
    found = {}
    for text, mention in sorted(letters.items()):
        names = by_initials.get(lexicon.fold(text.replace(".", "")), set())
        if len(names) == 1 and mention.type == "ORG" and lexicon.look_up(text) is None:
            found[node(mention)] = next(iter(names))
    return found


def _in_article(waiting: list[tuple[Article, Mention]], joins: Joins) -> list[tuple[Article, Mention]]:
    """Give each short name the person named in full in its article; return those that name nobody there."""
    named: dict[str, persons.Surnames] = {}
    left = []
    for article, mention in waiting:
        if article.id not in named:
            named[article.id] = persons.Surnames(
                [(m.start, node(m)) for m in article.mentions if m.type == "PERSON" and node(m) in joins.uses]
            )
        key = keys.person(mention.text)
        meant = named[article.id].meant(key, mention.start, joins) or named[article.id].misspelt(key, joins)
        if meant is None:
            left.append((article, mention))
        else:
            mention.reason = meant[1]
            joins.use(meant[0], mention, joins.uses[meant[0]].name)
    return left


def _in_corpus(left: list[tuple[Article, Mention]], joins: Joins) -> None:
    """Give a short name the only person of that surname in the corpus, if their articles share other names."""
    bearers: dict[str, set[Node]] = defaultdict(set)
    for full in sorted(joins.uses):
        if full.kind == "PERSON" and len(full.key) > 1:
            bearers[full.key[-1]].add(joins.root(full))
    for _, mention in left:
        joins.use(node(mention), mention)
    company = Company(joins)
    for short in sorted({node(mention) for _, mention in left}):
        found = sorted(bearers.get(short.key[-1], ())) if len(short.key) == 1 else []
        if len(found) == 1 and company.shared(short, found[0]):
            name = joins.uses[found[0]].name
            joins.join(short, found[0], f"‘{name}’ is the only person of that surname in articles with the same names")
            for mention in joins.uses[short].mentions:
                mention.reason = f"surname of ‘{name}’, who is named in full in another article"


def _entities(joins: Joins) -> list[Entity]:
    """One entity for each set of nodes, its mentions pointing to it. Sets with one name and type are one entity."""
    found: dict[str, Entity] = {}
    members: dict[str, list[Mention]] = defaultdict(list)
    for nodes in joins.sets():
        mentions = [m for n in nodes for m in joins.uses[n].mentions]
        kind = best(Counter(m.type for m in mentions))
        name = _name(nodes, joins)
        entity = Entity("e-" + digest(name, kind), name, kind, 0, 0, [], _reason(nodes, joins, name))
        found.setdefault(entity.id, entity)
        members[entity.id] += mentions
    for key, entity in found.items():
        for mention in members[key]:
            mention.entity_id, mention.type = key, entity.type
        entity.mentions = len(members[key])
        entity.articles = len({m.article_id for m in members[key]})
        entity.spellings = sorted({m.text for m in members[key]})
    return [found[key] for key in sorted(found)]


def _name(nodes: list[Node], joins: Joins) -> str:
    """The name to show: the list's, else the most used of the fullest: no letters, and for persons no surname alone."""
    listed = sorted(n.key[1] for n in nodes if n.key[:1] == (LISTED,))
    if listed:
        return listed[0]
    counts: Counter[str] = Counter()
    for member in nodes:
        counts.update(joins.uses[member].spellings)
    return min(
        counts,
        key=lambda s: (
            keys.is_acronym(s),
            nodes[0].kind == "PERSON" and len(keys.person(s)) < 2,
            -counts[s],
            -len(s),
            s,
        ),
    )


def _reason(nodes: list[Node], joins: Joins, name: str) -> str:
    """Why the spellings of an entity are one, in words."""
    reasons = joins.reasons(nodes[0])
    spellings = sorted({s for n in nodes for s in joins.uses[n].spellings})
    if any(n.key[:1] == (LISTED,) for n in nodes) and spellings != [name]:
        reasons.append(f"{_quoted(spellings)}: listed as names of {name}")
    elif len(spellings) > len(nodes):
        reasons.append("spellings that differ only in marks, hyphens, articles, doubled letters or words such as Inc.")
    return "; ".join(reasons) or "one spelling"


def _quoted(names: list[str]) -> str:
    """At most six names in quotation marks."""
    shown = ", ".join(f"‘{name}’" for name in names[:6])
    return shown + (" and others" if len(names) > 6 else "")
