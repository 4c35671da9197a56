-- KEYS: prefix. ARGV: milliseconds of grace, count.
-- Returns the orders whose time has passed by more than the grace, the most overdue first.
local space = KEYS[1]
local found = {}
local before = milliseconds() - tonumber(ARGV[1])
for _, id in ipairs(redis.call('ZRANGEBYSCORE', space .. 'due', '-inf', before, 'LIMIT', 0, ARGV[2])) do
  found[#found + 1] = fields(space, id)
end
return found
