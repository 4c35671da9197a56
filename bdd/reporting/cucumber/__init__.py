"""A run as Cucumber Messages, and the page that Cucumber's own report makes of them."""
