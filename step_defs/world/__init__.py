"""What the steps speak of: traders, their orders and subscribers, and what must hold of them."""
