// Runs drawn over simulated time, in the Trace Event Format that Perfetto and chrome://tracing read: one
// process per policy; a track per processor, link direction and queue; layers and transfers as slices with target
// and energy; signal, power and co-runner load as counters; decisions as instants with their reason.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/policy.h"
#include "sim/engine/timeline_sink.h"
#include "sim/engine/world.h"
#include "sim/policies/explain.h"
#include "sim/report/output_file.h"

namespace autoscale {

// Records one run. Of each workload the first `requests` requests are recorded (0: all); the counters rest
// while none of them is on its way.
class RunTimeline final : public TimelineSink {
 public:
  // The arguments outlive the recorder. `process` is the policy's number in the file.
  RunTimeline(const World& world, const Policy& policy, int process, std::string name,
              std::uint64_t requests);

  void on_begin(const Environment& environment) override { environment_ = &environment; }
  void on_decision(const Observation& observation, TargetId target, std::string_view plan,
                   TargetId oracle) override;
  void on_slice(const Slice& slice) override;
  void on_power(SimTime now, double watts) override;
  void on_temperature(SimTime now, double celsius) override;
  void on_settled(const RequestRecord& record) override;

  [[nodiscard]] std::uint64_t recorded() const { return recorded_; }
  [[nodiscard]] std::uint64_t seen() const { return seen_; }
  // Comma-separated trace events; the recorder is empty afterwards.
  std::string take_events();

 private:
  void event(const char* phase, std::string_view name, SimTime at, std::string_view rest);
  void counter(const char* name, SimTime at, double value);
  void show_environment(SimTime until);
  [[nodiscard]] bool is_recorded(std::uint64_t request) const;
  [[nodiscard]] std::string description(const Slice& s) const;
  std::size_t free_track(std::vector<SimTime>& busy_until, int first, const std::string& name,
                         SimTime from);
  int thread_of(const Slice& s);
  int thread_of_run(const Slice& s);
  void name_thread(int thread, const std::string& name);
  [[nodiscard]] std::uint64_t id_of(std::uint32_t workload, std::uint64_t request) const;

  const World* world_;
  const Explainer* explainer_;
  int process_;
  std::uint64_t requests_;
  std::vector<std::string> workloads_;
  std::vector<std::vector<int>> order_;  // [workload] layers in order of execution
  std::array<std::vector<SimTime>, kServers + 1>
      tracks_;                     // [server] busy until; the last: host threads
  std::optional<int> run_thread_;  // of the run whose slices come now
  SimTime run_from_;
  const Environment* environment_ = nullptr;
  SimTime environment_from_{};
  bool recording_ = false;
  std::uint64_t open_ = 0;
  std::uint64_t recorded_ = 0;
  std::uint64_t seen_ = 0;
  std::string events_;
};

// The file: the first replication of each policy.
class TimelineFile {
 public:
  // Opens the file; throws InputError when it cannot be written (so does commit). `world` outlives it.
  TimelineFile(const std::filesystem::path& path, const World& world, std::uint64_t requests);

  // For ExperimentOptions::timeline; nullptr for replications that are not drawn.
  TimelineSink* sink(std::size_t policy, std::uint32_t replication, const Policy& judged);
  void commit();
  // Requests that were left out because of the limit, over all policies.
  [[nodiscard]] std::uint64_t left_out() const;

 private:
  const World* world_;
  std::uint64_t requests_;
  OutputFile file_;
  std::vector<std::unique_ptr<RunTimeline>> runs_;  // [policy]
};

}  // namespace autoscale
