#include "sim/report/request_log.h"

#include <array>
#include <iterator>
#include <stdexcept>

#include <fmt/compile.h>
#include <fmt/format.h>

#include "sim/report/csv_report.h"
#include "sim/report/summary.h"
#include "sim/report/target_names.h"

namespace autoscale {
namespace {

constexpr std::size_t kSpillBytes = std::size_t{4} << 20;

}  // namespace

RunRequestLog::RunRequestLog(const World& world, std::uint32_t replication, std::string prefix,
                             const std::vector<std::string>& workload_fields)
    : world_(&world), prefix_(std::move(prefix)), workload_fields_(&workload_fields) {
  prefix_ += fmt::format("{},", replication);
}

void RunRequestLog::on_settled(const RequestRecord& r) {
  auto out = std::back_inserter(rows_);
  fmt::format_to(out, FMT_COMPILE("{}{},{},{},{},"), prefix_, (*workload_fields_)[r.workload],
                 r.request, to_millis(r.arrival).value, to_millis(r.finish).value);
  if (!r.dropped) fmt::format_to(out, FMT_COMPILE("{}"), r.latency_ms);  // a drop has no latency
  fmt::format_to(out, FMT_COMPILE(",{},{}"), target_name(*world_, r.target, r.plan), r.energy_mj);
  for (const double mj : r.by_component.mj) fmt::format_to(out, FMT_COMPILE(",{}"), mj);
  fmt::format_to(out, FMT_COMPILE(",{:d},{:d},{:d},{},{},{:d},{:d},"), r.violates_qos,
                 r.violates_accuracy, r.dropped, r.oracle_energy_mj, r.expected_energy_mj,
                 r.oracle_match, r.near_oracle);
  if (r.reward) fmt::format_to(out, FMT_COMPILE("{}"), *r.reward);
  fmt::format_to(out, FMT_COMPILE(",{},{:d},{}"), target_name(*world_, r.ran_on, r.plan),
                 r.offload_failed, r.handovers);
  add_observation(r);
  if (rows_.size() >= kSpillBytes) spill();
}

void RunRequestLog::add_observation(const RequestRecord& r) {
  auto out = std::back_inserter(rows_);
  fmt::format_to(out, FMT_COMPILE(",{},{}"), r.seen->cpu_ratio, r.seen->memory_ratio);
  for (std::size_t l = 0; l < kLinks; ++l) {
    rows_ += ',';
    if (world_->table.radios[l].present)
      fmt::format_to(out, FMT_COMPILE("{}"), r.seen->rssi[l].value);
  }
  rows_ += '\n';
}

void RunRequestLog::spill() {
  if (!spilled_) spilled_.reset(std::tmpfile());
  if (!spilled_) return;  // no room for temporary files: memory it is
  if (std::fwrite(rows_.data(), 1, rows_.size(), spilled_.get()) != rows_.size()) {
    throw std::runtime_error("cannot write a temporary file for --requests: no space left?");
  }
  rows_.clear();
}

void RunRequestLog::drain(const std::function<void(std::string_view)>& sink) {
  if (spilled_) {
    std::rewind(spilled_.get());
    std::array<char, 1 << 16> piece{};
    while (const std::size_t n = std::fread(piece.data(), 1, piece.size(), spilled_.get())) {
      sink({piece.data(), n});
    }
    spilled_.reset();
  }
  sink(rows_);
  rows_ = {};
}

RequestLog::RequestLog(const World& world, std::uint32_t replications)
    : replications_(replications) {
  for (const std::string& name : workload_names(world.scenario)) {
    workload_fields_.push_back(csv_field(name));
  }
  const std::string scenario = csv_field(world.scenario.name);
  for (const PolicySpec& policy : world.scenario.policies) {
    const std::string prefix = fmt::format("{},{},", scenario, csv_field(policy.name));
    for (std::uint32_t r = 0; r < replications; ++r) {
      runs_.push_back(std::make_unique<RunRequestLog>(world, r, prefix, workload_fields_));
    }
  }
}

RequestObserver* RequestLog::observer(std::size_t policy, std::uint32_t replication) {
  return runs_[policy * replications_ + replication].get();
}

std::string RequestLog::header() {
  std::string header =
      "scenario,policy,replication,network,request,arrival_ms,finish_ms,latency_ms,target,"
      "energy_mj";
  for (int c = 0; c < kComponents; ++c) {
    header += fmt::format(",energy_{}_mj", to_string(static_cast<Component>(c)));
  }
  header +=
      ",violates_qos,violates_accuracy,dropped,oracle_energy_mj,expected_energy_mj,"
      "oracle_match,near_oracle,reward,ran_on,failed_offload,handovers,cpu_ratio,memory_ratio";
  for (int l = 0; l < kLinks; ++l) {
    header += fmt::format(",{}_dbm", to_string(static_cast<LinkId>(l)));
  }
  return header + '\n';
}

void RequestLog::drain(std::span<const std::uint32_t> replications,
                       const std::function<void(std::string_view)>& sink) {
  for (std::size_t first = 0; first < runs_.size(); first += replications_) {
    for (const std::uint32_t r : replications) runs_[first + r]->drain(sink);
  }
}

}  // namespace autoscale
