"""What bdd needs of other packages beyond what they publish: one module for each package.

Each says what it is for. When an upgrade moves one of these names, the module's import fails with
a sentence; nothing else in `bdd` has to be looked at.
"""
