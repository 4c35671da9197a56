"""The colours of the pictures."""

# Told apart by colour-blind people too (Okabe and Ito, Color Universal Design, 2008).
BLUE, ORANGE, BLACK = "#0072B2", "#D55E00", "#222222"
