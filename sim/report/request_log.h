// --requests: one CSV row per settled request. Each run writes into a buffer of its own, so that
// the order of rows (policy, replication, order of settling) does not depend on the number of
// threads.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/run_result.h"
#include "sim/engine/world.h"

namespace autoscale {

// The rows of one run. Beyond a few MB they wait in an anonymous temporary file.
class RunRequestLog : public RequestObserver {
 public:
  RunRequestLog(const World& world, std::uint32_t replication, std::string prefix,
                const std::vector<std::string>& workload_fields);
  void on_settled(const RequestRecord& record) override;
  // Hands over the rows in pieces and forgets them.
  void drain(const std::function<void(std::string_view)>& sink);

 private:
  void add_observation(const RequestRecord& record);
  void spill();

  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const World* world_;
  std::string prefix_;  // "SCENARIO,POLICY,REPLICATION,"
  const std::vector<std::string>* workload_fields_;
  std::string rows_;
  std::unique_ptr<std::FILE, CloseFile> spilled_;
};

// The logs of one experiment.
class RequestLog {
 public:
  RequestLog(const World& world, std::uint32_t replications);
  RequestObserver* observer(std::size_t policy, std::uint32_t replication);
  [[nodiscard]] static std::string header();
  // Hands over the rows of these replications, policy by policy, and forgets them.
  void drain(std::span<const std::uint32_t> replications,
             const std::function<void(std::string_view)>& sink);

 private:
  std::vector<std::string> workload_fields_;
  std::uint32_t replications_;
  std::vector<std::unique_ptr<RunRequestLog>> runs_;  // [policy * replications + replication]
};

}  // namespace autoscale
