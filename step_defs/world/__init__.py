"""What the steps speak of: traders, their orders and followers, and what must hold of them."""
