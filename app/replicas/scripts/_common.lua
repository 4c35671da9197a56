local clock = redis.call('TIME')

local function microseconds()
  return string.format('%.0f', tonumber(clock[1]) * 1000000 + tonumber(clock[2]))
end

local function milliseconds()
  return math.floor(tonumber(clock[1]) * 1000 + tonumber(clock[2]) / 1000)
end

-- The sorted sets of positions that change with an order's status.
local function moves(space, symbol, status)
  return {space .. 'index:' .. symbol .. ':' .. status, space .. 'index:*:' .. status}
end

local function indexes(space, symbol, status)
  local all = moves(space, symbol, status)
  all[3] = space .. 'index:' .. symbol .. ':*'
  all[4] = space .. 'index:*:*'
  return all
end

local function fields(space, id)
  return redis.call('HMGET', space .. 'order:' .. id, 'position', 'id', 'reference', 'symbol',
    'side', 'quantity', 'state', 'created', 'updated')
end

-- `0-*` numbers events 1, 2, 3 and so on.
local function publish(space, kept, id, reference, status, previous, at)
  redis.call('XADD', space .. 'events', 'MAXLEN', '~', kept, '0-*', 'id', id,
    'reference', reference, 'status', status, 'previous', previous, 'at', at)
end
