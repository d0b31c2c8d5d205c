"""Make sure that there is a Chromium for the browser tests, Playwright's or else the system's, and what the tests use of npm.

Run by `make test`. browser() says which one the tests use; nothing is installed where it finds one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from support import typescript, validator

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SYSTEM = {
    "apt-get": ["apt-get install -y chromium", "apt-get install -y chromium-browser"],
    "dnf": ["dnf install -y chromium"],
    "pacman": ["pacman -S --noconfirm chromium"],
    "zypper": ["zypper --non-interactive install chromium"],
    "apk": ["apk add chromium"],
}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def browser() -> str | None:
    """Return the path of a Chromium that starts, or None: $CHROMIUM, Playwright's own, the system's."""
    named = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else []
    found = [path for name in NAMES if (path := shutil.which(name))]
    return next((path for path in [*named, *_playwrights(), *found] if _starts(path)), None)


def _playwrights() -> list[str]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return [path] if Path(path).exists() else []


def _starts(path: str) -> bool:
    """True where this Chromium loads a page: a binary may be there and lack its libraries."""
    command = [path, "--headless", *ARGUMENTS, "--dump-dom", "data:text/html,<p>tessera</p>"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"tessera" in done.stdout


def install() -> str | None:
    """Install a Chromium and return its path; None where no way led to one."""
    print("No Chromium here yet; asking Playwright for its own.", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if path := browser():
        return path
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not shutil.which("sudo"):
        return None
    for tool, commands in SYSTEM.items():
        if not shutil.which(tool):
            continue
        print(f"Playwright's did not work; asking the system's packages ({tool}).", flush=True)
        if tool == "apt-get":
            subprocess.run([*sudo, "apt-get", "update", "-qq"], check=False)
        for command in commands:
            subprocess.run(
                [*sudo, *command.split()], check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            )
            if path := browser():
                return path
    return None


if __name__ == "__main__":
    where = browser() or install()
    if where is None:
        sys.exit(
            "No Chromium could be installed. Install one (Debian: apt install chromium) or set CHROMIUM=/path/to/it."
        )
    print(f"Browser tests use {where}")
    validator.install()
    typescript.install()
