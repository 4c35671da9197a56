-- KEYS: prefix. ARGV: order id, reference or ''.
local space, id, reference = KEYS[1], ARGV[1], ARGV[2]
redis.call('ZREM', space .. 'reserved', id)
if reference ~= '' and redis.call('GET', space .. 'reference:' .. reference) == id then
  redis.call('DEL', space .. 'reference:' .. reference)
end
