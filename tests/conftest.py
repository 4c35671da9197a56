"""How the tests of this project run."""

from hypothesis import settings

# Machines are shared and noisy: how long one example takes says nothing.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
