#include "sim/traces/importers.h"

#include <functional>
#include <sstream>

#include "sim/traces/csv_rows.h"
#include "sim/traces/statistics.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

struct Outcome {
  std::optional<Trace> trace;
  ImportReport report;
  std::vector<std::string> problems;
};

Outcome with(
    const std::string& text,
    const std::function<std::optional<Trace>(std::istream&, ImportReport&, Diagnostics&)>& read) {
  std::istringstream in(text);
  Diagnostics diagnostics;
  Outcome o;
  o.trace = read(in, o.report, diagnostics);
  for (const Diagnostic& d : diagnostics.list()) o.problems.push_back(to_string(d));
  return o;
}

Outcome ucc(const std::string& rows, const std::string& mode = "LTE") {
  return with(
      "Timestamp,NetworkMode,RSRP,DL_bitrate,UL_bitrate,State\n" + rows,
      [&](auto& in, auto& report, auto& d) { return import_ucc(in, "u.csv", {mode}, report, d); });
}

Outcome feup(const std::string& rows, const std::string& receiver = "m1") {
  return with("senderId,receiverId,systime,isInLap,rssiMean,nBytesReceived\n" + rows,
              [&](auto& in, auto& report, auto& d) {
                return import_feup(in, "f.csv", {"ap2", receiver}, report, d);
              });
}

Outcome csv(const std::string& text, const CsvOptions& options) {
  return with(text, [&](auto& in, auto& report, auto& d) {
    return import_csv(in, "c.csv", options, report, d);
  });
}

Outcome wipe(const std::string& text) {
  return with("", [&](auto&, auto& report, auto& d) {
    return import_wipe(text, "w.json", {0.3}, report, d);
  });
}

Outcome mahimahi(const std::string& up, const std::string& down, double window_ms = 100.0) {
  std::istringstream up_text(up);
  return with(down, [&](auto& in, auto& report, auto& d) {
    return import_mahimahi(MahimahiFile{&up_text, "m.up"}, MahimahiFile{&in, "m.down"},
                           {window_ms, -95.0}, report, d);
  });
}

std::vector<double> shown(const std::vector<double>& values) {
  std::vector<double> copy = values;
  for (double& v : copy) v = is_gap(v) ? 999.0 : v;
  return copy;
}

constexpr double kShownGap = 999.0;

