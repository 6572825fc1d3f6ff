"""Layout: kinds by wording, by position and by recurrence, and blocks that cover every character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.reading import layout

LEAD = "The town of Sollen will close its only bridge for nine weeks, the council said on Monday."
MORE = "“Nobody should drive over a bridge we do not trust,” council leader Edwin Farrow told reporters."
LAST = "The repairs will cost four million crowns, most of it paid by the transport ministry."


def kinds(text: str, recurring: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in layout.blocks(text, recurring)]


def kind_of(line: str, *, before: str = f"Bridge to close for nine weeks\n{LEAD}\n", after: str = f"\n{LAST}") -> str:
    text = before + line + after
    return next(kind for kind, found in kinds(text) if found == line)


def test_page_of_every_kind() -> None:
    page = [
        ("furniture", "News"),
        ("headline", "Bridge in Sollen to close for nine weeks"),
        ("credit", "By Tamsin Okafor"),
        ("furniture", "Published 14 March 2023, 07:42"),
        ("caption", "Engineers inspect the eastern pier at low tide. (Photo: Marlow Herald)"),
        ("dateline", "SOLLEN, March 14 (Reuters) -"),
        ("body", LEAD),
        ("subheading", "Detours and ferries"),
        ("body", MORE),
        ("credit", "(Reporting by Tamsin Okafor; Editing by Jo Hale)"),
        ("furniture", "Share this story"),
        ("furniture", "12 Comments"),
    ]
    text = "\n".join(line for _, line in page).replace("(Reuters) -\n", "(Reuters) - ")
    assert kinds(text) == page


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\n \n"])
def test_paragraph_numbers_count_paragraphs(separator: str) -> None:
    text = separator.join(["Bridge to close", f"SOLLEN (AFP) - {LEAD}", MORE])
    assert [(block.kind, block.paragraph) for block in layout.blocks(text)] == [
        ("headline", 0),
        ("dateline", 1),
        ("body", 1),
        ("body", 2),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Share this",
        "10 months ago",
        "Updated 2 hours ago",
        "5 min read",
        "0 Comments",
        "1.2K Views",
        "Scroll to top",
        "Advertisement",
        "Sign up for our morning newsletter",
        "Sign up for our newsletter and get the day's stories in your inbox.",
        "Published :",
        "© 2023 Marlow Herald. All rights reserved.",
        "https://news.example/story",
        "ads@news.example",
        "Tags: bridges, ferries",
        "Read more: Ferry timetable",
        "Jul 18, 2018, 09:10 IST",
        "2019-11-19T08:57:40+01:00",
        "We use cookies to improve your experience.",
        "Facebook Twitter WhatsApp",
    ],
)
def test_furniture_by_wording(line: str) -> None:
    assert kind_of(line) == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "The company's privacy policy changed in May, a spokeswoman said on Tuesday.",
        "He entered the building without permission, the court was told.",
        "Published in 2019, the report found that two girders had cracked.",
        "“Sign up for our newsletter,” the leaflet said, “and you will never miss a strike.”",
        "By Thursday evening the water had reached the church.",
        "Police said the man was 40.",
        "He wrote:",
    ],
)
def test_prose_that_sounds_like_furniture_stays_prose(line: str) -> None:
    assert kind_of(line) == "body"


@pytest.mark.parametrize(
    "line",
    [
        "By Ana Poe and Jo Hale, Reuters",
        "Credit: Ana Poe; Jo Hale;Ruth Calder",
        "Reporting by Ana Poe; Editing by Jo Hale",
        "Ana Poe contributed to this report.",
        "Source: Norvania Press Agency",
        "Associated Press",
        "Ana Poe, Staff Writer",
    ],
)
def test_credits_by_wording(line: str) -> None:
    assert kind_of(line) == "credit"


@pytest.mark.parametrize(
    "line",
    [
        "Protesters hold banners in Lirenza, Tovania, October 7, 2021. REUTERS/Elio Marchetti",
        "Troops advise the local army near the border. (source: Army) |",
        "FILE - The mayor speaks to reporters.",
        "Jo Hale looks at the water outside her home. Photograph: Sam Orde/The Chronicle",
        "Ricky Dallow (left) on the set with Mel Stone",
    ],
)
def test_captions_by_wording(line: str) -> None:
    assert kind_of(line) == "caption"


def test_caption_printed_twice_with_and_without_its_credit() -> None:
    bare = "People carry the coffins of four miners during a funeral in Brackwell."
    text = f"Four miners buried\n{bare}\n{bare} Photo : NORTHLIGHT/Ines Karr Acquire Licensing Rights\n{LEAD}\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "caption", "caption", "body", "body"]


def test_headline_may_be_absent() -> None:
    assert [kind for kind, _ in kinds(f"{LEAD}\n{MORE}")] == ["body", "body"]


def test_related_links_after_their_label() -> None:
    text = f"Bridge to close\n{LEAD}\nRelated stories\nFerry runs aground off Pell\nWhy bridges crack\n{LAST}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "body", *["furniture"] * 3, "body"]


def test_wrapped_paragraphs_are_one_block_each() -> None:
    text = (
        "Board votes to keep school open\n\n"
        "The Lakeside school board voted 5-2 on Thursday night to keep the\n"
        "Elm Street elementary school open for at least two more years,\n"
        "ending months of argument over the 90-year-old building.\n\n"
        "About 200 parents filled the gymnasium for the vote, many of them\n"
        "wearing yellow shirts."
    )
    assert [(kind, found.count("\n")) for kind, found in kinds(text)] == [("headline", 0), ("body", 2), ("body", 1)]


def test_indented_paragraphs_without_empty_lines() -> None:
    text = (
        "   Skippers in the old harbour said a night at sea now cost more\n"
        "than the catch would bring in.\n"
        "   The government has offered loans, but the union of fishermen\n"
        "says its members need a lower tax instead.\n"
        "   Talks with the ministry in the capital will resume on Tuesday\n"
        "at the earliest."
    )
    assert [found.count("\n") for _, found in kinds(text)] == [1, 1, 1]


def test_recurring_lines_need_different_articles() -> None:
    articles = [
        f"Gazette of the Vale\nReader club offers\n{LEAD} Article {n} differs from others in this.\n{n}"
        for n in range(4)
    ]
    found = layout.recurring_lines(articles)
    assert {"gazette of the vale", "reader club offers"} <= found
    copies = [f"Quiet corner\n{' '.join([LEAD, MORE])}"] * 5
    assert layout.recurring_lines(copies) == frozenset()


def test_recurring_line_is_furniture_in_the_middle_of_prose() -> None:
    text = f"Bridge to close in the spring\n{LEAD}\nReader club offers\n{LAST}"
    assert [kind for kind, _ in kinds(text)][2] == "subheading"
    assert [kind for kind, _ in kinds(text, frozenset({"reader club offers"}))][2] == "furniture"


def test_readers_comments_are_furniture() -> None:
    comment = "I drove over it only last week, and it shook badly."
    text = f"Bridge to close\n{LEAD}\n{MORE}\n{LAST}\n2 Comments\n{comment}\nbob77"
    assert [kind for kind, _ in kinds(text)] == ["headline", "body", "body", "body", *["furniture"] * 3]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(
                [
                    LEAD,
                    MORE,
                    "By Ana Poe",
                    "LIMA (AP) - ",
                    "News",
                    "\n",
                    "\n\n",
                    "  ",
                    "Photo: x",
                    "- item",
                    "\r",
                    "\x00",
                    "“",
                ]
            ),
            max_size=25,
        ).map("".join),
    )
)
def test_blocks_cover_everything_once_and_in_order(text: str) -> None:
    reached, paragraph = 0, 0
    for block in layout.blocks(text, layout.recurring_lines([text])):
        assert reached <= block.start < block.end <= len(text)
        assert not text[reached : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert block.paragraph - paragraph in (0, 1)
        reached, paragraph = block.end, block.paragraph
    assert not text[reached:].strip()


@pytest.mark.parametrize("byline", ["By Jo Park, Courier staff", "By Ana Poe, political editor"])
def test_byline_with_an_office_is_no_headline(byline: str) -> None:
    page = [("headline", "Sollen bridge closed"), ("furniture", "2 min read"), ("credit", byline), ("body", LEAD)]
    assert kinds("\n\n".join(line for _, line in page)) == page
