import type { Result } from 'ioredis';

/**
 * Why scripts and not rate-limiter-flexible: one request has up to 21 limits
 * (seven each of key, team and person), and it must take from all or from
 * none. That library counts one limit per call, counts also what it refuses,
 * and its union gives back nothing when one of its limiters refuses; each
 * refused request would use up the limits that had room. It has neither
 * running requests nor a correction afterwards in the period of the
 * reservation. A script runs at once as a whole.
 *
 * An account has two keys: a hash with `p<i>` (number of the period) and
 * `u<i>` (used in it) for each limit of a period, and a sorted set of its
 * running requests by the end of their lease, which replicas renew: what a
 * killed replica held is free when its leases are over. Leases go by Redis's
 * clock, periods by the replicas', where the furthest counts.
 */
const COUNTERS = `
local PERIODS = 6
local function read(key)
  local names = {}
  for i = 1, PERIODS do
    names[2 * i - 1] = 'p' .. i
    names[2 * i] = 'u' .. i
  end
  return redis.call('HMGET', key, unpack(names))
end
local function put(values, i, period, used)
  local at = #values
  values[at + 1], values[at + 2] = 'p' .. i, string.format('%.0f', period)
  values[at + 3], values[at + 4] = 'u' .. i, string.format('%.0f', used)
end
local function write(key, values, life)
  if #values > 0 then
    redis.call('HSET', key, unpack(values))
    -- A counter of a longer period may be in it, of a limit that is no longer set.
    if redis.call('PTTL', key) < tonumber(life) then
      redis.call('PEXPIRE', key, life)
    end
  end
end
local function milliseconds()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/**
 * KEYS: hash and set of each account.
 * ARGV: lease id, lease in ms, 6 amounts, 6 period numbers, then for each
 * account 7 limits (-1: none) and the life of its hash in ms.
 * Answers 0 or the number of the refusing account, its limit's number, and for
 * each account what was running and used before.
 */
const RESERVE = `${COUNTERS}
local RANK = { 1, 1, 2, 3, 2, 3 }
local CONCURRENT = 7
local id, lease = ARGV[1], tonumber(ARGV[2])
local now = milliseconds()
local answer = { 0, 0 }
local rank = -1
local accounts = #KEYS / 2
local found = {}
for account = 1, accounts do
  local base = 14 + (account - 1) * 8
  local running = 0
  local limit = tonumber(ARGV[base + CONCURRENT])
  if limit >= 0 then
    redis.call('ZREMRANGEBYSCORE', KEYS[2 * account], '-inf', now)
    running = redis.call('ZCARD', KEYS[2 * account])
    if running + 1 > limit and rank < 0 then
      answer[1], answer[2], rank = account, CONCURRENT, 0
    end
  end
  answer[#answer + 1] = running
  local fields = read(KEYS[2 * account - 1])
  found[account] = fields
  for i = 1, PERIODS do
    local used = tonumber(fields[2 * i]) or 0
    if (tonumber(fields[2 * i - 1]) or 0) < tonumber(ARGV[8 + i]) then
      used = 0
    end
    answer[#answer + 1] = used
    limit = tonumber(ARGV[base + i])
    if limit >= 0 and used + tonumber(ARGV[2 + i]) > limit and RANK[i] > rank then
      answer[1], answer[2], rank = account, i, RANK[i]
    end
  end
end
if answer[1] > 0 then
  return answer
end
for account = 1, accounts do
  local base = 14 + (account - 1) * 8
  local set = KEYS[2 * account]
  local values = {}
  for i = 1, PERIODS do
    if tonumber(ARGV[base + i]) >= 0 then
      local period = math.max(tonumber(found[account][2 * i - 1]) or 0, tonumber(ARGV[8 + i]))
      put(values, i, period, answer[2 + (account - 1) * 7 + 1 + i] + tonumber(ARGV[2 + i]))
    end
  end
  write(KEYS[2 * account - 1], values, ARGV[base + 8])
  if tonumber(ARGV[base + CONCURRENT]) >= 0 then
    redis.call('ZADD', set, now + lease, id)
    redis.call('PEXPIRE', set, 2 * lease)
  end
end
return answer
`;

/**
 * KEYS: as above. ARGV: lease id, 6 corrections, the 6 period numbers they
 * belong to, then for each account 7 limits and the life of its hash in ms.
 */
const SETTLE = `${COUNTERS}
for account = 1, #KEYS / 2 do
  local base = 13 + (account - 1) * 8
  local key = KEYS[2 * account - 1]
  redis.call('ZREM', KEYS[2 * account], ARGV[1])
  local fields = read(key)
  local values = {}
  for i = 1, PERIODS do
    local amount = tonumber(ARGV[1 + i])
    if amount ~= 0 and tonumber(ARGV[base + i]) >= 0 then
      local period, at = tonumber(ARGV[7 + i]), tonumber(fields[2 * i - 1]) or 0
      local used = tonumber(fields[2 * i]) or 0
      if amount > 0 then
        if at < period then
          at, used = period, 0
        end
        put(values, i, at, used + amount)
      elseif at == period then
        put(values, i, at, math.max(0, used + amount))
      end
    end
  end
  write(key, values, ARGV[base + 8])
end
`;

/**
 * Tells what one replica counted on its own, and what it knew before, should
 * Redis have lost that. KEYS: one hash. ARGV: life of the hash in ms, then for
 * each limit the period number, what was known as used, and what came to it.
 */
const MERGE = `${COUNTERS}
local fields = read(KEYS[1])
local values = {}
for i = 1, PERIODS do
  local period, known, more = tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i]), tonumber(ARGV[3 * i + 1])
  local at, used = tonumber(fields[2 * i - 1]) or 0, tonumber(fields[2 * i]) or 0
  if period >= at and (known ~= 0 or more ~= 0) then
    if period > at then
      used = 0
    end
    put(values, i, period, math.max(0, math.max(used, known) + more))
  end
end
write(KEYS[1], values, ARGV[1])
`;

/** KEYS: one set of running requests. ARGV: lease in ms, then lease ids. */
const RENEW = `${COUNTERS}
local till = milliseconds() + tonumber(ARGV[1])
for i = 2, #ARGV do
  redis.call('ZADD', KEYS[1], till, ARGV[i])
end
redis.call('PEXPIRE', KEYS[1], 2 * tonumber(ARGV[1]))
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    reserveLimits(...args: Array<string | number>): Result<number[], Context>;
    settleLimits(...args: Array<string | number>): Result<null, Context>;
    mergeLimits(...args: Array<string | number>): Result<null, Context>;
    renewLimits(...args: Array<string | number>): Result<null, Context>;
  }
}

/** The scripts by the names that they get as commands; the number of keys comes first. */
export const scripts = {
  reserveLimits: { lua: RESERVE },
  settleLimits: { lua: SETTLE },
  mergeLimits: { lua: MERGE, numberOfKeys: 1 },
  renewLimits: { lua: RENEW, numberOfKeys: 1 },
};
