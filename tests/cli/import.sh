#!/usr/bin/env bash
# import: what it reads, says and writes, for every format.
source "$SOURCE_DIR/tests/support/cli.sh"

head=Timestamp,NetworkMode,RSRP,DL_bitrate,State
printf '%s\n' $head 2019.12.16_10.00.00,5G,-90,1000,D 2019.12.16_10.00.01,LTE,-95,2000,D \
  2019.12.16_10.00.02,LTE,-105,1000,D >drive.csv
expect 0 import ucc drive.csv --out trace.csv
says err "drive.csv: read 3 rows, kept 2 samples" 'dropped 1 rows: of mode "5G" (first: line 2)'
says out "rsrp_dbm" "downlink_mbps" "-100 dBm" "0.5000"
cat >wanted.csv <<'CSV'
# Imported by autoscale-sim from ucc drive.csv
time_ms,rsrp_dbm,downlink_mbps
0,-95,2
1000,-105,1
CSV
same trace.csv wanted.csv
expect 0 --quiet import ucc drive.csv --mode 5G --out trace.csv; empty err; says trace.csv "--mode 5G"

# Several files: one course after the other; one without anything wanted is left out and named.
printf '%s\n' $head 2019.12.16_10.00.00,5G,-90,1000,D >only5g.csv
expect 0 import ucc drive.csv only5g.csv drive.csv --out trace.csv
says err "left out: only5g.csv: has no row of mode LTE; it has 1 rows of mode \"5G\": choose with --mode"
[[ $(grep -c ^2000,,$ trace.csv) == 1 && $(tail -1 trace.csv) == 4000,-105,1 ]] || { fail "joined"; cat trace.csv; }
expect 2 import ucc only5g.csv --out none.csv; says err "only5g.csv: has no row of mode LTE"
[[ ! -e none.csv ]] || fail "a file of nothing was written"

# Nothing is written, or touched, when something is wrong.
echo before >kept.csv
printf '%s\n' $head 2019.12.16_10.00.00,LTE,loud,1,D 2019.12.16_09.00.00,LTE,-90,1,D >bad.csv
expect 2 import ucc bad.csv --out kept.csv; empty out
says err 'bad.csv: line 2: RSRP is "loud", expected a number' 'bad.csv: line 3:'
[[ $(cat kept.csv) == before && -z $(find . -name '.kept*' -o -name 'kept.csv?*') ]] || { fail "kept.csv"; ls -a; }
expect 2 import ucc nowhere.csv --out t.csv; says err "nowhere.csv: there is no such file"
expect 2 import ucc . --out t.csv; says err "is a folder, expected a file"
expect 2 import ucc drive.csv --out nowhere/t.csv; says err "--out"
expect 2 import ucc drive.csv; says err "--out"
expect 2 import uccc drive.csv --out t.csv; says err "ucc"
expect 2 import ucc drive.csv --out t.csv --pair a-\>b --window-ms 5 --map time_s=t
says err "--pair: is an option of feup-wifi, the format is ucc" "--window-ms" "--map: is an option of csv"

# mahimahi: both directions by either name, or one
printf '0\n50\n150\n200\n' >link.up; printf '0\n199\n1000\n' >link.down
for name in link link.up link.down; do
  expect 0 --quiet import mahimahi $name --level-dbm -95 --out trace.csv --format json; empty err
  [[ $(sed -n 5p trace.csv) == 100,-95,0.12,0.12 ]] || { fail "mahimahi $name"; cat trace.csv; }
done
says trace.csv "assumed: RSRP -95 dBm throughout, the recording has no level"
rm link.down
expect 0 import mahimahi link --level-dbm -95 --window-ms 50 --out trace.csv; says err "there is no link.down: one direction only"
[[ $(sed -n 3p trace.csv) == time_ms,rsrp_dbm,uplink_mbps ]] || fail "one direction"
expect 2 import mahimahi link --out t.csv; says err "--level-dbm: is required by mahimahi"
expect 2 import mahimahi link --level-dbm 5 --window-ms 0 --out t.csv
says err "--level-dbm: expected a number in [-150, 0]" "--window-ms: expected a number in [1, 60000]"
expect 2 import mahimahi nolink --level-dbm -95 --out t.csv; says err "there is neither nolink.up nor nolink.down"

# feup-wifi, wipe-load
printf '%s\n' senderId,receiverId,systime,isInLap,rssiMean,nBytesReceived ap2,m1,100,1.0,-60,1250000 \
  ap2,m1,101,1.0,-100.0,0 >laps.csv
expect 0 import feup-wifi laps.csv --pair 'ap2->m1' --out trace.csv
says err "1 seconds without a frame: no level, goodput 0"
[[ $(tail -1 trace.csv) == 1000,,0 ]] || fail "an outage"
expect 2 import feup-wifi laps.csv --pair ap2 --out t.csv; says err "expected SENDER->RECEIVER"
expect 2 import feup-wifi laps.csv --out t.csv; says err "--pair: is required by feup-wifi"
expect 2 import feup-wifi laps.csv --pair 'ap2->x' --out t.csv; says err "pairs in it: ap2->m1"
echo '{"quantumSec":0.001,"windowQuantum":10,"coreNum":2,"windowedLoad":[[9,10,20,0],[9,0,100,0]]}' >app.json
expect 0 --quiet import wipe-load app.json --memory-ratio 0.2 --out trace.csv
[[ $(tail -1 trace.csv) == 10,0.5,0.2 ]] || { fail "wipe-load"; cat trace.csv; }
expect 2 import wipe-load app.json --out t.csv; says err "--memory-ratio: is required by wipe-load"
printf '{"quantumSec":0.001' >cut.json
expect 2 import wipe-load cut.json --memory-ratio 0 --out t.csv; says err "cut.json"

# csv
printf 'when\tlevel\tup\n1.5\t-60\t2000\n2.5\t-61\t-\n' >log.tsv
expect 0 --quiet import csv log.tsv --separator tab --map time_s=when,rssi_dbm=level --map uplink_kbps=up --out trace.csv
[[ $(tail -2 trace.csv) == $'0,-60,2\n1000,-61,' ]] || { fail "csv"; cat trace.csv; }
expect 2 import csv log.tsv --out t.csv; says err "--map: is required by csv"
expect 2 import csv log.tsv --map time_s --separator xx --where when --out t.csv
says err 'expected NAME=COLUMN, got "time_s"' "expected one character or tab" "expected COLUMN=VALUE"
expect 2 import csv log.tsv --map time_s=when,rssi_dbm=level --out t.csv
says err 'the header has no column "when"' 'is "," what separates the columns?'
expect 2 import csv log.tsv --separator tab --map time_s=when,rssi_dbm=level --where level=-70 --out t.csv
says err "none of its 2 rows is as --where says"
finish
