"""Builds that do not hold the corpus in memory: portion by portion, story by story, on one machine or on many.

``intake`` finds what is new, changed and gone; ``stages`` are the pieces of work that any process can do; ``engines``
spread them over processes; ``workfile`` remembers what has been done; ``portions`` is the order of it all.
"""
