"""The line that a grid goes on to the right. The style sheet shows it only while the grid scrolls sideways."""

from __future__ import annotations

from markupsafe import Markup

GOES_ON = Markup('<p class="goes-on note">The table goes on to the right.</p>')
"""To stand first inside the frame of a grid."""
