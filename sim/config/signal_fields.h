// Fields of signals and co-runner loads in a scenario file: keys, texts and bounds (defaults:
// signal_spec.h).
#pragma once

#include "sim/config/field.h"
#include "sim/config/place.h"
#include "sim/config/signal_spec.h"

namespace autoscale {

template <>
inline constexpr std::size_t kEnumCount<TraceEnd> = 2;
template <>
inline constexpr std::size_t kEnumCount<TraceGaps> = 2;

template <>
inline constexpr std::array<std::string_view, 6> kExactlyOne<SignalSpec>{
    "constant_dbm", "steps", "trace", "gaussian", "ar1", "markov"};
template <>
inline constexpr std::array<std::string_view, 3> kExactlyOne<CoRunnerSpec>{"constant", "steps",
                                                                           "trace"};

inline constexpr double kLowestDbm = -150;
inline constexpr double kLongestMs = 1e9;    // 11 days; simulated time holds 292 years
inline constexpr double kShortestMs = 1e-6;  // a nanosecond
inline constexpr double kGreatestSdDb = 50;

// ---- traces ------------------------------------------------------------------------------------

template <class Visitor>
void describe(TraceReplay& self, Visitor& field) {
  field(self.file, {.key = "file",
                    .doc = "Name of a trace (traces/), or a path.",
                    .required = true,
                    .min_items = 1});
  field(self.from_ms, {.key = "from_ms",
                       .doc = "Where the part of the trace begins that is played.",
                       .min = 0,
                       .max = kLongestMs});
  field(self.to_ms, {.key = "to_ms",
                     .doc = "Where it ends; default: with the trace.",
                     .above = 0,
                     .max = kLongestMs});
  field(self.offset_ms, {.key = "offset_ms",
                         .doc = "Where in that part the run begins.",
                         .min = 0,
                         .max = kLongestMs});
  field(self.random_offset,
        {.key = "random_offset", .doc = "Begin somewhere in it, for each replication elsewhere."});
  field(self.end,
        {.key = "end", .doc = "What comes after the end: all of it again, or its last values."});
  field(self.speed_ratio,
        {.key = "speed_ratio", .doc = "2: twice as fast.", .min = 1e-3, .max = 1e3});
  field(self.gaps,
        {.key = "gaps",
         .doc = "What a gap means: the level before it holds, or nothing gets through."});
}

// "indoor_walk" stands for {"file": "indoor_walk"}.
inline void read_shorthand(const std::string& text, TraceReplay& self) { self.file = text; }

// ---- generated signals -------------------------------------------------------------------------

template <class Signal, class Visitor>
void describe_sampling(Signal& self, Visitor& field) {
  field(self.step_ms, {.key = "step_ms",
                       .doc = "Time between samples.",
                       .min = 1e-3,
                       .max = kLongestMs,
                       .required = true});
  field(self.duration_ms, {.key = "duration_ms",
                           .doc = "How much is generated; then it comes again.",
                           .min = 1e-3,
                           .max = kLongestMs});
}

template <class Signal, class Visitor>
void describe_normal(Signal& self, Visitor& field) {
  field(self.mean_dbm,
        {.key = "mean_dbm", .doc = "Mean level.", .min = kLowestDbm, .max = 0, .required = true});
  field(self.sd_db, {.key = "sd_db",
                     .doc = "Standard deviation.",
                     .min = 0,
                     .max = kGreatestSdDb,
                     .required = true});
}

template <class Signal, class Visitor>
void describe_lag1(Signal& self, Visitor& field) {
  field(self.lag1, {.key = dimensionless("lag1"),
                    .doc = "Correlation of a sample with the next.",
                    .min = -0.9999,
                    .max = 0.9999});
}

template <class Visitor>
void describe(GaussianSignal& self, Visitor& field) {
  describe_normal(self, field);
  describe_sampling(self, field);
}

template <class Visitor>
void describe(Ar1Signal& self, Visitor& field) {
  describe_normal(self, field);
  describe_lag1(self, field);
  describe_sampling(self, field);
}

template <class Visitor>
void describe(MarkovSignalState& self, Visitor& field) {
  describe_normal(self, field);
  describe_lag1(self, field);
  field(self.min_dbm,
        {.key = "min_dbm", .doc = "Levels of this state stay above.", .min = kLowestDbm, .max = 0});
  field(self.max_dbm, {.key = "max_dbm", .doc = "And below.", .min = kLowestDbm, .max = 0});
  field(self.outage, {.key = "outage", .doc = "Nothing gets through while it lasts."});
}

template <class Visitor>
void describe(MarkovSignal& self, Visitor& field) {
  field(self.states,
        {.key = "states", .doc = "Levels in each state.", .required = true, .min_items = 1});
  field(self.transition, {.key = dimensionless("transition"),
                          .doc = "Probabilities per sample, a row for each state to go from.",
                          .min = 0,
                          .max = 1,
                          .required = true,
                          .min_items = 1});
  describe_sampling(self, field);
}

// ---- signals -----------------------------------------------------------------------------------

template <class Visitor>
void describe(SignalStep& self, Visitor& field) {
  field(
      self.at_ms,
      {.key = "at_ms", .doc = "From this time on.", .min = 0, .max = kLongestMs, .required = true});
  field(self.dbm,
        {.key = "dbm", .doc = "Signal level.", .min = kLowestDbm, .max = 0, .required = true});
}

template <class Visitor>
void describe(SignalSpec& self, Visitor& field) {
  field(
      self.constant_dbm,
      {.key = "constant_dbm", .doc = "One level for the whole run.", .min = kLowestDbm, .max = 0});
  field(self.steps, {.key = "steps",
                     .doc = "Levels that change at given times, the first at 0.",
                     .min_items = 1,
                     .omit_empty = true});
  field(self.trace, {.key = "trace", .doc = "Replays a trace."});
  field(self.gaussian, {.key = "gaussian", .doc = "Independent normal samples."});
  field(self.ar1, {.key = "ar1", .doc = "Normal samples, each correlated with the one before."});
  field(self.markov,
        {.key = "markov", .doc = "States such as regular and weak, that come and go."});
}

// ---- co-runner ---------------------------------------------------------------------------------

template <class Load, class Visitor>
void describe_load(Load& self, Visitor& field) {
  field(self.cpu_ratio, {.key = "cpu_ratio",
                         .doc = "Share of all cores that co-runners keep busy.",
                         .min = 0,
                         .max = 1});
  field(self.memory_ratio,
        {.key = "memory_ratio", .doc = "Memory load of the co-runners.", .min = 0, .max = 1});
}

template <class Visitor>
void describe(CoRunnerLevel& self, Visitor& field) {
  describe_load(self, field);
}

template <class Visitor>
void describe(CoRunnerStep& self, Visitor& field) {
  field(
      self.at_ms,
      {.key = "at_ms", .doc = "From this time on.", .min = 0, .max = kLongestMs, .required = true});
  describe_load(self, field);
}

template <class Visitor>
void describe(CoRunnerSpec& self, Visitor& field) {
  field(self.constant, {.key = "constant", .doc = "One load for the whole run."});
  field(self.steps, {.key = "steps",
                     .doc = "Loads that change at given times, the first at 0.",
                     .min_items = 1,
                     .omit_empty = true});
  field(self.trace, {.key = "trace", .doc = "Replays a trace."});
}

void validate(const TraceReplay& replay, const Place& place);
void validate(const MarkovSignalState& state, const Place& place);
void validate(const MarkovSignal& signal, const Place& place);
void validate(const SignalSpec& signal, const Place& place);
void validate(const CoRunnerSpec& co_runner, const Place& place);

}  // namespace autoscale
