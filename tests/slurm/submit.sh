#!/usr/bin/env bash
# A sweep through a real Slurm on this machine: four shards, one of them killed in the middle, and the merge, against
# one process. Skipped (77) without Slurm, or without being root, who starts its daemons.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
for program in slurmctld slurmd sbatch munged; do
  command -v "$program" >/dev/null || { echo "skipped: there is no $program"; exit 77; }
done
[[ $(id -u) == 0 ]] || { echo "skipped: only root can start Slurm's daemons"; exit 77; }

state=$scratch/slurm
mkdir -p "$state/slurmctld" "$state/slurmd"
host=$(hostname -s)
sed "s|HOST|$host|; s|STATE|$state|" "$SOURCE_DIR/tests/slurm/slurm.conf" >"$state/slurm.conf"
export SLURM_CONF=$state/slurm.conf
stop_daemons() {
  scancel -u root 2>/dev/null
  for daemon in slurmd slurmctld; do
    [[ -s $state/$daemon.pid ]] && kill "$(cat "$state/$daemon.pid")" 2>/dev/null
  done
  [[ -n ${munge-} ]] && kill "$munge" 2>/dev/null
  sleep 0.5
  rm -rf "$scratch"
}
trap stop_daemons EXIT
munge -n >/dev/null 2>&1 || {
  install -d -o munge -g munge -m 755 /run/munge
  [[ -s /etc/munge/munge.key ]] || { # the package makes one; without it there is none
    dd if=/dev/urandom of=/etc/munge/munge.key bs=1 count=128 status=none
    chown munge: /etc/munge/munge.key && chmod 400 /etc/munge/munge.key
  }
  runuser -u munge -- munged --foreground >"$state/munged.log" 2>&1 &
  munge=$!
  for _ in $(seq 50); do munge -n >/dev/null 2>&1 && break; sleep 0.1; done
}
grep -q "127.0.0.1.*\b$host\b" /etc/hosts || echo "127.0.0.1 $host" >>/etc/hosts
slurmctld && slurmd || { echo "skipped: Slurm does not start here: $(tail -2 "$state"/*.log)"; exit 77; }
for _ in $(seq 100); do sinfo -h -o %T 2>/dev/null | grep -q idle && break; sleep 0.2; done
sinfo -h -o %T | grep -q idle || { echo "skipped: Slurm has no idle node: $(sinfo)"; exit 77; }

# With sanitizers points take many times longer: fewer and shorter ones, and more patience.
slowness=1
[[ -z ${SANITIZED-} ]] || slowness=8
cat >sweep.json <<EOF
{"name": "array", "scenarios": ["quickstart"], "policies": ["autoscale", "oracle"], "replications": 10,
 "set": {"/training/inferences_per_state": $((50 / slowness))},
 "axes": [{"pointer": "/workload/1/qos_ms", "linspace": {"from": 50, "to": 200, "count": $((240 / slowness))}}]}
EOF
export AUTOSCALE_SIM
"$SOURCE_DIR/scripts/slurm/submit" sweep.json --array 4 --out batch >submitted || fail "submit: $(cat submitted)"
tail -1 submitted

# The first shard that has begun is killed, as by a node that runs out of memory.
records() { grep -ac '^point ' "$1" 2>/dev/null || true; }
for _ in $(seq $((600 * slowness))); do
  victim=$(pgrep -f -- "--out batch/shards/1 --shard 1/4" | head -1)
  [[ -n $victim && $(records batch/shards/1/journal) -gt 2 ]] && kill -9 "$victim" && killed=$(records batch/shards/1/journal) && break
  sleep 0.02
done
[[ -n ${killed-} ]] || fail "no shard could be killed in the middle"
# Slurm waits two minutes before it starts a requeued task; the test does not.
array=$(sed -n 's/^array job \([0-9]*\):.*/\1/p' submitted)
for _ in $(seq $((240 * slowness))); do
  [[ -e batch/results/manifest.json ]] && break
  squeue -h -r -j "${array}_1" -o %r 2>/dev/null | grep -q BeginTime && scontrol update JobId="${array}_1" StartTime=now
  sleep 0.25
done
[[ -e batch/results/manifest.json ]] ||
  { fail "the merge did not come: $(squeue)"; tail -n 5 batch/logs/* "$state"/slurmctld.log; finish; }
grep -q "shard 1: ended with 137, requeued" batch/logs/1.txt || fail "shard 1 was not requeued: $(cat batch/logs/1.txt)"
grep -q "points are finished already" batch/logs/1.txt || fail "shard 1 began anew: $(cat batch/logs/1.txt)"

expect 0 --quiet sweep sweep.json --out whole
diff -r whole batch/results >/dev/null || fail "four shards through Slurm differ from one process"
"$SOURCE_DIR/scripts/slurm/submit" sweep.json --array 4 --out batch 2>err || fail "submitted again: $(cat err)"
grep -q "is finished already" err || fail "submitted again: $(cat err)"
finish
