"""Sentences read before: they come back as they were, the file stays bounded, and no fault of it touches a result."""

import sqlite3
import stat
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from retold.naming import cache, models, packing, pipeline
from retold.naming.cache import CacheUse, SentenceCache
from retold.naming.sentences import Reader
from tests.naming.test_pipeline import article, corpus

COLUMNS: list[int | str] = [
    "ORTH",
    "SPACY",
    "NORM",
    "TAG",
    "POS",
    "DEP",
    "HEAD",
    "LEMMA",
    "SENT_START",
    "ENT_IOB",
    "ENT_TYPE",
]
ODD = [
    "",
    " ",
    "\n\t\u2028",
    "“We won’t,” said Kari Lund 🙈👩‍👩‍👧 of Oslo's Harbour Board.",
    "قال الوزير إن \u202eאבג\u202c \u200f according to Jan Novak.",
    "Nul \0 and \x07\x1b[31m bells, said Ito\ufffe.",
    "The minister " + "and Jan Novak of Oslo, who " * 120 + "said no.",
    "x" * 3000,
    "SHE'S GONNA SAY: I CANNOT’VE BEEN THERE (Reuters) — 3,4 m. €5bn 10:30a.m. :-) don't",
    "Nobody spoke.",
]
WORDS = ["said", "Lund", "Oslo", "“", "”", "that", "can't", "Ito's", ",", ":", "was", "rebuilt", "he", "the", "Board"]
TEXTS = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), max_size=14
).map(" ".join))  # fmt: skip


def same(one: Doc, other: Doc) -> bool:
    """Whether two documents are alike in all that anyone could ask of them; without syntax nobody may ask for trees."""
    parsed = one.has_annotation("DEP")
    return (
        one.text == other.text
        and parsed == other.has_annotation("DEP")
        and bool((one.to_array(COLUMNS) == other.to_array(COLUMNS)).all())
        and [(e.start, e.end, e.label_) for e in one.ents] == [(e.start, e.end, e.label_) for e in other.ents]
        and (not parsed or trees(one) == trees(other))
        and [token.lemma_ for token in one] == [token.lemma_ for token in other]
    )


def trees(doc: Doc) -> list[list[int]]:
    """For each token those below it, itself among them."""
    return [[t.i for t in token.subtree] for token in doc]


@pytest.mark.parametrize("text", ODD)
def test_odd_sentences_come_back_as_they_were(text: str) -> None:
    (plain,), (parsed,) = models.recognise([text]), models.parse([text])
    assert same(packing.unpack(text, packing.pack(plain)), plain)
    assert same(packing.unpack(text, packing.pack(parsed)), parsed)
    assert packing.has_syntax(packing.pack(parsed))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=1, max_size=8, unique=True))
def test_any_sentence_comes_back_as_it_was(texts: list[str]) -> None:
    for text, doc in zip(texts, models.parse(texts), strict=True):
        assert same(packing.unpack(text, packing.pack(doc)), doc)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 200))
def test_damage_is_noticed_not_restored(noise: bytes, at: int) -> None:
    text = "“No,” said Kari Lund of Oslo."
    packed = packing.pack(models.parse([text])[0])
    damaged = packed[:at] + noise + packed[at + len(noise) :]
    key = cache._key(text)
    (good,) = cache._row(text, models.parse([text])[0])
    assert cache._restored(key, good[1], text) is not None
    assert damaged == packed or cache._restored(key, good[1][: cache.CHECK.size] + damaged, text) is None
    with pytest.raises(packing.Unpackable):
        packing.unpack(text + " Then he left.", packed)


def test_bytes_of_another_make_are_refused() -> None:
    for content in (b"", b"\1", packing.HEADER.pack(1, 2, 0), packing.HEADER.pack(1, 2, 0) + b"\xff" * 20):
        with pytest.raises(packing.Unpackable):
            packing.unpack("Rain fell", zlib.compress(content))


def test_a_second_run_finds_the_same_without_the_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kept.cache"
    made = [*corpus(3), *(article(f"odd{i}", text) for i, text in enumerate(ODD))]
    plain = pipeline.find(made)
    pipeline._reader.cache_clear()
    cold = pipeline.find_counted(made, file)
    pipeline._reader.cache_clear()
    monkeypatch.setattr(models, "add_syntax", lambda docs: pytest.fail("read again") if docs else None)
    warm = pipeline.find_counted(made, file)
    pipeline._reader.cache_clear()
    assert cold.findings == warm.findings == plain
    distinct = len({s.text for a in made for s in a.sentences})
    assert (cold.use.misses, cold.use.entries) == (distinct, distinct)
    assert cold.use.hits == sum(len(a.sentences) for a in made) - distinct
    assert (warm.use.misses, warm.use.rate, warm.use.problem) == (0, 1.0, None)


def test_uses_of_several_processes_add_up() -> None:
    total = CacheUse(3, 1, 10) + CacheUse(5, 0, 12, "locked") + CacheUse()
    assert total == CacheUse(8, 1, 12, "locked")
    assert total.rate == pytest.approx(8 / 9)
    assert CacheUse().rate == 0.0


def test_a_sentence_without_syntax_gains_it_when_wanted(tmp_path: Path) -> None:
    text = "“No,” the minister said."
    kept = SentenceCache(tmp_path / "kept.cache")
    kept.put({text: models.recognise([text])[0]})
    assert not kept.get([text])[text].has_annotation("DEP")
    ((doc,),) = [list(docs.values()) for docs in Reader(cache=kept).read([article("a", text)])]
    assert same(doc, models.parse([text])[0])
    assert same(kept.get([text])[text], doc)
    assert kept.entries == 1


