"""The commands that the documents give: found, claimed, and tried as people meet them."""
