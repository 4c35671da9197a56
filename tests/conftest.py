"""How the tests of this project run."""

# pytest loads this file, too, when it is asked for a feature by its line, on machines where only
# what features need is installed.
try:
    from hypothesis import settings
except ModuleNotFoundError:
    pass
else:
    # Machines are shared and noisy: how long one example takes says nothing.
    settings.register_profile("project", deadline=None)
    settings.load_profile("project")
