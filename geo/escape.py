"""Text from data on its way into HTML and scripts. Data is hostile until it has passed through here.

folium escapes nothing, and much of what it is given ends up in HTML inside a JavaScript template literal: there the
usual HTML escaping is not enough, since a backtick ends the literal and `${…}` runs.
"""

from __future__ import annotations

import html
import json
import re

_BEYOND_HTML = {ord(sign): f"&#{ord(sign)};" for sign in "`${}\\"}
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_INSIDE_STRINGS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'`${}%#"}


def html_text(text: str) -> str:
    """Return `text` for use in HTML, between tags or in a quoted attribute, also inside a JavaScript template literal.

    Beside the five signs of HTML, backtick, `$`, braces and backslash become numeric entities, and NUL is dropped.
    """
    return html.escape(text.replace("\0", "")).translate(_BEYOND_HTML)


def script_json(value: object) -> str:
    """Return `value` as JSON that can stand anywhere in a script: in a `<script>` tag, a template, an `eval`.

    Inside its strings the signs that HTML, template literals or folium's own templates (`{{ … }}`) would act on take
    their `\\uXXXX` form, which means the same. Raise ValueError for NaN and infinity, which are no JSON, and TypeError
    for what JSON cannot hold.
    """
    plain = json.dumps(value, allow_nan=False, separators=(",", ":"))
    return _JSON_STRING.sub(lambda found: found.group().translate(_INSIDE_STRINGS), plain)
