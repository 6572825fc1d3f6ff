"""How much of one sentence is looked into: what keeps a text without a full stop from eating the machine.

No sentence that anyone wrote comes near the bound. A longer one is stored, shown, searched and exported whole, and its
offsets count all of it; but names, attributions, differences and suggestions are looked for in its beginning only.
"""

from __future__ import annotations

READ = 5_000
"""Characters of a sentence that are looked into."""
_WORD_END = 200


def readable(text: str) -> str:
    """The text, or the beginning of one that is too long, cut at a blank where one is near."""
    if len(text) <= READ:
        return text
    for end in range(READ, READ - _WORD_END, -1):
        if text[end].isspace():
            return text[:end]
    return text[:READ]
