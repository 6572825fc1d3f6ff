"""Loaded once by the server that forks the builds to be killed: they then start within milliseconds."""

from pathlib import Path
from tempfile import TemporaryDirectory

from retold import build
from tests.conftest import STORIES

with TemporaryDirectory() as folder:
    build.main([str(STORIES), "--db", str(Path(folder) / "warm.db"), "--quiet"])
