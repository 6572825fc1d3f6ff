"""The models: loaded once, verified, offline, and indifferent to the company a text keeps."""

from importlib.metadata import distribution

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.naming import embeddings, models
from retold.reading import extent


def test_checksum_is_a_sha256_and_stable() -> None:
    assert len(models.checksum()) == 64
    assert models.checksum.__wrapped__() == models.checksum()


def test_an_altered_model_is_refused_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    altered = [
        (path, recorded, content + b"x")
        for path, recorded, content in models._model_files(distribution(models.PACKAGE))
    ]
    assert len(altered) > 10
    monkeypatch.setattr(models, "_model_files", lambda package: altered)
    with pytest.raises(models.ModelError, match="reinstall"):
        models.checksum.__wrapped__()


def test_recognition_alone_finds_the_names_that_the_whole_pipeline_finds() -> None:
    texts = ["Angela Merkel met Barack Obama in Berlin.", "", "Siemens hired Ito in Osaka."]
    alone, whole = models.recognise(texts), models.parse(texts)
    assert [[(e.text, e.label_) for e in d.ents] for d in alone] == [
        [(e.text, e.label_) for e in d.ents] for d in whole
    ]
    assert {e.text for e in alone[0].ents} >= {"Angela Merkel", "Barack Obama", "Berlin"}
    assert not alone[0].has_annotation("DEP")
    assert whole[0].has_annotation("DEP")


def test_an_endless_line_is_read_as_far_as_memory_allows() -> None:
    (doc,) = models.recognise(["Oslo " + "x" * 2_000_000])
    assert len(doc.text) == extent.READ


def test_embeddings_have_length_one_and_tell_likeness() -> None:
    vectors = embeddings.embed(["The prime minister resigned.", "The premier has quit.", "Rain fell in May.", ""])
    assert vectors.shape == (4, embeddings.EMBEDDING_SIZE)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 0], atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_no_texts_make_an_empty_matrix() -> None:
    assert embeddings.embed([]).shape == (0, embeddings.EMBEDDING_SIZE)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=6))
def test_a_row_does_not_depend_on_its_neighbours(texts: list[str]) -> None:
    together = embeddings.embed(texts)
    assert all(np.array_equal(together[i], embeddings.embed([text])[0]) for i, text in enumerate(texts))
