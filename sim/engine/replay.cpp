#include "sim/engine/replay.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "sim/traces/generator.h"

namespace autoscale {
namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;

// The numbers of a sample that decide its conditions.
using Sample = std::array<double, 3>;
struct SampleHash {
  std::size_t operator()(const Sample& sample) const {
    std::size_t hash = 0;
    for (const double v : sample)
      hash = (hash ^ std::bit_cast<std::uint64_t>(v)) * 0x9E3779B97F4A7C15U;
    return hash ^ hash >> 32;
  }
};

// Appends samples to a timeline, resolving equal ones once.
template <class Value, class Resolve>
class SharedAppender {
 public:
  explicit SharedAppender(Resolve resolve) : resolve_(std::move(resolve)) {}
  void append(SimTime start, const Sample& sample) {
    const auto [known, is_new] = numbers_.try_emplace(sample, 0);
    if (is_new) known->second = timeline_.share(resolve_(sample));
    timeline_.append_shared(start, known->second);
  }
  Timeline<Value>& timeline() { return timeline_; }

 private:
  Resolve resolve_;
  std::unordered_map<Sample, std::uint32_t, SampleHash> numbers_;
  Timeline<Value> timeline_;
};

// The samples of the part of a trace that is played: [first, last), on a clock that starts with the part.
struct Part {
  std::size_t first = 0;
  std::size_t last = 0;
  std::int64_t from_ns = 0;
  std::int64_t to_ns = 0;
};

std::int64_t ns_of(double ms) { return std::llround(ms * static_cast<double>(kNsPerMs)); }

Part part_of(const Trace& trace, const TraceReplay& replay) {
  Part part;
  part.from_ns = ns_of(replay.from_ms);
  part.to_ns = std::max<std::int64_t>(trace.duration_ns(), 1);
  if (replay.to_ms) part.to_ns = std::min(part.to_ns, ns_of(*replay.to_ms));
  const auto begin = trace.time_ns.begin();
  part.first = static_cast<std::size_t>(std::upper_bound(begin, trace.time_ns.end(), part.from_ns) -
                                        begin - 1);
  part.last =
      static_cast<std::size_t>(std::lower_bound(begin, trace.time_ns.end(), part.to_ns) - begin);
  return part;
}

// When sample i begins in the run's time, without the offset.
SimTime start_of(const Trace& trace, std::size_t i, const Part& part, double speed) {
  const std::int64_t ns = std::max(trace.time_ns[i], part.from_ns) - part.from_ns;
  return SimTime{std::llround(static_cast<double>(ns) / speed)};
}

template <class Value>
void set_course(Timeline<Value>& timeline, const Part& part, const TraceReplay& replay,
                StreamKey key, std::uint32_t entity) {
  const double length = static_cast<double>(part.to_ns - part.from_ns) / replay.speed_ratio;
  if (replay.end == TraceEnd::kLoop) timeline.repeat_every(Nanos{std::llround(length)});
  key.stream = Stream::kTraceOffset;
  const double offset = replay.random_offset
                            ? draw_uniform(key, entity, 0) * length
                            : static_cast<double>(ns_of(replay.offset_ms)) / replay.speed_ratio;
  timeline.begin_at(Nanos{static_cast<std::int64_t>(offset)});
}

// In place of a goodput; not NaN, which equals nothing.
constexpr double kNotGiven = -2.0;
constexpr double kOutage = -1.0;

double value_at(const TraceSeries* series, std::size_t i) {
  return series == nullptr ? kGap : series->values[i];
}

// What a sample {level, uplink, downlink} means for a link. While nothing gets through, the radio searches, which is
// taken to cost what its tail does (assumed).
LinkConditions resolve_sample(const RadioProfile& radio, const Sample& sample) {
  const auto [level, up, down] = sample;
  LinkConditions c = resolve_link(radio, Dbm{level});
  if (up >= 0.0) c.uplink_mbps = up;
  if (down >= 0.0) c.downlink_mbps = down;
  if (up == kOutage || (up == kNotGiven && down == 0.0)) c.uplink_mbps = 0.0;
  if (up == kOutage || (down == kNotGiven && up == 0.0)) c.downlink_mbps = 0.0;
  const double searching_w = std::max(0.0, radio.tail_w.value - radio.idle_w.value);
  if (c.uplink_mbps == 0.0) c.tx_w = searching_w;
  if (c.downlink_mbps == 0.0) c.rx_w = searching_w;
  return c;
}

}  // namespace

