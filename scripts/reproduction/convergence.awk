# Inferences until a learner decides like the oracle, from a CSV of `run --online --requests`, ordered by request within a replication.
# Converged: the first request at which WINDOW requests of one network in a row have at least ENOUGH near-oracle
# decisions; its number, counted from 1. A learner that never gets there counts as all the requests that it had (so means are
# lower bounds) and in never_ratio. One row per policy; means and quartiles are over networks and replications.
BEGIN { FS = ","; OFS = ","; WINDOW = 20; ENOUGH = 14 }
NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; next }
{
  policy = $(at["policy"]); key = policy SUBSEP $(at["network"]) SUBSEP $(at["replication"])
  if (!(policy in known)) { known[policy] = 1; order[++policies] = policy }
  if (!(key in seen)) { keys[++n] = key; of[key] = policy }
  ++seen[key]
  near[key, seen[key]] = $(at["near_oracle"])
  sum[key] += $(at["near_oracle"]) - (seen[key] > WINDOW ? near[key, seen[key] - WINDOW] : 0)
  if (!(key in at_request) && seen[key] >= WINDOW && sum[key] >= ENOUGH) at_request[key] = seen[key]
  total[policy] += 1; hits[policy] += $(at["near_oracle"])
}
function sort(values, count,    i, j, v) {
  for (i = 2; i <= count; ++i) { v = values[i]; for (j = i - 1; j > 0 && values[j] > v; --j) values[j + 1] = values[j]; values[j + 1] = v }
}
function rank(p, count,    r) { r = int(p * count); return r < p * count ? r + 1 : r }
END {
  print "phone,policy,learners,never_ratio,mean_inferences,quartile_1,median,quartile_3,near_oracle_ratio"
  for (p = 1; p <= policies; ++p) {
    policy = order[p]; count = 0; never = 0; mean = 0
    for (i = 1; i <= n; ++i) if (of[keys[i]] == policy) {
      key = keys[i]
      if (!(key in at_request)) ++never
      values[++count] = key in at_request ? at_request[key] : seen[key]
      mean += values[count]
    }
    sort(values, count)
    printf "%s,%s,%d,%.4g,%.5g,%d,%d,%d,%.4g\n", phone, policy, count, never / count, mean / count, values[rank(0.25, count)],
      values[rank(0.5, count)], values[rank(0.75, count)], hits[policy] / total[policy]
  }
}
