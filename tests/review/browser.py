"""A headless Chromium and the steps that a person takes in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
_PATIENCE = 60


@contextmanager
def chromium(
    folder: Path, width: int = 1440, height: int = 900, language: str = "en"
) -> Iterator[Any]:
    """A browser of this size that asks for `language`; skips where there is none."""
    selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    driver, program = shutil.which("chromedriver"), shutil.which("chromium")
    if not (driver and program):
        pytest.skip("Chromium or its driver is not installed: scripts/setup test installs both")
    options = selenium.ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS, f"--user-data-dir={folder}", f"--window-size={width},{height}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": language})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = selenium.Chrome(options=options, service=selenium.ChromeService(driver))
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 720}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield browser
    finally:
        browser.quit()


@contextmanager
def review(output: Path, *options: str) -> Iterator[str]:
    """`vnocr review` over `output`; yields its whole address."""
    command = [sys.executable, "-m", "vnocr", "review", str(output), "--no-browser", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


class Person:
    """Waits and acts as a person would."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser

    def find(self, query: str) -> Any:
        return self.browser.find_element("css selector", query)

    def all(self, query: str) -> list[Any]:
        found: list[Any] = self.browser.find_elements("css selector", query)
        return found

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.browser).send_keys(*keys).perform()

    def hover(self, element: Any) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.browser).move_to_element(element).perform()

    def until(self, script: str, *values: object) -> Any:
        """Wait until the JavaScript expression holds and return its value."""
        from selenium.webdriver.support.ui import WebDriverWait

        wait = WebDriverWait(self.browser, _PATIENCE, poll_frequency=0.1)
        return wait.until(
            lambda browser: browser.execute_script(f"return ({script})", *values), script
        )

    def until_drawn(self) -> None:
        """Wait for the picture of the page and its text."""
        self.until("document.querySelector('#picture').naturalWidth > 0")
        self.until("document.querySelectorAll('.page .w').length > 0")

    def complaints(self) -> list[str]:
        """What the browser's console says, refused scripts among it."""
        return [entry["message"] for entry in self.browser.get_log("browser")]
