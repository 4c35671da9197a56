"""The live page for people, at `/`: its files as they are, without a build step.

It uses the calls and the events that every client has, and nothing of another host.
"""

from app.page.serving import PageFiles, add_page_routes, page_files

__all__ = ["PAGE_PATHS", "PageFiles", "add_page_routes", "page_files"]

PAGE_PATHS = ("/", "/page/")
"""Where the page's own files are; a path that ends with a slash means all below it."""
