// Traces and generated signals as timelines of conditions.
#pragma once

#include <optional>
#include <string>

#include "sim/base/random.h"
#include "sim/config/signal_spec.h"
#include "sim/engine/cost_table.h"
#include "sim/engine/environment.h"
#include "sim/traces/trace.h"

namespace autoscale {

LoadConditions resolve_load(const PhoneCost& phone, Load load);

// Why a trace cannot be replayed this way; empty: it can.
std::string signal_trace_problem(const Trace& trace, const TraceReplay& replay, SignalKind radio);
std::string load_trace_problem(const Trace& trace, const TraceReplay& replay);

// A co-runner's load from a trace, as `replay` says; `entity` keys a random offset.
Timeline<LoadConditions> replay_load(const Trace& trace, const TraceReplay& replay,
                                     const PhoneCost& phone, const StreamKey& key);

// A link's conditions. Goodputs come from the trace's columns, and from the radio's tables over the level where it has
// none; a direction without a column of its own is out while the other has goodput 0.
Timeline<LinkConditions> replay_signal(const Trace& trace, const TraceReplay& replay,
                                       const RadioProfile& radio, LinkId link,
                                       const StreamKey& key);

// What is wrong with the model of gaussian, ar1 or markov; empty: nothing, or none of them is given.
std::string generated_signal_problem(const SignalSpec& signal);

// Levels of gaussian, ar1 or markov. Precondition: `signal` is one of them.
Timeline<LinkConditions> generated_signal(const SignalSpec& signal, const RadioProfile& radio,
                                          LinkId link, const StreamKey& key);

// The link to the cloud over time: left for LTE below one level (and while nothing gets through), taken again above
// another. Precondition: `wifi` is not empty.
Timeline<LinkId> handover_timeline(const Timeline<LinkConditions>& wifi, double leave_below_dbm,
                                   double return_above_dbm);

}  // namespace autoscale
