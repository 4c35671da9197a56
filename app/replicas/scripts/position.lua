-- KEYS: prefix. ARGV: a fresh stream id, the stream and the position that the caller knows ('' and 0
-- if it knows none).
-- Returns the stream's id and the number of its latest event. A stream that is shorter than it was
-- has lost events, and with them its identity: the same numbers will be other events.
local space, fresh, known, position = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])
local latest = redis.call('XREVRANGE', space .. 'events', '+', '-', 'COUNT', 1)
local number = latest[1] and tonumber(string.sub(latest[1][1], 3)) or 0
local stream = redis.call('GET', space .. 'stream')
if not stream or (stream == known and number < position) then
  redis.call('SET', space .. 'stream', fresh)
  stream = fresh
end
return {stream, number}