std::vector<std::int64_t> seconds(const Trace& trace) {
  std::vector<std::int64_t> s;
  for (const std::int64_t t : trace.time_ns) s.push_back(t / 1'000'000'000);
  return s;
}

TEST_CASE("ucc: a second is one sample, its level the last, its downlink the mean") {
  const Outcome o =
      ucc("2019.12.31_23.59.58,LTE,-99,1000,7,D\n"
          "2019.12.31_23.59.59,LTE,-98,2000,7,D\n2019.12.31_23.59.59,LTE,-97,4000,7,D\n"
          "2020.01.01_00.00.00,LTE,-,-,7,D\n");
  CHECK(o.problems.empty());
  REQUIRE(o.trace);
  CHECK(seconds(*o.trace) == std::vector<std::int64_t>{0, 1, 2});
  CHECK(shown(o.trace->level()->values) == std::vector<double>{-99, -97, kShownGap});
  CHECK(shown(o.trace->find(TraceColumn::kDownlink)->values) ==
        std::vector<double>{1, 3, kShownGap});
  CHECK(o.trace->find(TraceColumn::kUplink) == nullptr);
  CHECK(o.report.rows == 4);
  REQUIRE(o.report.notes.size() == 1);
  CHECK(o.report.notes[0].starts_with("1 rows share their second"));
}

TEST_CASE("ucc: other modes and long silences are gaps, idle seconds have no downlink") {
  const Outcome o =
      ucc("2019.12.16_10.00.00,5G,-99,1,7,D\n"
          "2019.12.16_10.00.01,LTE,-90,1000,7,D\n2019.12.16_10.00.02,LTE,-91,0,7,I\n"
          "2019.12.16_10.00.03,UMTS,-200,0,7,D\n2019.12.16_10.00.04,LTE,-92,1000,7,D\n"
          "2019.12.16_10.00.06,LTE,-200,1000,7,D\n2019.12.16_10.00.09,LTE,-94,1000,7,D\n");
  CHECK(o.problems.empty());
  REQUIRE(o.trace);
  CHECK(seconds(*o.trace) == std::vector<std::int64_t>{0, 1, 2, 3, 5, 6, 8});
  CHECK(shown(o.trace->level()->values) ==
        std::vector<double>{-90, -91, kShownGap, -92, kShownGap, kShownGap, -94});
  CHECK(shown(o.trace->find(TraceColumn::kDownlink)->values) ==
        std::vector<double>{1, kShownGap, kShownGap, 1, 1, kShownGap, 1});
  REQUIRE(o.report.dropped.size() == 2);
  CHECK(o.report.dropped[0].reason == "of mode \"5G\"");
  CHECK(o.report.dropped[0].first_line == 2);
  CHECK(o.report.dropped[1].rows == 1);
}

TEST_CASE("feup: the pair's laps, silent seconds as outages, breaks as gaps") {
  const Outcome o = feup(
      "ap1,m1,100,1.0,-50,1\nap2,m1,99,0.0,-50,1\n"
      "ap2,m1,100,1.0,-60.5,1250000\nap2,m1,101,1.0,-100.0,7\nap2,m1,102,1.0,-70,125000\n"
      "ap2,m1,110,1.0,-71,0\n");
  CHECK(o.problems.empty());
  REQUIRE(o.trace);
  CHECK(seconds(*o.trace) == std::vector<std::int64_t>{0, 1, 2, 3, 10});
  CHECK(shown(o.trace->level()->values) ==
        std::vector<double>{-60.5, kShownGap, -70, kShownGap, -71});
  CHECK(shown(o.trace->find(TraceColumn::kDownlink)->values) ==
        std::vector<double>{10, 0, 1, kShownGap, 0});
  CHECK(is_outage(*o.trace, 1));
  CHECK_FALSE(is_outage(*o.trace, 3));
  REQUIRE(o.report.dropped.size() == 2);
  CHECK(o.report.dropped[0].reason == "another pair");
  CHECK(o.report.dropped[1].reason == "not in a lap (isInLap is not 1)");
}

TEST_CASE("mahimahi: packets are counted in complete windows, the longer direction goes on") {
  const Outcome o = mahimahi("0\n10\n99\n100\n250\n", "5\n150\n");
  CHECK(o.problems.empty());
  REQUIRE(o.trace);
  // 1500 B in 100 ms are 0.12 Mbit/s. 250 ms up: 2 windows; 150 ms down: 1.
  CHECK(shown(o.trace->find(TraceColumn::kUplink)->values) == std::vector<double>{0.36, 0.12});
  CHECK(shown(o.trace->find(TraceColumn::kDownlink)->values) ==
        std::vector<double>{0.12, kShownGap});
  CHECK(o.trace->level()->values == std::vector<double>{-95, -95});
  CHECK(o.trace->time_ns == std::vector<std::int64_t>{0, 100'000'000});
  CHECK(o.report.notes.size() == 1);
}

TEST_CASE("wipe-load: the mean of the cores, a given memory load") {
  const Outcome o = wipe(
      R"({"quantumSec":0.001,"windowQuantum":10,"coreNum":4,"windowedLoad":[[16,16,0,0,0,0],[100,100,100,50,50,1]]})");
  CHECK(o.problems.empty());
  REQUIRE(o.trace);
  CHECK(o.trace->find(TraceColumn::kCpu)->values == std::vector<double>{0.04, 0.75});
  CHECK(o.trace->find(TraceColumn::kMemory)->values == std::vector<double>{0.3, 0.3});
  CHECK(o.trace->time_ns == std::vector<std::int64_t>{0, 10'000'000});
}

const CsvOptions kSignal{.map = {{"time_s", "t"}, {"rssi_dbm", "level"}, {"downlink_kbps", "kb"}}};

TEST_CASE("csv: columns by name, units converted, quotes and unknowns understood") {
  const Outcome o = csv("level,\"t\",what,kb\n-60,100.5,\"a,\"\"b\",500\n-, 101.5 ,,NA\n", kSignal);
  CHECK(o.problems.empty());
  REQUIRE(o.trace);
  CHECK(o.trace->time_ns == std::vector<std::int64_t>{0, 1'000'000'000});
  CHECK(shown(o.trace->level()->values) == std::vector<double>{-60, kShownGap});
  CHECK(shown(o.trace->find(TraceColumn::kDownlink)->values) ==
        std::vector<double>{0.5, kShownGap});
}

TEST_CASE("csv: rows can be chosen, recordings laid one after the other, separators differ") {
  const CsvOptions options{.map = {{"time_ms", "t"}, {"cpu_percent", "c"}, {"memory_ratio", "m"}},
                           .where = {{"phone", "a"}},
                           .pieces = "run",
                           .separator = ';'};
  const Outcome o = csv(
      "phone;run;t;c;m\na;1;5;10;0\na;1;15;20;0\nb;1;16;99;0\na;2;0;30;0\na;2;10;40;0\n", options);
  CHECK(o.problems.empty());
  REQUIRE(o.trace);
  CHECK(shown(o.trace->find(TraceColumn::kCpu)->values) ==
        std::vector<double>{0.1, 0.2, kShownGap, 0.3, 0.4});
  CHECK(o.trace->time_ns ==
        std::vector<std::int64_t>{0, 10'000'000, 20'000'000, 30'000'000, 40'000'000});
  CHECK(o.report.dropped.front().reason == "phone is not a");
}

struct BadInput {
  Outcome outcome;
  std::string message;
};

TEST_CASE("inputs that are no recording of their format are refused, each with its line") {
  const std::string good = "2019.12.16_10.00.00,LTE,-90,1000,7,D\n";
  const CsvOptions no_time{.map = {{"rssi_dbm", "level"}}};
  const std::vector<BadInput> cases{
      {with("", [](auto& in, auto& r, auto& d) { return import_ucc(in, "u.csv", {}, r, d); }),
       "u.csv: is empty; expected a header line that names the columns"},
      {ucc("2019.12.16 10:00,LTE,-90,1,1,D\n"),
       "u.csv: line 2: Timestamp is \"2019.12.16 10:00\", expected a form such as "
       "2019.12.14_10.16.30"},
      {ucc("9999.01.01_10.00.00,LTE,-90,1,1,D\n"), "u.csv: line 2: Timestamp is"},
      {ucc("1970.01.01_10.00.00,LTE,-90,1,1,D\n2019.12.16_10.00.00,LTE,-90,1,1,D\n"),
       "u.csv: line 3: is more than 31 years after the first row"},
      {feup("ap2,m1,100,1.0,-60,1\nap2,m1,2000000000,1.0,-60,1\n"),
       "f.csv: line 3: is more than 31 years after the first row"},
      {csv("t,level,kb\n-3e9,-60,1\n3e9,-61,1\n", kSignal),
       "c.csv: line 3: is more than 31 years after the first row"},
      {ucc("2019.02.30_10.00.00,LTE,-90,1,1,D\n"), "u.csv: line 2: Timestamp is"},
      {ucc(good + "2019.12.16_09.59.59,LTE,-90,1,1,D\n"),
       "u.csv: line 3: Timestamp is before that of the row before; sort the rows by time"},
      {ucc(good + "2019.12.16_10.00.0"), "u.csv: line 3: has 1 fields, the header 6"},
      {ucc("2019.12.16_10.00.00,LTE,minus,1,1,D\n"),
       "u.csv: line 2: RSRP is \"minus\", expected a number, or - where nothing is known"},
      {ucc("2019.12.16_10.00.00,LTE,-90,1e300,1,D\n"),
       "u.csv: line 2: downlink_mbps would be 1e+297, expected a number in [0, 1000000]"},
      {ucc("2019.12.16_10.00.00,LTE,12,1,1,D\n"), "u.csv: line 2: rsrp_dbm would be 12"},
      {ucc("2019.12.16_10.00.00,LTE,-90,1,1,X\n"),
       "u.csv: line 2: State is \"X\", expected D or I"},
      {ucc("2019.12.16_10.00.00,LTE,-9\xff,1,1,D\n"), "u.csv: line 2: is not UTF-8"},
      {ucc(std::string("2019\0", 5)), "u.csv: line 2: holds a NUL byte; is it a text file?"},
      {ucc(std::string(100'000, 'x')), "u.csv: line 2: is longer than 65536 bytes"},
      {with("\xFF\xFET\0i\0",
            [](auto& in, auto& r, auto& d) { return import_ucc(in, "u.csv", {}, r, d); }),
       "u.csv: line 1: is UTF-16, expected UTF-8"},
      {with("Timestamp,Mode,RSRP,DL_bitrate,State\n",
            [](auto& in, auto& r, auto& d) { return import_ucc(in, "u.csv", {}, r, d); }),
       "u.csv: line 1: the header has no column \"NetworkMode\""},
      {feup("ap2,m1,100,1.0,-60,1\nap2,m1,100,1.0,-60,1\n"),
       "f.csv: line 3: systime is not after that of the pair's row before"},
      {feup("ap2,m1,101,1.0,-60,1\nap2,m1,100,1.0,-60,1\n"),
       "f.csv: line 3: systime is not after that of the pair's row before"},
      {feup("ap2,m1,100,1.0,-60,1\nap2,m1,101,1.0"),
       "f.csv: line 3: has 4 fields, the header 6: \"ap2,m1,101,1.0\"; was the file cut off?"},
      {feup("ap2,m1,100,1.0,-6\xff,1\n"), "f.csv: line 2: is not UTF-8; is it a text file?"},
      {with("", [](auto& in, auto& r, auto& d) { return import_feup(in, "f.csv", {}, r, d); }),
       "f.csv: is empty; expected a header line that names the columns"},
      {feup("ap2,m1,1e300,1.0,-60,1\n"), "f.csv: line 2: systime is \"1e300\""},
      {feup("ap2,m1,100,yes,-60,1\n"), "f.csv: line 2: isInLap is \"yes\", expected a number"},
      {feup("ap2,m1,100,1.0,-60,-5\n"), "f.csv: line 2: downlink_mbps would be -4e-05"},
      {with("senderId;receiverId\n",
            [](auto& in, auto& r, auto& d) { return import_feup(in, "f.csv", {}, r, d); }),
       "f.csv: line 1: the header has no column \"senderId\"; is \",\" what separates the "
       "columns?"},
      {mahimahi("5\n4\n", "1\n200\n"), "m.up: line 2: 4 ms is before 5 ms, the line before"},
      {mahimahi("1\n200\n", "1.5\n"),
       "m.down: line 1: is \"1.5\", expected whole milliseconds up to"},
      {mahimahi("1\n200\n", ""), "m.down: 0 opportunities fill no window of 100 ms"},
      {mahimahi("", "1\n200\n"), "m.up: 0 opportunities fill no window of 100 ms"},
      {mahimahi("1\n200\n", "1\n150\n20"),  // cut off inside 200
       "m.down: line 3: 20 ms is before 150 ms, the line before; sort the lines as numbers"},
      {mahimahi("1\n2\xff\n", "1\n200\n"), "m.up: line 2: is not UTF-8; is it a text file?"},
      {mahimahi("1\n99999999999999999999\n", "1\n200\n"),
       "m.up: line 2: is \"99999999999999999999\""},
      {mahimahi("1\n1000000000\n", "1\n200\n", 1.0),
       "m.up: line 2: 1000000000 ms is beyond 50000000 windows"},
      {wipe(""), "w.json: is empty, expected a JSON document"},
      {wipe("{\"name\": \"\xff\"}"), "w.json:1:11: byte 0xFF is not UTF-8"},
      {wipe("[1, 2"), "w.json:1:6: unexpected end of input"},
      {wipe("{}"), "w.json: has no quantumSec; a session of wipe-v2 has it"},
      {wipe(R"({"quantumSec":0.001,"windowQuantum":10,"coreNum":4,"windowedLoad":[]})"),
       "w.json: /windowedLoad: "},
      {wipe(R"({"quantumSec":0.001,"windowQuantum":10,"coreNum":4,"windowedLoad":[[1,2]]})"),
       "w.json: /windowedLoad/0: has 2 numbers, expected the maximum and 4 cores"},
      {wipe(
           R"({"quantumSec":0.001,"windowQuantum":10,"coreNum":4,"windowedLoad":[[1,200,0,0,0]]})"),
       "w.json: /windowedLoad/0/1: "},
      {wipe(R"({"quantumSec":1e9,"windowQuantum":10,"coreNum":4,"windowedLoad":[[1,2,0,0,0]]})"),
       "w.json: windows last "},
      {csv("t,level,kb\n1,-60,1\n1,-61,1\n", kSignal),
       "c.csv: line 3: time \"1\" is not after that of the row before"},
      {csv("t,level,kb\n2,-60,1\n1,-61,1\n", kSignal),
       "c.csv: line 3: time \"1\" is not after that of the row before"},
      {csv("t,level,kb\n1,-60,1\n2,-6", kSignal),
       "c.csv: line 3: has 2 fields, the header 3: \"2,-6\"; was the file cut off?"},
      {csv("t,level,kb\n1,-6\xff,1\n", kSignal), "c.csv: line 2: is not UTF-8; is it a text file?"},
      {csv("", kSignal), "c.csv: is empty; expected a header line that names the columns"},
      {csv("t,level,kb\n1,\"-60,1\n", kSignal),
       "c.csv: line 2: a quoted field is not closed on its line"},
      {csv("t,level,kb\n1,\"-60\"x,1\n", kSignal), "c.csv: line 2: has text after a quoted field"},
      {csv("t,level,level,kb\n", kSignal), "c.csv: line 1: the header has column \"level\" twice"},
      {csv("t,levels,kb\n", kSignal),
       "c.csv: line 1: the header has no column \"level\"; did you mean 'levels'?"},
      {csv("t,level,kb\n,-60,1\n", kSignal), "c.csv: line 2: time_s is \"\", expected a time"},
      {csv("t,level,kb\n0,60,1\n", kSignal),
       "c.csv: line 2: rssi_dbm would be 60, expected a number in [-150, 0]; is the column in the "
       "unit of "
       "rssi_dbm?"},
      {csv("level\n", no_time), "--map: names no time; add time_s=COLUMN or time_ms=COLUMN"},
      {csv("t\n", {.map = {{"time_s", "t"}, {"rssi", "level"}}}),
       "--map: there is no column \"rssi\""},
      {csv("t\n", {.map = {{"time_s", "t"}, {"uplink_mbps", "u"}}}),
       "--map: names no level of the signal"},
      {csv("t\n", {.map = {{"time_s", "t"}, {"cpu_ratio", "u"}}}),
       "--map: names one of cpu_ratio and memory_ratio, expected both"},
  };
  for (const BadInput& c : cases) {
    INFO(c.message);
    CHECK_FALSE(c.outcome.trace);
    REQUIRE_FALSE(c.outcome.problems.empty());
    INFO(c.outcome.problems.front());
    CHECK(c.outcome.problems.front().starts_with(c.message));
  }
}

TEST_CASE("a recording has no more rows than memory should hold") {
  std::istringstream in("a,b\n1,2\n\n3,4\n5,6\n7,8\n");
  Diagnostics diagnostics;
  CsvRows rows(in, "r.csv", diagnostics, ',', 2);
  REQUIRE(rows.read_header());
  CHECK(rows.next());
  CHECK(rows.next());
  CHECK_FALSE(rows.next());
  REQUIRE(diagnostics.list().size() == 1);
  CHECK(to_string(diagnostics.list().front()) ==
        "r.csv: line 5: is one of more than 2 rows; split the file");
}

TEST_CASE("all mistakes of a recording are reported, up to a hundred") {
  CHECK(ucc("x,LTE,-90,1,1,D\ny,LTE,-90,1,1,D\n").problems.size() == 2);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "x,LTE,-90,1,1,D\n";
  CHECK(ucc(many).problems.size() == 101);
}

TEST_CASE("a recording without a row that is wanted says what it has") {
  CHECK(ucc("2019.12.16_10.00.00,5G,-90,1,1,D\n").report.nothing ==
        "has no row of mode LTE; it has 1 rows of mode \"5G\": choose with --mode");
  CHECK(ucc("").report.nothing == "has no row of mode LTE; it has no rows at all");
  CHECK(feup("ap2,m1,100,1.0,-60,1\n", "m2").report.nothing ==
        "has no row of ap2->m2 in a lap; pairs in it: ap2->m1");
  CHECK(csv("t,level,kb\n", kSignal).report.nothing == "has a header but no rows");
}

}  // namespace
}  // namespace autoscale
