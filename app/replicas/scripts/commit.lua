-- KEYS: prefix. ARGV: order id, expected state, new state, new status, token of this call,
-- 'told' or '', events to keep, milliseconds until others may take over.
-- Returns the time of the last status in microseconds; nil if the order is not as expected.
local space, id, expected, state, status, token = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local order = space .. 'order:' .. id
-- Each state keeps the token that led to it: a call may be sent again when the next state is there.
local mark = 'token:' .. state
local known = redis.call('HMGET', order, 'state', mark, 'updated', 'symbol', 'reference', 'position')
if known[2] == token then return known[3] end -- a call that was sent twice
if known[1] ~= expected then return false end
local before = expected == 'CANCELLING' and 'PENDING' or expected
local updated = known[3]
if status ~= before then
  local now = microseconds()
  if tonumber(now) > tonumber(updated) then updated = now end
  for _, index in ipairs(moves(space, known[4], before)) do redis.call('ZREM', index, id) end
  for _, index in ipairs(moves(space, known[4], status)) do
    redis.call('ZADD', index, known[6], id)
  end
  redis.call('ZREM', space .. 'due', id)
else
  redis.call('ZADD', space .. 'due', milliseconds() + tonumber(ARGV[8]), id)
end
redis.call('HSET', order, 'state', state, 'updated', updated, mark, token)
if ARGV[6] ~= '' then publish(space, ARGV[7], id, known[5], status, before, updated) end
return updated