namespace {

std::string part_problem(const Trace& trace, const TraceReplay& replay) {
  const double duration_ms = to_millis(Nanos{trace.duration_ns()}).value;
  if (trace.samples() == 1) return "";
  if (replay.from_ms >= duration_ms)
    return fmt::format("from_ms is {}, but the trace lasts {} ms", replay.from_ms, duration_ms);
  if (replay.to_ms && *replay.to_ms > duration_ms)
    return fmt::format("to_ms is {}, but the trace lasts {} ms", *replay.to_ms, duration_ms);
  const double part_ms = replay.to_ms.value_or(duration_ms) - replay.from_ms;
  if (replay.offset_ms >= part_ms)
    return fmt::format("offset_ms is {}, but {} ms are played", replay.offset_ms, part_ms);
  return "";
}

}  // namespace

std::string signal_trace_problem(const Trace& trace, const TraceReplay& replay, SignalKind radio) {
  if (trace.level() == nullptr)
    return fmt::format("\"{}\" is a trace of co-runner load, not of a signal", replay.file);
  const TraceColumn column = trace.level()->column;
  if ((column == TraceColumn::kRsrp) != (radio == SignalKind::kRsrp))
    return fmt::format("\"{}\" gives {}, but the radio's tables are over {}", replay.file,
                       to_string(column), to_string(radio));
  return part_problem(trace, replay);
}

std::string load_trace_problem(const Trace& trace, const TraceReplay& replay) {
  if (!trace.is_load())
    return fmt::format("\"{}\" is a trace of a signal, not of co-runner load", replay.file);
  return part_problem(trace, replay);
}

LoadConditions resolve_load(const PhoneCost& phone, Load load) {
  LoadConditions c;
  c.load = load;
  c.phi_cpu = phi_compute(phone.cpu_threads, phone.cpu_cores, load);
  c.phi_host = phi_compute(1.0, phone.cpu_cores, load);
  for (std::size_t p = 0; p < c.phi_memory.size(); ++p)
    c.phi_memory[p] = phi_memory(phone.kappa[p], load);
  return c;
}

Timeline<LoadConditions> replay_load(const Trace& trace, const TraceReplay& replay,
                                     const PhoneCost& phone, const StreamKey& key) {
  const auto resolve = [&](const Sample& s) { return resolve_load(phone, {s[0], s[1]}); };
  SharedAppender<LoadConditions, decltype(resolve)> appender(resolve);
  const Part part = part_of(trace, replay);
  Sample last{0.0, 0.0, 0.0};
  for (std::size_t i = part.first; i < part.last; ++i) {
    const double cpu = value_at(trace.find(TraceColumn::kCpu), i);
    const double memory = value_at(trace.find(TraceColumn::kMemory), i);
    if (!is_gap(cpu)) last[0] = cpu;
    if (!is_gap(memory)) last[1] = memory;
    appender.append(start_of(trace, i, part, replay.speed_ratio), last);
  }
  set_course(appender.timeline(), part, replay, key, kLinks);
  return std::move(appender.timeline());
}

Timeline<LinkConditions> replay_signal(const Trace& trace, const TraceReplay& replay,
                                       const RadioProfile& radio, LinkId link,
                                       const StreamKey& key) {
  const auto resolve = [&](const Sample& s) { return resolve_sample(radio, s); };
  SharedAppender<LinkConditions, decltype(resolve)> appender(resolve);
  const Part part = part_of(trace, replay);
  const TraceSeries* level = trace.level();
  const TraceSeries* up = trace.find(TraceColumn::kUplink);
  const TraceSeries* down = trace.find(TraceColumn::kDownlink);
  // A trace that begins with a gap begins with the first level that is known.
  const auto known = std::ranges::find_if_not(level->values, is_gap);
  Sample last{known == level->values.end() ? radio.weak_below_dbm.value : *known, kNotGiven,
              kNotGiven};
  for (std::size_t i = part.first; i < part.last; ++i) {
    const bool gap = is_gap(level->values[i]);
    if (!gap) last[0] = level->values[i];
    if (up != nullptr && !is_gap(up->values[i])) last[1] = up->values[i];
    if (down != nullptr && !is_gap(down->values[i])) last[2] = down->values[i];
    const bool outage = gap && replay.gaps == TraceGaps::kOutage;
    appender.append(start_of(trace, i, part, replay.speed_ratio),
                    outage ? Sample{last[0], kOutage, kOutage} : last);
  }
  set_course(appender.timeline(), part, replay, key, static_cast<std::uint32_t>(link));
  return std::move(appender.timeline());
}

