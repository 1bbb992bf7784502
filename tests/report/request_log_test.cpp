#include "sim/report/request_log.h"

#include <algorithm>
#include <string>

#include "tests/report/tallies.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

std::string drained(RequestLog& log, const std::vector<std::uint32_t>& replications = {0}) {
  std::string text;
  log.drain(replications, [&](std::string_view rows) { text += rows; });
  return text;
}

std::unique_ptr<World> world_with_policies() {
  auto world = test::small_world();
  world->scenario.name = std::string("s");
  for (const char* name : {"p", "q"}) {
    PolicySpec spec;
    spec.name = name;
    world->scenario.policies.push_back(spec);
  }
  return world;
}

RequestRecord record(std::uint64_t request) {
  RequestRecord r;
  r.workload = 1;
  r.request = request;
  r.arrival = SimTime{1'500'000};
  r.finish = SimTime{4'000'000};
  r.latency_ms = 2.5;
  r.target = r.ran_on = 2;
  static const Observation seen = [] {
    Observation o;
    o.cpu_ratio = 0.25;
    o.memory_ratio = 0.5;
    o.rssi[static_cast<std::size_t>(LinkId::kWifi)] = Dbm{-60.0};
    return o;
  }();
  r.seen = &seen;
  r.energy_mj = 0.1;
  return r;
}

TEST_CASE("a row has a field per column, in the order of the header") {
  const auto world = world_with_policies();
  RequestLog log(*world, 1);
  log.observer(0, 0)->on_settled(record(9));
  const std::string row = drained(log);
  CHECK(
      row ==
      "s,p,0,net_b,9,1.5,4,2.5,cloud:gpu/fp32,0.1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,,cloud:gpu/fp32,0,0,"
      "0.25,0.5,,,\n");
  CHECK(std::ranges::count(row, ',') == std::ranges::count(RequestLog::header(), ','));
}

TEST_CASE("a row says the reward, what was seen of the links there are, and what went wrong") {
  const auto world = world_with_policies();
  world->table.radios[static_cast<std::size_t>(LinkId::kWifi)].present = true;
  RequestLog log(*world, 1);
  RequestRecord r = record(9);
  r.reward = -0.5;
  r.ran_on = 0;
  r.offload_failed = true;
  r.handovers = 2;
  log.observer(0, 0)->on_settled(r);
  const std::string end = "," + world->table.targets[0].name + ",1,2,0.25,0.5,-60,,\n";
  CHECK(drained(log).ends_with(",-0.5" + end));
}

TEST_CASE("a dropped request has no latency") {
  const auto world = world_with_policies();
  RequestLog log(*world, 1);
  RequestRecord r = record(9);
  r.dropped = true;
  log.observer(0, 0)->on_settled(r);
  CHECK(drained(log).starts_with("s,p,0,net_b,9,1.5,4,,"));
}

TEST_CASE("rows come out by policy and replication, whichever run was first") {
  const auto world = world_with_policies();
  RequestLog log(*world, 2);
  log.observer(1, 0)->on_settled(record(3));
  log.observer(0, 1)->on_settled(record(2));
  log.observer(0, 0)->on_settled(record(1));
  const std::string text = drained(log, {0, 1});
  const auto first = text.find("s,p,0,net_b,1");
  const auto second = text.find("s,p,1,net_b,2");
  const auto third = text.find("s,q,0,net_b,3");
  CHECK(first == 0);
  CHECK(second < third);
  CHECK(third != std::string::npos);
}

TEST_CASE("only the replications asked for come out") {
  const auto world = world_with_policies();
  RequestLog log(*world, 3);
  for (std::uint32_t r = 0; r < 3; ++r) log.observer(0, r)->on_settled(record(r));
  const std::string text = drained(log, {0, 2});
  CHECK(std::ranges::count(text, '\n') == 2);
  CHECK(text.find("s,p,1,") == std::string::npos);
  CHECK(text.find("\ns,p,2,net_b,2,") != std::string::npos);
}

TEST_CASE("many rows survive the way over a temporary file") {
  constexpr std::uint64_t kRequests = 100'000;  // some 8 MB
  const auto world = world_with_policies();
  RequestLog log(*world, 1);
  for (std::uint64_t i = 0; i < kRequests; ++i) log.observer(0, 0)->on_settled(record(i));
  const std::string text = drained(log);
  CHECK(static_cast<std::uint64_t>(std::ranges::count(text, '\n')) == kRequests);
  CHECK(text.starts_with("s,p,0,net_b,0,"));
  CHECK(text.find("\ns,p,0,net_b,99999,") != std::string::npos);
}

}  // namespace
}  // namespace autoscale
