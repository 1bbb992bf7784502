#include "sim/traces/trace_file.h"

#include <sstream>
#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

std::optional<Trace> parse(const std::string& text, std::vector<std::string>& problems) {
  std::istringstream in(text);
  Diagnostics diagnostics;
  auto trace = read_trace(in, "t.csv", diagnostics);
  for (const Diagnostic& d : diagnostics.list()) problems.push_back(to_string(d));
  return trace;
}

TEST_CASE("a signal trace is read, gaps kept, and reads back as it was written") {
  const std::string text =
      "# a walk\n# -60 dBm on "
      "average\ntime_ms,rssi_dbm,downlink_mbps\n0,-55,10\n100,,\n200.5,-61.5,0\n";
  std::vector<std::string> problems;
  const auto trace = parse(text, problems);
  CHECK(problems.empty());
  REQUIRE(trace);
  CHECK(trace->notes == std::vector<std::string>{"a walk", "-60 dBm on average"});
  CHECK(trace->time_ns == std::vector<std::int64_t>{0, 100'000'000, 200'500'000});
  CHECK(trace->level()->values[2] == -61.5);
  CHECK(is_gap(trace->level()->values[1]));
  CHECK(is_gap(trace->find(TraceColumn::kDownlink)->values[1]));
  CHECK_FALSE(trace->is_load());
  CHECK(trace->duration_ns() == 301'000'000);
  std::string again;
  write_trace(*trace, [&](std::string_view part) { again += part; });
  CHECK(again == text);
}

TEST_CASE("a load trace needs both of its columns") {
  std::vector<std::string> problems;
  const auto trace = parse("time_ms,cpu_ratio,memory_ratio\n0,0.05,0.1\n10,0.5,0\n", problems);
  REQUIRE(trace);
  CHECK(trace->is_load());
  CHECK(trace->duration_ns() == 20'000'000);
  CHECK_FALSE(parse("time_ms,cpu_ratio\n0,0.05\n", problems));
  CHECK(problems.size() == 1);
}

TEST_CASE("what is wrong with a trace is said with its line, all of it") {
  std::vector<std::string> problems;
  CHECK_FALSE(parse("time_ms,rssi_dbm\n0,-55\n100,5\n50,-60\n60,abc\n200\n300,-1e400\n", problems));
  CHECK(
      problems ==
      std::vector<std::string>{
          "t.csv: line 3: rssi_dbm is \"5\", expected a number in [-150, 0] or nothing for a gap",
          "t.csv: line 5: rssi_dbm is \"abc\", expected a number in [-150, 0] or nothing for a gap",
          "t.csv: line 6: has 1 fields, the header 2: \"200\"",
          "t.csv: line 7: rssi_dbm is \"-1e400\", expected a number in [-150, 0] or nothing for a "
          "gap"});
}

TEST_CASE("damaged traces are refused with the line and what is wrong with it") {
  const std::string head = "time_ms,rssi_dbm\n0,-60\n";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "t.csv: has no header line; the first line names the columns, such as time_ms,rssi_dbm"},
      {"time_ms,rssi_dbm\n", "t.csv: has no rows; a trace needs a first row at time 0"},
      {head + "10,-6\xff\n", "t.csv: line 3: is not UTF-8; is it a text file?"},
      {"\xFF\xFEt", "t.csv: line 1: is UTF-16, expected UTF-8; save it with encoding UTF-8"},
      {head + "10", "t.csv: line 3: has 1 fields, the header 2: \"10\""},
      {head + "20,-61\n10,-62\n",
       "t.csv: line 4: time 10 ms is not after 20 ms, the row before; sort the rows by time and "
       "keep one for each"},
      {head + "0,-61\n",
       "t.csv: line 3: time 0 ms is not after 0 ms, the row before; sort the rows by time and keep "
       "one for each"},
      {"time_ms,rssi_dbm\n5,-60\n", "t.csv: line 2: the first time is 5 ms, expected 0"},
      {head + std::string(70'000, '1'),
       "t.csv: line 3: is longer than 65536 bytes; is it a text file?"},
  };
  for (const auto& [text, message] : cases) {
    std::vector<std::string> problems;
    CHECK_FALSE(parse(text, problems));
    CHECK(problems == std::vector<std::string>{message});
  }
}

TEST_CASE("a trace has no more rows than memory should hold") {
  const std::string text = "time_ms,rssi_dbm\n0,-60\n10,-61\n20,-62\n30,-63\n";
  for (const std::size_t most : {3U, 4U}) {
    std::istringstream in(text);
    Diagnostics diagnostics;
    CHECK(read_trace(in, "t.csv", diagnostics, most).has_value() == (most == 4U));
    if (most == 4U) continue;
    REQUIRE(diagnostics.list().size() == 1);
    CHECK(to_string(diagnostics.list().front()) ==
          "t.csv: line 5: is one of more than 3 rows; cut the trace, or keep every tenth row");
  }
}

TEST_CASE("headers that make no trace are refused") {
  const std::vector<std::string> texts{"",
                                       "# only a note\n",
                                       "rssi_dbm\n0\n",
                                       "time_ms\n0\n",
                                       "time_ms,rssi\n0,-5\n",
                                       "time_ms,rssi_dbm,rssi_dbm\n0,-5,-5\n",
                                       "time_ms,rssi_dbm,rsrp_dbm\n0,-5,-5\n",
                                       "time_ms,rssi_dbm,cpu_ratio,memory_ratio\n0,-5,0,0\n",
                                       "time_ms,uplink_mbps\n0,5\n",
                                       "time_ms,rssi_dbm\n",
                                       "time_ms,rssi_dbm\n5,-60\n",
                                       "time_ms,rssi_dbm\n0,-60\n0,-61\n",
                                       std::string("time_ms,rssi_dbm\n0,\xff\n"),
                                       std::string("time_ms,rssi_dbm\n0,-6\0\n", 24),
                                       std::string(70'000, 'x')};
  for (const std::string& text : texts) {
    INFO(text.substr(0, 60));
    std::vector<std::string> problems;
    CHECK_FALSE(parse(text, problems));
    CHECK(problems.size() == 1);
  }
}

TEST_CASE("a file of nonsense is given up on after a hundred problems") {
  std::string text = "time_ms,rssi_dbm\n0,-55\n";
  for (int i = 0; i < 1000; ++i) text += "x,y\n";
  std::vector<std::string> problems;
  CHECK_FALSE(parse(text, problems));
  CHECK(problems.size() == 101);
}

}  // namespace
}  // namespace autoscale