namespace {

MarkovModel markov_model(const MarkovSignal& signal) {
  MarkovModel model;
  for (const MarkovSignalState& s : signal.states) {
    model.states.push_back({s.mean_dbm, s.sd_db, s.lag1, s.min_dbm, s.max_dbm, s.outage});
  }
  model.transition = signal.transition;
  for (auto& row : model.transition) {  // probabilities given to three digits
    double sum = 0.0;
    for (const double p : row) sum += p;
    for (double& p : row) p /= sum;
  }
  return model;
}

struct Sampling {
  double step_ms = 0.0;
  double duration_ms = 0.0;
};

std::pair<GeneratorModel, Sampling> generator_of(const SignalSpec& signal) {
  if (signal.gaussian) {
    const GaussianSignal& s = *signal.gaussian;
    return {GaussianModel{s.mean_dbm, s.sd_db}, {s.step_ms, s.duration_ms}};
  }
  if (signal.ar1) {
    const Ar1Signal& s = *signal.ar1;
    return {Ar1Model{s.mean_dbm, s.sd_db, s.lag1}, {s.step_ms, s.duration_ms}};
  }
  const MarkovSignal& s = *signal.markov;
  return {markov_model(s), {s.step_ms, s.duration_ms}};
}

}  // namespace

std::string generated_signal_problem(const SignalSpec& signal) {
  if (!signal.gaussian && !signal.ar1 && !signal.markov) return "";
  return problem_of(generator_of(signal).first);
}

Timeline<LinkConditions> generated_signal(const SignalSpec& signal, const RadioProfile& radio,
                                          LinkId link, const StreamKey& key) {
  const auto [model, sampling] = generator_of(signal);
  const auto samples = static_cast<std::size_t>(std::ceil(sampling.duration_ms / sampling.step_ms));
  StreamKey own = key;
  own.stream = Stream::kSignal;
  const std::vector<double> levels = generate(model, samples, bounds_of(TraceColumn::kRssi), own,
                                              static_cast<std::uint32_t>(link));
  Timeline<LinkConditions> timeline;
  double last = radio.weak_below_dbm.value;
  for (std::size_t i = 0; i < samples; ++i) {
    if (!is_gap(levels[i])) last = levels[i];
    timeline.append(
        SimTime{ns_of(static_cast<double>(i) * sampling.step_ms)},
        resolve_sample(radio, {last, is_gap(levels[i]) ? kOutage : kNotGiven, kNotGiven}));
  }
  timeline.repeat_every(Nanos{ns_of(static_cast<double>(samples) * sampling.step_ms)});
  return timeline;
}

Timeline<LinkId> handover_timeline(const Timeline<LinkConditions>& wifi, double leave_below_dbm,
                                   double return_above_dbm) {
  bool on_wifi = true;
  const auto follow = [&](const LinkConditions& c) {
    const bool out = c.uplink_mbps == 0.0 || c.downlink_mbps == 0.0;
    if (out || c.rssi_dbm < leave_below_dbm) {
      on_wifi = false;
    } else if (c.rssi_dbm > return_above_dbm) {
      on_wifi = true;
    }
  };
  // A course that repeats starts as it ends.
  for (std::size_t s = 0; wifi.repeats() && s < wifi.size(); ++s) follow(wifi.value(s));
  Timeline<LinkId> timeline;
  const std::uint32_t on = timeline.share(LinkId::kWifi);
  const std::uint32_t off = timeline.share(LinkId::kLte);
  for (std::size_t s = 0; s < wifi.size(); ++s) {
    follow(wifi.value(s));
    timeline.append_shared(wifi.start(s), on_wifi ? on : off);
  }
  if (wifi.repeats()) timeline.repeat_every(wifi.period());
  return timeline;
}

}  // namespace autoscale
