-- KEYS: prefix. ARGV: order id, milliseconds until it is due. Only while it waits to be executed.
local space, id = KEYS[1], ARGV[1]
if redis.call('HGET', space .. 'order:' .. id, 'state') == 'PENDING' then
  redis.call('ZADD', space .. 'due', milliseconds() + tonumber(ARGV[2]), id)
end
