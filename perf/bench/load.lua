-- What wrk sends, and its figures as one line of JSON. Arguments: method, then the body.
function init(args)
  wrk.method = args[1]
  wrk.body = args[2]
  wrk.headers["Content-Type"] = "application/json"
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.6f, "failed": %d, "p50": %.6f, "p99": %.6f}\n',
    summary.requests,
    summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e6,
    latency:percentile(99) / 1e6
  ))
end
