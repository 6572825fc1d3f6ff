"""The whole dataset in one zip, held against the real tools of those who will read it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from retold.sharing import about, bundle, tables
from tests.conftest import ROOT

CFFCONVERT = ROOT / ".venv-cff" / "bin" / "cffconvert"


@pytest.fixture
def unpacked(db: sqlite3.Connection, tmp_path: Path) -> Path:
    target = tmp_path / "dataset"
    described = about.load(ROOT / "dataset.yml", ROOT / "metadata.yml")
    counts = bundle.save(db, described, tmp_path / "dataset.zip")
    assert counts == {name: tables.count(db, name) for name in tables.NAMES}
    with zipfile.ZipFile(tmp_path / "dataset.zip") as archive:
        archive.extractall(target)
    return target


def test_checksums_cover_every_file(unpacked: Path) -> None:
    listed = dict(reversed(line.split("  ")) for line in (unpacked / "CHECKSUMS").read_text().splitlines())
    present = {str(p.relative_to(unpacked)) for p in unpacked.rglob("*") if p.is_file()} - {"CHECKSUMS"}
    assert set(listed) == present
    for name, digest in listed.items():
        assert hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == digest


def test_frictionless_finds_every_constraint_kept(unpacked: Path) -> None:
    from frictionless import Package, validate

    report = validate(str(unpacked / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    package = Package(str(unpacked / "datapackage.json"))
    changes = package.get_resource("changes").schema
    assert changes.primary_key == ["id"]
    assert {f["reference"]["resource"] for f in changes.foreign_keys} == {"derivations", "articles"}
    assert changes.get_field("operation").constraints["enum"][0] == "kept"


@pytest.mark.parametrize("damage", ["number", "reference"])
def test_frictionless_notices_damage(unpacked: Path, damage: str) -> None:
    from frictionless import validate

    file = unpacked / "csv" / "change_sentences.csv"
    lines = file.read_bytes().decode().split("\r\n")
    cells = lines[1].split(",")
    cells[3 if damage == "number" else 0] = "wrong"
    file.write_bytes("\r\n".join([lines[0], ",".join(cells), *lines[2:]]).encode())
    assert not validate(str(unpacked / "datapackage.json")).valid


def test_mlcroissant_loads_every_table(unpacked: Path) -> None:
    import mlcroissant

    described = mlcroissant.Dataset(jsonld=str(unpacked / "croissant.json"))
    assert not described.metadata.ctx.issues.errors
    for name in ("articles", "sentences", "changes", "annotations"):
        records = list(described.records(record_set=name))
        with (unpacked / "csv" / f"{name}.csv").open(newline="") as file:
            import csv

            rows = list(csv.DictReader(file))
        assert len(records) == len(rows) > 0
        assert {r[f"{name}/id"].decode() for r in records} == {r["id"] for r in rows}


def test_hugging_face_datasets_loads_it_by_name(unpacked: Path, tmp_path: Path) -> None:
    os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
    import datasets

    for name in ("edges", "judgements", "articles"):
        loaded: Any = datasets.load_dataset(str(unpacked), name, split="train", cache_dir=str(tmp_path / "cache"))
        assert loaded.num_rows > 0
        assert "id" in loaded.column_names


@pytest.mark.skipif(not CFFCONVERT.exists(), reason="make test installs cffconvert in an environment of its own")
def test_cffconvert_accepts_the_citation(unpacked: Path) -> None:
    command = [CFFCONVERT, "--validate", "-i", unpacked / "CITATION.cff"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_same_content_same_bytes(db: sqlite3.Connection) -> None:
    described = about.load(ROOT / "dataset.yml")
    one, two = io.BytesIO(), io.BytesIO()
    bundle.write(db, described, one)
    bundle.write(db, described, two)
    assert one.getvalue() == two.getvalue()


def test_without_text_the_words_are_gone_and_it_still_validates(db: sqlite3.Connection, tmp_path: Path) -> None:
    from frictionless import validate

    bundle.save(db, about.load(ROOT / "dataset.yml"), tmp_path / "d.zip", with_text=False)
    with zipfile.ZipFile(tmp_path / "d.zip") as archive:
        archive.extractall(tmp_path / "d")
        for name in archive.namelist():
            assert b"cannot put a single passenger" not in archive.read(name), name
    assert validate(str(tmp_path / "d" / "datapackage.json")).valid
    assert "left out" in (tmp_path / "d" / "README.md").read_text()


def test_a_failed_export_leaves_no_file(
    db: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(bundle.papers, "datasheet", fail)
    with pytest.raises(OSError, match="disk full"):
        bundle.save(db, about.load(ROOT / "dataset.yml"), tmp_path / "d.zip")
    assert list(tmp_path.glob("*.zip*")) == []


@pytest.mark.parametrize(
    ("content", "said"), [("title: [", "cannot be read"), ("- a", "not a list of fields"), ("title: x", "has no name")]
)
def test_an_unusable_dataset_file_is_named_with_the_remedy(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "dataset.yml"
    file.write_text(content)
    with pytest.raises(about.Incomplete, match=said):
        about.load(file)


def test_agreement_travels_along(unpacked: Path) -> None:
    told = json.loads((unpacked / "agreement.json").read_text())
    assert told["annotators"] == ["ida", "ole"]
    assert told["edges"] == 3
    assert {one["label"]: one["observed"]["value"] for one in told["labels"]}["quote_altered"] == 1.0


def test_provenance_names_every_input_by_hash(unpacked: Path, db: sqlite3.Connection) -> None:
    made = json.loads((unpacked / "provenance.json").read_text())
    stored = {r["sha256"] for r in db.execute("select sha256 from articles")}
    assert {a["sha256"] for a in made["articles"]} == stored
    assert made["build"]["settings"]["models"]["spacy"]
