"""Which files are read, in which order, and what their articles are called."""

from __future__ import annotations

import io
import os
from itertools import islice
from pathlib import Path

import pytest

from retold.model import Document, Problem
from retold.reading import documents
from retold.reading.facts.fields import synonyms
from tests.reading.reading_support import STORY, only, read, refused


def write(path: Path, text: str = STORY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_is_read_through_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.txt", "c/d/e.txt"):
        write(tmp_path / "corpus" / name)
    articles, problems = read(tmp_path / "corpus")
    assert [one.document for one in articles] == ["corpus/a.txt", "corpus/b/1.md", "corpus/b/2.txt", "corpus/c/d/e.txt"]
    assert problems == []


def test_names_do_not_depend_on_where_the_folder_lies(tmp_path: Path) -> None:
    write(tmp_path / "here" / "corpus" / "a.txt")
    write(tmp_path / "there" / "corpus" / "a.txt")
    here, there = only(tmp_path / "here" / "corpus"), only(tmp_path / "there" / "corpus")
    assert here == there
    assert str(tmp_path) not in repr(here)


def test_a_single_file_is_named_with_its_folder(tmp_path: Path) -> None:
    file = write(tmp_path / "corpus" / "a.txt")
    assert only(file).document == "corpus/a.txt"


def test_a_path_relative_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "corpus" / "a.txt")
    monkeypatch.chdir(tmp_path / "corpus")
    assert only("a.txt").document == "corpus/a.txt"
    assert only(".").document == "corpus/a.txt"
    assert only("*.txt").document == "corpus/a.txt"


def test_a_glob_names_files_from_its_fixed_part(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a" / "1.txt")
    write(tmp_path / "corpus" / "b" / "1.txt", STORY + " More.")
    articles, problems = read(str(tmp_path / "corpus" / "**" / "*.txt"))
    assert [one.document for one in articles] == ["corpus/a/1.txt", "corpus/b/1.txt"]
    assert problems == []


def test_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    file = write(tmp_path / "corpus" / "[update] ferry?.txt")
    assert only(file).document == "corpus/[update] ferry?.txt"


def test_a_glob_without_match_is_a_problem(tmp_path: Path) -> None:
    assert "no file fits" in refused(str(tmp_path / "*.txt")).message


def test_the_same_file_given_twice_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "corpus" / "a.txt")
    assert only(file, tmp_path / "corpus", file, str(tmp_path / "corpus" / "*.txt")).document == "corpus/a.txt"


def test_two_files_of_one_name_keep_the_first(tmp_path: Path) -> None:
    write(tmp_path / "x" / "corpus" / "a.txt")
    write(tmp_path / "y" / "corpus" / "a.txt", "Something else happened in the town of Lindholm.")
    articles, problems = read(tmp_path / "x" / "corpus", tmp_path / "y" / "corpus")
    assert [one.text for one in articles] == [STORY]
    assert len(problems) == 1
    assert problems[0].path == "corpus/a.txt"
    assert "another article has this name" in problems[0].message


@pytest.mark.parametrize(
    "name", ["README.md", "readme.txt", "LICENSE", "LICENCE.txt", "README_first.md", ".hidden.txt", ".git/a.txt"]
)
def test_files_about_the_folder_are_left_out_without_a_word(tmp_path: Path, name: str) -> None:
    write(tmp_path / "corpus" / name)
    write(tmp_path / "corpus" / "a.txt")
    assert only(tmp_path / "corpus").document == "corpus/a.txt"


@pytest.mark.parametrize("name", ["licence-to-fish.txt", "readmission.txt", "copying-machine.md"])
def test_articles_that_sound_like_such_files_are_read(tmp_path: Path, name: str) -> None:
    write(tmp_path / "corpus" / name)
    assert only(tmp_path / "corpus").document == f"corpus/{name}"


def test_a_readme_given_by_name_is_read(tmp_path: Path) -> None:
    assert only(write(tmp_path / "corpus" / "README.md")).text == STORY


