-- KEYS: prefix. ARGV: order id, reference or '', most orders, lease in milliseconds.
-- Returns the id of the order that holds the reference, or nil if there is no room.
local space, id, reference, most, lease = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local now = milliseconds()
redis.call('ZREMRANGEBYSCORE', space .. 'reserved', '-inf', now)
if reference ~= '' then
  local holder = redis.call('GET', space .. 'reference:' .. reference)
  if holder then return holder end
end
if not redis.call('ZSCORE', space .. 'reserved', id) then
  local held = redis.call('ZCARD', space .. 'index:*:*') + redis.call('ZCARD', space .. 'reserved')
  if held >= most then return false end
end
redis.call('ZADD', space .. 'reserved', now + lease, id)
if reference ~= '' then
  redis.call('SET', space .. 'reference:' .. reference, id, 'PX', lease)
end
return id
