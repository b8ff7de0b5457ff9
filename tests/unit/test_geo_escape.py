"""Hostile text stays text, in HTML and in scripts."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.escape import html_text, script_json

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "${alert(1)}",
    "$\\{alert(1)}",
    "`+alert(1)+`",
    "\\`${alert(1)}\\",
    "{{ 7 * 7 }} {% for x in y %} {# gone #}",
    "</style></script><!--",
    "javascript:alert(1)//\u2028\u2029",
    "&lt;script&gt; &#36;{1}",
    "{",
    '\\"',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_sign_that_html_or_a_template_literal_acts_on_is_left(text):
    escaped = html_text(text)
    assert not set(escaped) & set("<>\"'`${}\\")
    assert html.unescape(escaped) == text


@given(st.text())
def test_html_shows_the_text_that_went_in(text):
    assert html.unescape(html_text(text)) == text.replace("\0", "")


def test_nul_is_dropped():
    assert html_text("a\0b") == "ab"


@pytest.mark.parametrize("text", HOSTILE)
def test_json_in_a_script_cannot_end_the_script_nor_start_a_template(text):
    written = script_json({text: [text, {"a": {"b": text}}]})
    assert not any(sign in written for sign in ("<", ">", "&", "`", "$", "'", "{{", "{%", "{#", "\u2028", "\u2029"))
    assert json.loads(written) == {text: [text, {"a": {"b": text}}]}


@given(st.recursive(st.text() | st.integers() | st.booleans() | st.none(), lambda inner: st.lists(inner)))
def test_json_means_what_went_in(value):
    assert json.loads(script_json(value)) == value


def test_what_is_no_json_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_json(float("nan"))
    with pytest.raises(TypeError):
        script_json({1, 2})
