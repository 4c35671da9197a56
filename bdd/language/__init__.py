"""The language of feature files, and what may be wrong with one."""
