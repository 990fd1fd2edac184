"""One text for one content: RFC 8785 for what certificates hold, and a refusal for what has no such text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.certification.canonical import LARGEST, canonical

NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
LEAVES = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(st.characters(exclude_categories=["Cs"]))
CONTENT = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=20)


def test_the_example_of_rfc_8785_for_strings_and_order():
    """Section 3.2.2 and 3.2.3, without its numbers that are not whole."""
    said = {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/", "literals": [None, True, False], "n": 333}
    assert canonical(said) == (
        '{"literals":[null,true,false],"n":333,"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()
    )


@given(CONTENT)
def test_the_text_says_the_same_content_and_is_the_same_for_every_order_and_spacing(content: object):
    text = canonical(content)
    assert json.loads(text) == content
    assert canonical(json.loads(json.dumps(content, indent=3))) == text
    if isinstance(content, dict):
        assert canonical(dict(reversed(content.items()))) == text


@pytest.mark.parametrize(
    "said", [1.0, {"a": [0.1]}, float("nan"), LARGEST + 1, {"é": "x"}, {1: "x"}, "\ud800", b"x", {"a": {"b": object()}}]
)
def test_what_could_be_written_in_two_ways_is_refused(said: object):
    with pytest.raises(ValueError):  # noqa: PT011  the kind is the promise
        canonical(said)
