"""Find a browser for the tests, or say in a sentence what to do. The browser tests are never skipped.

In this order: the setting ATLAS_BROWSER; chromium on the PATH; an installed Chrome or Edge; Debian's package, where we
are root on Debian; the browser that Playwright downloads itself. `python -m tests.support.browser` does the finding
(and, where needed, the installing) ahead of the tests, and `make test` calls it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

SETTING = "ATLAS_BROWSER"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # The browser resolves no name but this machine's, so a page that asks for another host gets nothing from it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

CHROMIUM_NAMES = ("chromium", "chromium-browser")
CHROME_NAMES = ("google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge")
MAC_APPS = (
    "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_APPS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")

INSTALL_SECONDS = 600

WHAT_TO_DO = (
    "The browser tests need Chromium, Chrome or Edge and do not pass without one. Install chromium "
    "(on Debian, as root: apt-get install chromium), or run `python -m playwright install chromium`, "
    f"or set {SETTING} to the full path of a browser."
)


class BrowserMissing(RuntimeError):
    """No browser could be found, installed or started. The message says what was tried and what to do."""


def find_browser(
    env: dict[str, str] | None = None,
    *,
    installers: list[Callable[[], Path | None]] | None = None,
) -> Path:
    """The executable to drive.

    env: the environment to look in; this process's unless given.
    installers: what to try when none is installed, in order; Debian's package, then Playwright's, unless given.

    Raises BrowserMissing when ATLAS_BROWSER names nothing that can be run, or when all ways are used up.
    """
    env = dict(os.environ) if env is None else env
    named = env.get(SETTING, "").strip()
    if named:
        found = shutil.which(named, path=env.get("PATH", ""))
        if not found:
            raise BrowserMissing(f"{SETTING} is set to {named!r}, and nothing there can be run. {WHAT_TO_DO}")
        return Path(found)
    installed = _installed(env)
    if installed:
        return installed
    for install in [_from_debian, _from_playwright] if installers is None else installers:
        installed = install()
        if installed:
            return installed
    raise BrowserMissing(f"No browser was found on the PATH or in the usual places. {WHAT_TO_DO}")


def start_browser(playwright: Playwright, executable: Path) -> Browser:
    """Start that browser without a window. Raises BrowserMissing when it will not start."""
    try:
        return playwright.chromium.launch(executable_path=executable, headless=True, args=FLAGS)
    except PlaywrightError as error:
        reason = error.message.strip().splitlines()[0]
        raise BrowserMissing(f"{executable} was found and did not start ({reason}). {WHAT_TO_DO}") from error


def _installed(env: dict[str, str]) -> Path | None:
    """A browser that is there already, without installing anything."""
    for name in (*CHROMIUM_NAMES, *CHROME_NAMES):
        found = shutil.which(name, path=env.get("PATH", ""))
        if found:
            return Path(found)
    places = [Path("/") / app for app in MAC_APPS]
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if env.get(variable):
            places += [Path(env[variable]) / app for app in WINDOWS_APPS]
    return next((place for place in places if place.is_file()), None)


def _from_debian() -> Path | None:
    """Debian's chromium, installed now: as root, and on Debian itself (Ubuntu's package of that name is a shell)."""
    release = Path("/etc/os-release")
    on_debian = release.is_file() and "\nID=debian\n" in "\n" + release.read_text(encoding="utf-8") + "\n"
    if not (on_debian and os.geteuid() == 0 and shutil.which("apt-get")):
        return None
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
    # A stale list of packages is the usual reason for a first refusal, so the list is fetched only then.
    if not _ran(install, env):
        _ran(["apt-get", "update"], env)
        _ran(install, env)
    found = shutil.which("chromium")
    return Path(found) if found else None


def _from_playwright() -> Path | None:
    """Playwright's own chromium: already downloaded, or downloaded now."""
    _ran([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))
    with sync_playwright() as playwright:
        executable = Path(playwright.chromium.executable_path)
    return executable if executable.is_file() else None


def _ran(command: list[str], env: dict[str, str]) -> bool:
    """Run an installing command with its output shown; whether it ended well."""
    print("Looking for a browser:", " ".join(command), flush=True)
    try:
        return (
            subprocess.run(
                command, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr, timeout=INSTALL_SECONDS, check=False
            ).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {error}", file=sys.stderr)
        return False


def main() -> int:
    """Find a browser, start it once and say which it is. Returns the exit code."""
    try:
        executable = find_browser()
        with sync_playwright() as playwright:
            browser = start_browser(playwright, executable)
            version = browser.version
            browser.close()
    except BrowserMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    print(f"Browser for the tests: {executable} ({version})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
