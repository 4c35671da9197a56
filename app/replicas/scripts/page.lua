-- KEYS: prefix. ARGV: symbol or *, status or *, position, count.
-- Returns the next orders, each as its position and fields.
local space = KEYS[1]
local index = space .. 'index:' .. ARGV[1] .. ':' .. ARGV[2]
local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', index, '(' .. ARGV[3], '+inf', 'LIMIT', 0, ARGV[4])) do
  found[#found + 1] = fields(space, id)
end
return found