def test_kinds_that_may_hold_articles_are_told_of(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt")
    for name in ("one.pdf", "two.pdf", "three.docx", "4", "picture.jpg", "page.css"):
        write(tmp_path / "corpus" / name)
    articles, problems = read(tmp_path / "corpus")
    assert len(articles) == 1
    told = [problem.message.split(" left out")[0] for problem in problems]
    assert told == ["1 file of kind (no suffix)", "1 file of kind .docx", "2 files of kind .pdf"]


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == ([], [])


def test_links_that_lead_round_in_circles(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "deep" / "a.txt")
    (tmp_path / "corpus" / "deep" / "again").symlink_to(tmp_path / "corpus", target_is_directory=True)
    (tmp_path / "corpus" / "self").symlink_to(tmp_path / "corpus" / "self")
    (tmp_path / "corpus" / "loop.txt").symlink_to(tmp_path / "corpus" / "loop.txt")
    articles, problems = read(tmp_path / "corpus")
    assert [one.document for one in articles] == ["corpus/deep/a.txt"]
    assert "a link to a file that is not there" in " ".join(problem.message for problem in problems)


def test_a_linked_file_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt")
    (tmp_path / "corpus" / "b.txt").symlink_to(tmp_path / "corpus" / "a.txt")
    assert only(tmp_path / "corpus").document == "corpus/a.txt"


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"caf\xe9.txt", b"empty\xe9.txt"):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(b"" if name.startswith(b"empty") else STORY.encode())
    articles, problems = read(tmp_path)
    assert [one.document for one in articles] == [f"{tmp_path.name}/caf\ufffd.txt"]
    assert [problem.path for problem in problems] == [f"{tmp_path}/empty\ufffd.txt"]


def test_an_input_without_a_name_is_not_the_current_folder() -> None:
    assert "no such file" in refused("").message


def test_folders_nested_beyond_reason_end_in_a_problem(tmp_path: Path) -> None:
    deep = tmp_path / "corpus"
    for _ in range(120):
        deep = deep / "d"
    write(deep / "a.txt")
    assert "deep" in refused(tmp_path / "corpus").message


def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not an ordinary file" in refused(tmp_path).message


def test_standard_input_is_jsonl() -> None:
    stream = io.BytesIO(b'{"id": "x7", "text": "The ferry line closes."}\n{"text": "It was old."}\n')
    found = list(documents.read(["-"], stdin=stream))
    assert [one.document for one in found if isinstance(one, Document)] == ["stdin#x7", "stdin#2"]


def test_articles_come_one_at_a_time(tmp_path: Path) -> None:
    """The second file is not opened before the first article has been taken."""
    write(tmp_path / "corpus" / "a.txt")
    later = write(tmp_path / "corpus" / "b.txt", "To be replaced.")
    stream = documents.read([tmp_path / "corpus"])
    first = next(stream)
    later.write_text("Written after the first was taken, and read.", encoding="utf-8")
    assert isinstance(first, Document)
    assert [one.text for one in stream if isinstance(one, Document)] == ["Written after the first was taken, and read."]


def test_an_endless_table_is_read_as_it_comes() -> None:
    class Endless(io.RawIOBase):
        lines = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:
            self.lines += 1
            line = b'{"text": "Article number %d."}\n' % self.lines
            buffer[: len(line)] = line
            return len(line)

    stream = documents.read(["-"], stdin=io.BufferedReader(Endless(), 64))
    assert [one.document for one in islice(stream, 3) if not isinstance(one, Problem)] == [
        "stdin#1",
        "stdin#2",
        "stdin#3",
    ]


def test_a_missing_path_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = write(tmp_path / "corpus" / "a.txt")
    articles, problems = read(tmp_path / "nowhere.txt", file)
    assert len(articles) == 1
    assert problems[0].path == str(tmp_path / "nowhere.txt")
    assert "no such file" in problems[0].message


def test_reading_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("z.txt", "a/1.txt", "m.md"):
        write(tmp_path / "corpus" / name, STORY + name)
    assert read(tmp_path / "corpus") == read(tmp_path / "corpus")


def test_the_documentation_lists_every_name_of_every_field() -> None:
    page = (Path(__file__).parents[2] / "docs" / "users" / "inputs.md").read_text("utf-8")
    for field, names in synonyms().items():
        assert f"| {field} | {', '.join(f'`{name}`' for name in names)} |\n" in page


def test_the_documentation_names_every_kind_of_file() -> None:
    page = (Path(__file__).parents[2] / "docs" / "users" / "inputs.md").read_text("utf-8")
    for suffix in documents.READABLE - {".text", ".markdown", ".xhtml"}:
        assert f"`{suffix}`" in page
