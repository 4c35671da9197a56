-- KEYS: prefix. ARGV: order id, reference or '', symbol, side, quantity, events to keep, milliseconds
-- until others may take over.
-- Returns the time of PENDING in microseconds; or the id of the order that has the reference now.
local space, id, reference, symbol, side = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local order = space .. 'order:' .. id
local created = redis.call('HGET', order, 'created')
if created then return created end -- a call that was sent twice
if reference ~= '' then
  local key = space .. 'reference:' .. reference
  local holder = redis.call('GET', key)
  if holder and holder ~= id then return holder end
  redis.call('SET', key, id)
end
local now = microseconds()
local position = redis.call('ZCARD', space .. 'index:*:*') + 1
redis.call('ZREM', space .. 'reserved', id)
redis.call('HSET', order, 'id', id, 'reference', reference, 'symbol', symbol, 'side', side,
  'quantity', ARGV[5], 'state', 'PENDING', 'created', now, 'updated', now, 'position', position)
for _, index in ipairs(indexes(space, symbol, 'PENDING')) do
  redis.call('ZADD', index, position, id)
end
redis.call('ZADD', space .. 'due', milliseconds() + tonumber(ARGV[7]), id)
publish(space, ARGV[6], id, reference, 'PENDING', '', now)
return now
