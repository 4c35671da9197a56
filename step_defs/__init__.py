"""The steps of the features, one line of glue each."""