def test_the_file_stays_bounded_and_keeps_what_was_used_last(tmp_path: Path) -> None:
    now = [0.0]
    kept = SentenceCache(tmp_path / "kept.cache", limit=20, clock=lambda: now[0])
    texts = [f"Line {i} of many." for i in range(60)]
    docs = dict(zip(texts, models.recognise(texts), strict=True))
    for start in range(0, 60, 5):
        now[0] += cache.HOUR
        kept.put({text: docs[text] for text in texts[start : start + 5]})
        assert kept.entries <= 20
        assert len(kept.get(texts[:5])) == 5
    assert set(kept.get(texts)) == {*texts[:5], *texts[45:]}
    with sqlite3.connect(kept.path) as connection:
        assert connection.execute("select count(*), (select entries from size) from sentence").fetchone() == (20, 20)


def test_reading_a_small_cache_writes_nothing(tmp_path: Path) -> None:
    now = [0.0]
    kept = SentenceCache(tmp_path / "kept.cache", clock=lambda: now[0])
    kept.put({"Rain fell.": models.recognise(["Rain fell."])[0]})
    assert kept._connection is not None
    before = kept._connection.total_changes
    now[0] += 50 * cache.HOUR
    kept.get(["Rain fell."])
    kept.put({})
    assert kept._connection.total_changes == before


def test_processes_share_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.cache"
    texts = [f"Ship {i} left." for i in range(40)]
    docs = dict(zip(texts, models.recognise(texts), strict=True))

    def work(number: int) -> str | None:
        one = SentenceCache(path)
        for text in texts[number % 4 :: 2]:
            one.put({text: docs[text]})
            one.get(texts)
        one.close()
        return one.problem

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(work, range(6))) == [None] * 6
    assert SentenceCache(path).entries == len(SentenceCache(path).get(texts)) == 40


def test_another_model_finds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = SentenceCache(tmp_path / "kept.cache")
    kept.put({"Rain fell.": models.recognise(["Rain fell."])[0]})
    monkeypatch.setattr(cache, "_model", lambda: b"another")
    assert kept.get(["Rain fell."]) == {}


def broken(path: Path, how: str) -> None:
    """Make the file of a cache unusable in one of several ways."""
    if how == "a folder":
        path.mkdir()
    elif how == "no such folder":
        path.parent.rmdir()
    elif how == "noise":
        path.write_bytes(b"no database at all " * 500)
    elif how == "another database":
        with sqlite3.connect(path) as connection:
            connection.execute("create table article (id text)")
    else:
        with sqlite3.connect(path) as connection:
            connection.execute(f"pragma application_id = {cache.OURS}")
            connection.execute("create table sentence (id integer)")


@pytest.mark.parametrize("how", ["a folder", "no such folder", "noise", "another database", "another shape"])
def test_a_broken_file_changes_nothing(tmp_path: Path, how: str) -> None:
    path = tmp_path / "folder" / "kept.cache"
    path.parent.mkdir()
    broken(path, how)
    content = path.read_bytes() if path.is_file() else None
    pipeline._reader.cache_clear()
    found = pipeline.find_counted(corpus(2), path)
    again = pipeline.find_counted(corpus(2), path)
    pipeline._reader.cache_clear()
    assert found.findings == again.findings == pipeline.find(corpus(2))
    assert found.use.problem is not None
    assert str(path) in found.use.problem
    assert content is None or path.read_bytes() == content


def test_damage_in_the_middle_of_a_build_is_survived(tmp_path: Path) -> None:
    kept = SentenceCache(tmp_path / "kept.cache")
    reader = Reader(cache=kept, kept=0)
    first = reader.read(corpus(2))
    with sqlite3.connect(kept.path) as other:
        other.execute("drop table sentence")
    second = reader.read(corpus(2))
    assert all(same(one[i], two[i]) for one, two in zip(first, second, strict=True) for i in one)
    assert kept.problem is not None


def test_a_value_that_was_altered_is_read_anew(tmp_path: Path) -> None:
    kept = SentenceCache(tmp_path / "kept.cache")
    texts = ["Kari Lund left Oslo.", "Rain fell."]
    docs = dict(zip(texts, models.recognise(texts), strict=True))
    kept.put(docs)
    with sqlite3.connect(kept.path) as other:
        other.execute("update sentence set value = (select value from sentence where id = 2) where id = 1")
    assert set(kept.get(texts)) == {"Rain fell."}
    kept.put(docs)
    assert set(kept.get(texts)) == set(texts)


def test_a_lock_is_waited_for_only_a_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "PATIENCE", 0.1)
    kept = SentenceCache(tmp_path / "kept.cache")
    docs = {"Rain fell.": models.recognise(["Rain fell."])[0]}
    with sqlite3.connect(kept.path, isolation_level=None) as other:
        other.execute("begin immediate")
        kept.put(docs)
        other.execute("rollback")
    assert kept.problem is not None
    assert "locked" in kept.problem
    assert SentenceCache(kept.path).get(docs) == {}


def test_a_file_that_may_not_be_written_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept.cache"
    SentenceCache(path).close()
    path.chmod(stat.S_IRUSR)
    kept = SentenceCache(path)
    kept.put({"Rain fell.": models.recognise(["Rain fell."])[0]})
    assert set(kept.get(["Rain fell."])) <= {"Rain fell."}  # an administrator may write it all the same
