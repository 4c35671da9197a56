"""The trading port through the page that people use, in a browser (Playwright).

What a trader does goes through the page, and what is looked at afterwards through page and API
alike, which must agree. Playwright is optional: without it, `launch` says so in a sentence.
"""

from driver.page.browser import Browser, NoBrowser
from driver.page.host import SharedBrowser
from driver.page.port import PageChannel, PagePort

__all__ = ["Browser", "NoBrowser", "PageChannel", "PagePort", "SharedBrowser"]
