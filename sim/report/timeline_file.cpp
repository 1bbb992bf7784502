#include "sim/report/timeline_file.h"

#include <iterator>

#include <fmt/compile.h>
#include <fmt/format.h>

#include "sim/base/version.h"
#include "sim/config/json_access.h"
#include "sim/engine/cost_table.h"
#include "sim/report/summary.h"
#include "sim/report/target_names.h"

namespace autoscale {
namespace {

constexpr int kDecisions = 1;        // thread of decisions
constexpr int kHostThreads = 10;     // first thread of upload preparation
constexpr int kServerThreads = 100;  // server s has threads from kServerThreads + kLanes * s on
constexpr int kLanes = 1000;         // tracks of one server at most

std::string json_text(std::string_view text) {
  JsonDocument document;
  set_text(document.root(), text);
  return dump(document.root(), -1);
}

// Trace timestamps are microseconds; nanoseconds are kept as three decimals.
std::string micros(std::int64_t ns) {
  return fmt::format(FMT_COMPILE("{}.{:03}"), ns / 1000, ns % 1000);
}

std::string server_name(ServerId server) {
  if (server < kProcessorServers) {
    const auto site = static_cast<Site>(server / kProcessorKinds);
    return fmt::format("{} {}", to_string(site),
                       to_string(static_cast<ProcessorKind>(server % kProcessorKinds)));
  }
  const auto link = static_cast<LinkId>((server - kProcessorServers) / 2);
  return fmt::format("{} {}", to_string(link), server == uplink_server(link) ? "up" : "down");
}

}  // namespace

RunTimeline::RunTimeline(const World& world, const Policy& policy, int process, std::string name,
                         std::uint64_t requests)
    : world_(&world),
      explainer_(dynamic_cast<const Explainer*>(&policy)),
      process_(process),
      requests_(requests),
      workloads_(workload_names(world.scenario)) {
  for (const WorkloadInfo& workload : world.workloads)
    order_.push_back(execution_order(*workload.network));
  for (const auto& [what, text] :
       {std::pair{"process_name", std::move(name)}, {"process_sort_index", ""}}) {
    const bool sort = text.empty();
    events_ += fmt::format(
        R"({{"ph":"M","pid":{},"name":"{}","args":{{{}}}}},)"
        "\n",
        process_, what,
        sort ? fmt::format(R"("sort_index":{})", process_) : R"("name":)" + json_text(text));
  }
  name_thread(kDecisions, "decisions");
}

void RunTimeline::name_thread(int thread, const std::string& name) {
  events_ += fmt::format(
      R"({{"ph":"M","pid":{0},"tid":{1},"name":"thread_name","args":{{"name":{2}}}}},)"
      "\n"
      R"({{"ph":"M","pid":{0},"tid":{1},"name":"thread_sort_index","args":{{"sort_index":{1}}}}},)"
      "\n",
      process_, thread, json_text(name));
}

// `rest`: further members, each with a comma before it.
void RunTimeline::event(const char* phase, std::string_view name, SimTime at,
                        std::string_view rest) {
  fmt::format_to(std::back_inserter(events_),
                 FMT_COMPILE(R"({{"ph":"{}","pid":{},"name":{},"ts":{}{}}},)"
                             "\n"),
                 phase, process_, json_text(name), micros(at.ns), rest);
}

void RunTimeline::counter(const char* name, SimTime at, double value) {
  event("C", name, at, fmt::format(R"(,"args":{{"value":{}}})", value));
}

std::uint64_t RunTimeline::id_of(std::uint32_t workload, std::uint64_t request) const {
  return request * workloads_.size() + workload;
}

bool RunTimeline::is_recorded(std::uint64_t request) const {
  return requests_ == 0 || request < requests_;
}

void RunTimeline::on_decision(const Observation& o, TargetId target, std::string_view plan,
                              TargetId oracle) {
  ++seen_;
  if (!is_recorded(o.request)) {
    recording_ = open_ > 0;
    return;
  }
  show_environment(o.now);
  recording_ = true;
  ++recorded_;
  ++open_;
  const auto& targets = world_->table.targets;
  std::string args =
      fmt::format(R"("network":{},"request":{},"target":{})", json_text(workloads_[o.workload]),
                  o.request, json_text(target_name(*world_, target, plan)));
  if (oracle != kNoTarget) args += R"(,"oracle":)" + json_text(targets[oracle].name);
  args += R"(,"reason":)" +
          json_text(explainer_ != nullptr ? explainer_->explain(o).reason : "fixed rule");
  event("i", target_name(*world_, target, plan), o.now,
        fmt::format(R"(,"cat":"decision","tid":{},"s":"t","args":{{{}}})", kDecisions, args));
  event("b", workloads_[o.workload], o.now,
        fmt::format(R"(,"cat":"request","id":{},"args":{{"request":{}}})",
                    id_of(o.workload, o.request), o.request));
}

void RunTimeline::on_settled(const RequestRecord& r) {
  if (!is_recorded(r.request)) return;
  --open_;
  event(
      "e", workloads_[r.workload], r.finish,
      fmt::format(R"(,"cat":"request","id":{},"args":{{"target":{},"latency_ms":{},"energy_mj":{},)"
                  R"("violates_qos":{},"dropped":{}}})",
                  id_of(r.workload, r.request), json_text(target_name(*world_, r.target, r.plan)),
                  r.latency_ms, r.energy_mj, r.violates_qos, r.dropped));
}

void RunTimeline::on_power(SimTime now, double watts) {
  if (!recording_) return;
  show_environment(now);
  counter("power (W)", now, watts);
}

void RunTimeline::on_temperature(SimTime now, double celsius) {
  if (recording_) counter("temperature (°C)", now, celsius);
}

// Counters of the environment: a value where recording starts, and one at each change.
void RunTimeline::show_environment(SimTime until) {
  const bool first = !recording_;
  const SimTime from = first ? until : environment_from_;
  const auto show = [&](const auto& timeline, auto&& values) {
    if (timeline.empty()) return;
    Segment s = timeline.segment(from);
    if (first) values(from, timeline.value(s));
    while (timeline.end(s) <= until) {
      const SimTime at = timeline.end(s);
      s = timeline.next(s);
      if (at > from) values(at, timeline.value(s));
    }
  };
  show(environment_->load, [&](SimTime at, const LoadConditions& c) {
    counter("co-runner cpu_ratio", at, c.load.cpu_ratio);
    counter("co-runner memory_ratio", at, c.load.memory_ratio);
  });
  for (int l = 0; l < kLinks; ++l) {
    const std::string name = fmt::format("rssi {} (dBm)", to_string(static_cast<LinkId>(l)));
    show(environment_->links[static_cast<std::size_t>(l)],
         [&](SimTime at, const LinkConditions& c) { counter(name.c_str(), at, c.rssi_dbm); });
  }
  environment_from_ = until;
}

// The first track that is free at `from`. Slices come in order of their ends, so those of one track never overlap.
std::size_t RunTimeline::free_track(std::vector<SimTime>& busy_until, int first,
                                    const std::string& name, SimTime from) {
  std::size_t i = 0;
  while (i < busy_until.size() && busy_until[i] > from) ++i;
  if (i == busy_until.size()) {
    busy_until.emplace_back();
    name_thread(first + static_cast<int>(i), i == 0 ? name : fmt::format("{} #{}", name, i + 1));
  }
  return i;
}

int RunTimeline::thread_of(const Slice& s) {
  const bool prepares = s.kind == SliceKind::kPrepare || s.kind == SliceKind::kHandover;
  const int first = prepares ? kHostThreads : kServerThreads + kLanes * s.server;
  auto& busy_until = prepares ? tracks_.back() : tracks_[s.server];
  const std::size_t i =
      free_track(busy_until, first, prepares ? "phone host thread" : server_name(s.server), s.from);
  busy_until[i] = s.to;
  return first + static_cast<int>(i);
}

std::string RunTimeline::description(const Slice& s) const {
  switch (s.kind) {
    case SliceKind::kPrepare: return "prepare upload";
    case SliceKind::kHandover: return "hand over tensors";
    case SliceKind::kWait: return "wait for " + server_name(s.server);
    case SliceKind::kDispatch: return "dispatch";
    case SliceKind::kLayer: {
      const auto layer = static_cast<std::size_t>(s.layer);
      return world_->workloads[s.workload]
          .network->layers[static_cast<std::size_t>(order_[s.workload][layer])]
          .name;
    }
    case SliceKind::kPromotion: return "promotion";
    case SliceKind::kTransfer: {
      const bool up = (s.server - kProcessorServers) % 2 == 0;
      return fmt::format("{} {:.3g} kB", up ? "send" : "receive", s.kbit / 8.0);
    }
    case SliceKind::kTail: return "tail";
  }
  return "";
}

void RunTimeline::on_slice(const Slice& s) {
  if (!is_recorded(s.request)) return;
  const bool of_run = s.kind == SliceKind::kDispatch || s.kind == SliceKind::kLayer;
  std::string who = fmt::format(R"("request":{},"target":{})", s.request,
                                json_text(target_name(*world_, s.target, s.plan)));
  if (!of_run)
    who += R"(,"network":)" + json_text(workloads_[s.workload]);  // a run's slice says it
  const std::string name = description(s);
  if (s.kind == SliceKind::kWait) {
    const std::string id =
        fmt::format(R"(,"cat":"queue","id":"q{}.{}")", id_of(s.workload, s.request), s.server);
    event("b", name, s.from, fmt::format(R"({},"args":{{{}}})", id, who));
    event("e", name, s.to, id);
    return;
  }
  const int thread = of_run ? thread_of_run(s) : thread_of(s);
  event("X", name, s.from,
        fmt::format(R"(,"dur":{},"tid":{},"args":{{{},"energy_mj":{:.9g}}})",
                    micros((s.to - s.from).count), thread, who, s.energy_mj));
}

// Dispatch and layers lie inside a slice of the whole run, which is written with its last layer. All slices of
// a run come one after the other.
int RunTimeline::thread_of_run(const Slice& s) {
  if (!run_thread_) {
    run_thread_ = thread_of(s);
    run_from_ = s.from;
  }
  const int thread = *run_thread_;
  tracks_[s.server][static_cast<std::size_t>((thread - kServerThreads) % kLanes)] = s.to;
  if (s.last) {
    event("X", workloads_[s.workload], run_from_,
          fmt::format(R"(,"dur":{},"tid":{},"args":{{"request":{},"target":{}}})",
                      micros((s.to - run_from_).count), thread, s.request,
                      json_text(target_name(*world_, s.target, s.plan))));
    run_thread_.reset();
  }
  return thread;
}

std::string RunTimeline::take_events() {
  std::string events = std::move(events_);
  events_.clear();
  if (events.ends_with(",\n")) events.resize(events.size() - 2);
  return events;
}

TimelineFile::TimelineFile(const std::filesystem::path& path, const World& world,
                           std::uint64_t requests)
    : world_(&world),
      requests_(requests),
      file_(path, "--timeline"),
      runs_(world.scenario.policies.size()) {}

TimelineSink* TimelineFile::sink(std::size_t policy, std::uint32_t replication,
                                 const Policy& judged) {
  if (replication != 0) return nullptr;
  runs_[policy] = std::make_unique<RunTimeline>(*world_, judged, static_cast<int>(policy) + 1,
                                                world_->scenario.policies[policy].name, requests_);
  return runs_[policy].get();
}

void TimelineFile::commit() {
  file_.append(fmt::format(
      R"({{"displayTimeUnit":"ms","otherData":{{"program":"autoscale-sim {}","scenario":{},"device":{},)"
      R"("seed":{},"replication":0}},"traceEvents":[)"
      "\n",
      kVersion, json_text(world_->scenario.name), json_text(world_->scenario.device),
      world_->scenario.seed));
  bool first = true;
  for (const auto& run : runs_) {
    if (!run) continue;  // interrupted before it began
    if (!first) file_.append(",\n");
    first = false;
    file_.append(run->take_events());
  }
  file_.append("\n]}\n");
  file_.commit();
}

std::uint64_t TimelineFile::left_out() const {
  std::uint64_t sum = 0;
  for (const auto& run : runs_) sum += run ? run->seen() - run->recorded() : 0;
  return sum;
}

}  // namespace autoscale
