"""Made-up news with known ancestry: wire copies, retellings of them at known rates of editing, and independent reports.

Every word outside the sentence frames is invented from syllables, so no text of others is involved; the same seed gives
the same articles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from retold.model import Document

ONSETS = "b br c ch d dr f fl g gr h j k l m n p pr r s sh st t tr v w".split()
VOWELS = "a e i o u ai ea ou".split()
CODAS = " n r l s t nd rk st m ck".split(" ")
SAID = ("said", "told reporters", "confirmed", "announced", "explained")
INTROS = (
    "", "", "", "On {day}, ", "In {place}, ", "Last {month}, ", "After the {noun3}, ",
    "Despite the {adjective2} {noun3}, ",
    "For the {noun3} of {place2}, ", "Late on {day}, ", "With {number2} {nouns} {verb3}, ", "At {body2}, ",
)  # fmt: skip
CORES = (
    "{person} {said} the {noun} had {verb} {number} {nouns}",
    "the {adjective} {noun} was {verb} by {body}",
    "“we will not let the {adjective} {noun} be {verb},” {person} {said}",
    "officials put the cost of the {noun} at {number} million",
    "{number} {nouns} {verb} the {noun}, according to {body}",
    "a decision by {person} {verb} the {adjective} {noun2}",
    "residents {verb} the {noun} and {verb2} to the {noun2}",
    "{body} is preparing a {adjective} {noun}",
    "{person} had {verb} the {nouns} and the {noun2}",
    "no {noun} would be {verb} without a {noun2}, {person} {said}",
    "the {noun} and the {noun2} were both {verb}",
    "the {nouns} turned {adjective} as the {noun} {verb}",
    "it took {number} {nouns} to have the {noun2} {verb}",
    "{person} asked {body} whether the {noun} could be {verb}",
    "the {noun} of {person} {verb} what {body} had {verb2}",
    "few {nouns} in {place} expected a {adjective} {noun2}",
)
TAILS = (
    "", "", "", "", " near {place2}", " before {day2}", ", more than the {noun3} of {month}",
    " while the {noun3} stayed {adjective2}",
    ", which {body2} called {adjective2}", " for the {number2} {nouns2} of {place2}", ", {person2} added",
    " because of a {noun3}",
    ", a spokesman for {body2} {said2}",
)  # fmt: skip
COMMENT = (
    "It remains to be seen whether the {noun} will {verb} the wider {noun2}.",
    "Critics may wonder what this {adjective} {noun} means for the future.",
    "The coming weeks will show how {adjective} the {noun} really is.",
)
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass
class Rates:
    """How a retelling is made: chances per sentence, except ``copy``, the chance that nothing but trimming is done."""

    copy: float = 0.3
    drop: float = 0.2
    swap: float = 0.1
    reword: float = 0.35
    trim: float = 0.15
    comment: float = 0.12
    second_hand: float = 0.15


@dataclass
class Made:
    """Documents, for each retelling the document it was made from, and for each document its event."""

    documents: list[Document] = field(default_factory=list)
    parent: dict[str, str] = field(default_factory=dict)
    event: dict[str, int] = field(default_factory=dict)
    sentences: dict[str, list[str]] = field(default_factory=dict)


class Generator:
    """A small world of words, people and places, and the events that happen in it."""

    def __init__(self, seed: int = 1, rates: Rates | None = None, words: int = 9000) -> None:
        self.random = random.Random(seed)
        self.rates = rates or Rates()
        self.lexicon = [self._word(2, 3) for _ in range(words)]
        self.synonym = dict(zip(self.lexicon, self.random.sample(self.lexicon, len(self.lexicon)), strict=True))
        self.places = [self._word(2, 3).title() for _ in range(1500)]
        self.bodies = [
            f"{self._word(2, 2).title()} {kind}" for kind in ("Council", "Board", "Union") for _ in range(300)
        ]

    def make(self, count: int) -> Made:
        """``count`` articles: events of one to seven articles each, in no telling order."""
        made = Made()
        number = 0
        while len(made.documents) < count:
            self._event(made, number, count - len(made.documents))
            number += 1
        self.random.shuffle(made.documents)
        return made

    def _event(self, made: Made, number: int, room: int) -> None:
        facts = self._facts()
        day = date(2020, 1, 1) + timedelta(days=self.random.randrange(1800))
        retellings = self.random.choice((0, 0, 1, 1, 2, 3, 4))
        wire = self._add(made, number, "wire", self._report(facts), day, wire=True)
        tellers = [wire]
        for n in range(min(retellings, room - 1)):
            parent = self.random.choice(tellers[1:]) if len(tellers) > 1 and self._chance("second_hand") else wire
            text = self._retell(made.sentences[parent], facts)
            later = day + timedelta(days=self.random.choice((0, 0, 1, 2)))
            tellers.append(self._add(made, number, f"retelling{n}", text, later))
            made.parent[tellers[-1]] = parent
        if self.random.random() < 0.35 and room > retellings + 1:
            self._add(made, number, "independent", self._report(self._partly(facts)), day)

    def _add(self, made: Made, event: int, kind: str, sentences: list[str], day: date, wire: bool = False) -> str:
        name = f"made/{event:06d}-{self.random.randrange(16**8):08x}-{kind}.txt"
        known = {"published": day.isoformat()} if self.random.random() < 0.7 else {}
        known["language"] = "en"  # invented words would be taken for any language
        if wire and self.random.random() < 0.6:
            known["wire"] = "Reuters"
        title = " ".join(sentences[0].rstrip(".").split()[:8]).strip("“”,")
        paragraphs = [" ".join(sentences[n : n + 2]) for n in range(0, len(sentences), 2)]
        made.documents.append(Document(name, name, "\n\n".join([title, *paragraphs]) + "\n", metadata=known))
        made.event[name] = event
        made.sentences[name] = sentences
        return name

    def _facts(self) -> dict[str, list[str]]:
        """What an event is about: its own people, places and things, of which every report draws."""
        pick = self.random.sample
        return {
            "person": [f"{self._word(1, 2).title()} {self._word(2, 3).title()}" for _ in range(3)],
            "place": pick(self.places, 3),
            "body": pick(self.bodies, 2),
            "noun": self._zipf(14),
            "adjective": self._zipf(8),
            "verb": [w + "ed" for w in self._zipf(12)],
            "number": [str(self.random.randrange(2, 9000)) for _ in range(8)],
        }

    def _partly(self, facts: dict[str, list[str]]) -> dict[str, list[str]]:
        """What a reporter of another outlet learns of the same event: some of it, and things of their own."""
        own = self._facts()
        return {
            kind: [
                mine if self.random.random() < 0.4 else shared for shared, mine in zip(known, own[kind], strict=True)
            ]
            for kind, known in facts.items()
        }

    def _report(self, facts: dict[str, list[str]]) -> list[str]:
        count = self.random.randrange(9, 17)
        return [self._sentence(self._frame(), facts) for _ in range(count)]

    def _frame(self) -> str:
        frame = self.random.choice(INTROS) + self.random.choice(CORES) + self.random.choice(TAILS)
        return frame + "."

    def _sentence(self, frame: str, facts: dict[str, list[str]]) -> str:
        sample = self.random.sample
        nouns, verbs = sample(facts["noun"], 5), sample(facts["verb"], 3)
        people, places, bodies = sample(facts["person"], 2), sample(facts["place"], 2), sample(facts["body"], 2)
        adjectives, numbers, days = sample(facts["adjective"], 2), sample(facts["number"], 2), sample(DAYS, 2)
        text = frame.format(
            person=people[0], person2=people[1], place=places[0], place2=places[1], body=bodies[0], body2=bodies[1],
            noun=nouns[0], noun2=nouns[1], noun3=nouns[2], nouns=nouns[3] + "s", nouns2=nouns[4] + "s",
            adjective=adjectives[0], adjective2=adjectives[1], verb=verbs[0], verb2=verbs[1], verb3=verbs[2],
            number=numbers[0], number2=numbers[1], day=days[0], day2=days[1],
            month=self.random.choice(MONTHS), said=self.random.choice(SAID), said2=self.random.choice(SAID),
        )  # fmt: skip
        start = 1 if text.startswith("“") else 0
        return text[:start] + text[start].upper() + text[start + 1 :]

    def _retell(self, sentences: list[str], facts: dict[str, list[str]]) -> list[str]:
        """A retelling: sentences dropped, swapped, reworded and trimmed, and comments of its own put between."""
        kept = [s for s in sentences if not self._chance("drop")] or sentences[:3]
        if self._chance("copy"):
            return kept
        told: list[str] = []
        for sentence in kept:
            text = self._reworded(sentence)
            if self._chance("trim") and ", " in text:
                text = text.split(", ")[0].rstrip(".“”") + "."
            if told and self._chance("swap"):
                told.insert(-1, text)
            else:
                told.append(text)
            if self._chance("comment"):
                told.append(self._sentence(self.random.choice(COMMENT), facts))
        return told

    def _reworded(self, sentence: str) -> str:
        """Some of the invented words replaced by their synonyms; the frame of a reworded sentence may turn round."""
        words = []
        for word in sentence.split(" "):
            bare = word.strip("“”,.")
            stem = bare[:-2] if bare.endswith("ed") and bare[:-2] in self.synonym else bare
            if stem in self.synonym and self._chance("reword"):
                words.append(word.replace(stem, self.synonym[stem]))
            else:
                words.append(word)
        text = " ".join(words)
        for said in SAID:
            if f" {said}" in text and self._chance("reword"):
                return text.replace(f" {said}", f" {self.random.choice(SAID)}")
        return text

    def _chance(self, name: str) -> bool:
        return self.random.random() < getattr(self.rates, name)

    def _zipf(self, count: int) -> list[str]:
        """Distinct words, the common ones far more often than the rare."""
        found: dict[str, None] = {}
        while len(found) < count:
            found[self.lexicon[int(len(self.lexicon) * self.random.random() ** 2)]] = None
        return list(found)

    def _word(self, low: int, high: int) -> str:
        return "".join(self._syllables(self.random.randint(low, high)))

    def _syllables(self, count: int) -> Iterator[str]:
        for _ in range(count):
            yield self.random.choice(ONSETS) + self.random.choice(VOWELS) + self.random.choice(CODAS)
