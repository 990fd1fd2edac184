"""Somebody who uses the keyboard alone, and waits until the page has answered before pressing the next key.

The page is drawn anew after every answer, so a key pressed too early goes to something that is about to be replaced.
Waiting for a while does not help on a busy machine: what is waited for is the run of the page itself, counted from
before the key was pressed.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

MOST_STOPS = 150  # more presses of Tab than these, and nobody would find it
PATIENCE = 180_000  # milliseconds until something is taken to have gone wrong: a busy machine takes long
QUIET = 400  # milliseconds without another run, after which the page has said everything
# Every step of a run: asked for, begun, ended. It is told in the mark that Streamlit keeps for tests. All steps count,
# because a run asked for while another goes on begins without an end before it.
COUNT_STEPS = """() => {
    window.stepsOfThePage = 0;
    new MutationObserver(changes => {
        window.stepsOfThePage += changes.length;
        window.lastStep = performance.now();
    }).observe(document, {subtree: true, attributeFilter: ['data-test-script-state']});
}"""
QUIET_NOW = """quiet => {
    const app = document.querySelector('[data-testid="stApp"]');
    const still = app && app.getAttribute('data-test-script-state') === 'notRunning';
    const stale = document.querySelector('[data-stale="true"]');
    return still && !stale && performance.now() - (window.lastStep || 0) > quiet;
}"""
# What has the focus, and what a screen reader calls it: of a single choice with the name of its group.
FOCUSED = """() => {
    const at = document.activeElement, group = at.type === 'radio' && at.closest('[role=radiogroup]');
    if (at.tagName === 'BODY' || at.tagName === 'MAIN') return ['page', ''];
    if (at.tagName === 'CANVAS') return ['table', 'the table'];
    const named = (group || at).getAttribute('aria-label') || at.innerText || at.closest('label')?.innerText || '';
    return [at.getAttribute('role') || at.type || at.tagName.toLowerCase(), named.trim()];
}"""
# Which cell of a table is chosen: column and row, as the table tells a screen reader.
CHOSEN = """[...document.querySelectorAll('[data-testid="stDataFrame"] [role=gridcell][aria-selected=true]')]
    .map(cell => cell.id).join()"""
# Whether it can be seen that it has the focus: it, or what stands around it, looks other than without.
SEEN = """() => {
    const at = document.activeElement, looks = () => {
        const said = [];
        for (let node = at, up = 0; node && up < 5; node = node.parentElement, up += 1) {
            const style = getComputedStyle(node);
            said.push([style.outlineStyle, style.outlineColor, style.outlineWidth, style.boxShadow, style.borderColor,
                style.backgroundColor, style.color, style.textDecoration].join());
        }
        return said.join('|');
    };
    const before = looks();
    at.blur();
    const after = looks();
    at.focus({focusVisible: true});
    return before !== after;
}"""


class Keyboard:
    """One person's keyboard in front of one page, from before the page is opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        page.add_init_script(f"({COUNT_STEPS})()")

    def wait(self) -> None:
        """Until the page has said everything."""
        self.page.locator("h1").first.wait_for(timeout=PATIENCE)
        self.page.wait_for_function(QUIET_NOW, arg=QUIET, timeout=PATIENCE)

    @contextmanager
    def answered(self) -> Iterator[None]:
        """What is pressed inside makes the page run; go on when it has."""
        before = self.page.evaluate("window.stepsOfThePage")
        yield
        self.page.wait_for_function("before => window.stepsOfThePage > before", arg=before, timeout=PATIENCE)
        self.wait()

    def key(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)

    def step(self, key: str, times: int) -> None:
        """Walk over a table, a cell at a time: keys pressed faster than it is drawn would be counted once."""
        for _ in range(times):
            before = self.page.evaluate(CHOSEN)
            self.key(key)
            self.page.wait_for_function(f"before => {CHOSEN} !== before", arg=before)

    def focused(self) -> tuple[str, str]:
        """The kind and the name of what has the focus."""
        kind, name = self.page.evaluate(FOCUSED)
        return kind, name

    def go_to(self, name: str, kind: str | None = None) -> None:
        """Press Tab until what bears this name has the focus; that it has can be seen."""
        stops = []
        for _ in range(MOST_STOPS):
            self.key("Tab")
            stops.append(self.focused())
            if kind in (None, stops[-1][0]) and re.search(rf"(^|\W){re.escape(name)}", stops[-1][1]):
                return
        raise AssertionError(f"{name!r} is not reached by Tab, but only {stops}")

    def focus_is_seen(self) -> bool:
        return bool(self.page.evaluate(SEEN))

    def press(self, name: str, kind: str | None = None) -> None:
        """Go there and press Enter, and wait for what comes of it."""
        self.go_to(name, kind)
        with self.answered():
            self.key("Enter")
