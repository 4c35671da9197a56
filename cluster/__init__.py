"""Several servers as one exchange, on one machine: Redis, the servers, and a balancer."""
