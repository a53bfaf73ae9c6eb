"""The picture in the README: the page in Debian's Chromium, with the brief of the seed article that the default wrote.

python docs/images/page.py          # needs the extras serve and dev, and chromium; writes docs/images/page.png
"""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seeds/islamic-state-last-pocket.txt"
TARGET = Path(__file__).with_name("page.png")
WIDTH, HEIGHT = 1280, 860
MINUTES = 15
COLOURS = 48


def photographed(address: str) -> bytes:
    """The page once the brief is written, the first bullet held so that its sources are lit."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="ar")
        page.set_default_timeout(MINUTES * 60_000)
        page.goto(address)
        page.wait_for_selector("html[data-mujaz=ready]")
        page.fill("#mj-text textarea", SEED.read_text(encoding="utf-8"))
        page.click("#mj-write")
        page.wait_for_selector(".mj-timing")
        page.locator(".mj-bullet").first.click()
        page.locator(".mj-headline").scroll_into_view_if_needed()
        picture = page.screenshot()
        browser.close()
    return picture


def main() -> None:
    """Serve, take the picture, write it with few colours."""
    command = [sys.executable, "-m", "summarizer", "serve", "--port", "0", "--timeout", str(MINUTES * 60)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            address = re.search(r"http://[\d.]+:\d+", process.stderr.readline())
            assert address
            while "ready" not in process.stderr.readline():
                assert process.poll() is None
            picture = photographed(address.group())
        finally:
            process.terminate()
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS).save(TARGET, optimize=True)
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
