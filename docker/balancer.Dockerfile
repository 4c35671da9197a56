FROM haproxy:2.6
# Read by whoever runs it, whatever rights they had where they came from.
COPY --chmod=644 cluster/haproxy.cfg docker/balancer.cfg /balancer/
ENV LISTEN=:8000
EXPOSE 8000
CMD ["haproxy", "-f", "/balancer/haproxy.cfg", "-f", "/balancer/balancer.cfg"]
