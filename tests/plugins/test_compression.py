"""Pages travel compressed, and downloads still stream."""

from __future__ import annotations

import csv
import io


async def test_pages_are_compressed_for_whoever_takes_it(served):
    asked = {"accept-encoding": "gzip"}
    assert (await served.client.get("/-/codebook", headers=asked)).headers["content-encoding"] == "gzip"
    plain = await served.client.get("/-/codebook", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers


async def test_a_download_is_whole_either_way(served):
    for path in ("/-/downloads/sentences.csv", "/retold/sentences.csv?_stream=1"):
        found = [
            (await served.client.get(path, headers={"accept-encoding": coding})).text for coding in ("gzip", "identity")
        ]
        assert found[0] == found[1]
        [n] = (await served.get_database("retold").execute("select count(*) from sentences")).rows[0]
        assert len(list(csv.DictReader(io.StringIO(found[0])))) == n
