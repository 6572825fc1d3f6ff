"""Evidence that can be found again: the quoted words with what stands before and after them.

The shape is that of the TextQuoteSelector of the W3C Web Annotation Data Model (2017), section 4.2.4.
"""

from __future__ import annotations

import json

CONTEXT = 32  # code points kept on either side


def quote(text: str, start: int, end: int) -> str:
    """JSON ``{"exact", "prefix", "suffix"}`` of ``text[start:end]``; offsets in code points."""
    selector = {
        "exact": text[start:end],
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
    }
    return json.dumps(selector, ensure_ascii=False)
