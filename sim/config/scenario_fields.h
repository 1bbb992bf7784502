// Fields of a scenario file: the one place for keys, texts and bounds (defaults: scenario.h).
#pragma once

#include "sim/config/field.h"
#include "sim/config/place.h"
#include "sim/config/scenario.h"
#include "sim/config/signal_fields.h"
#include "sim/model/thermal.h"

namespace autoscale {

template <>
inline constexpr std::size_t kEnumCount<QueueDiscipline> = 3;
template <>
inline constexpr std::size_t kEnumCount<PayloadFormat> = 3;
template <>
inline constexpr std::size_t kEnumCount<TrainingEnvironments> = 2;
template <>
inline constexpr std::size_t kEnumCount<EnergyModel> = 2;
template <>
inline constexpr std::size_t kEnumCount<PowerScale> = 2;
template <>
inline constexpr std::size_t kEnumCount<WorkloadOrder> = 2;
template <>
inline constexpr std::size_t kEnumCount<Evaluation> = 2;
template <>
inline constexpr std::size_t kEnumCount<CloudRoute> = 3;
template <>
inline constexpr std::size_t kEnumCount<Fallback> = 3;

template <>
struct Alternatives<ArrivalsSpec> {
  static constexpr std::array<const char*, 4> names{"closed_loop", "periodic", "poisson", "times"};
};

template <>
inline constexpr std::array<std::string_view, 2> kExactlyOne<AccuracySpec>{"percent",
                                                                           "ratio_to_fp32"};

inline constexpr std::array<std::string_view, 2> kInt8Recipes{"ptq", "qat"};
inline constexpr std::size_t kMostWorkloads = 20'000;
inline constexpr std::size_t kMostPolicies = 1'000;
inline constexpr std::size_t kMostTrainingStates = 100'000;

// ---- links -------------------------------------------------------------------------------------

template <class Visitor>
void describe(LinkSpec& self, Visitor& field) {
  field(self.radio, {.key = "radio",
                     .doc = "Name of a radio profile (configs/radios).",
                     .required = true,
                     .min_items = 1});
  field(self.signal, {.key = "signal", .doc = "RSSI (RSRP for LTE) over time.", .required = true});
}

template <class Visitor>
void describe(LinksSpec& self, Visitor& field) {
  field(self.wifi, {.key = "wifi", .doc = "To the access point, and on to the cloud."});
  field(self.wifi_direct, {.key = "wifi_direct", .doc = "To the edge peer."});
  field(self.lte, {.key = "lte", .doc = "To the base station, and on to the cloud."});
  field(self.cloud_route,
        {.key = "cloud_route",
         .doc = "The link to the cloud; required when there are both wifi and lte. handover: "
                "Wi-Fi while it is good enough, LTE otherwise."});
  field(self.handover, {.key = "handover", .doc = "When Wi-Fi is good enough."});
}

template <class Visitor>
void describe(HandoverSpec& self, Visitor& field) {
  field(self.leave_below_dbm, {.key = "leave_below_dbm",
                               .doc = "Wi-Fi is left below this level, and when nothing gets "
                                      "through (assumed).",
                               .min = kLowestDbm,
                               .max = 0});
  field(self.return_above_dbm, {.key = "return_above_dbm",
                                .doc = "Wi-Fi is taken again above this level (assumed).",
                                .min = kLowestDbm,
                                .max = 0});
}

template <class Visitor>
void describe(OffloadSpec& self, Visitor& field) {
  field(self.timeout_ms, {.key = "timeout_ms",
                          .doc = "A transfer that lasts longer fails; absent: none does.",
                          .above = 0,
                          .max = kLongestMs});
  field(self.fallback,
        {.key = "fallback",
         .doc = "What becomes of a request whose transfer fails: drop, or run on the phone, on the "
                "target of policy cpu_only (cpu) or edge_best (edge_best)."});
}

template <class Visitor>
void describe(ObservationSpec& self, Visitor& field) {
  field(
      self.sampling_period_ms,
      {.key = "sampling_period_ms",
       .doc = "The phone looks at signals and co-runners at multiples of this time and decides by "
              "the last look; 0: by the present.",
       .min = 0,
       .max = kLongestMs});
}

template <class Visitor>
void describe(ThermalSpec& self, Visitor& field) {
  field(self.ambient_c, {.key = "ambient_c",
                         .doc = "Temperature of the surroundings (assumed).",
                         .min = kColdestC,
                         .max = kHottestC});
  field(self.initial_c, {.key = "initial_c",
                         .doc = "Temperature of the phone at the start; default: ambient_c.",
                         .min = kColdestC,
                         .max = kHottestC});
}

// ---- workload ----------------------------------------------------------------------------------

template <class Visitor>
void describe(ClosedLoop& self, Visitor& field) {
  field(self.think_ms, {.key = "think_ms",
                        .doc = "Pause between the end of one request and the next.",
                        .min = 0,
                        .max = kLongestMs});
}

template <class Visitor>
void describe(Periodic& self, Visitor& field) {
  field(self.period_ms, {.key = "period_ms",
                         .doc = "Time between requests.",
                         .min = kShortestMs,
                         .max = kLongestMs,
                         .required = true});
  field(self.offset_ms,
        {.key = "offset_ms", .doc = "Time of the first request.", .min = 0, .max = kLongestMs});
}

template <class Visitor>
void describe(Poisson& self, Visitor& field) {
  field(self.rate_hz, {.key = "rate_hz",
                       .doc = "Mean requests per second.",
                       .min = 1e-6,
                       .max = 1e6,
                       .required = true});
}

template <class Visitor>
void describe(ArrivalTimes& self, Visitor& field) {
  field(self.at_ms, {.key = "at_ms",
                     .doc = "The time of each request, ascending.",
                     .min = 0,
                     .max = kLongestMs,
                     .required = true,
                     .min_items = 1});
}

template <class Visitor>
void describe(AccuracySpec& self, Visitor& field) {
  field(self.percent,
        {.key = "percent", .doc = "In the network's own metric.", .min = 0, .max = 100});
  field(self.ratio_to_fp32, {.key = dimensionless("ratio_to_fp32"),
                             .doc = "Relative to the accuracy at FP32.",
                             .min = 0,
                             .max = 1});
}

template <class Visitor>
void describe(WorkloadSpec& self, Visitor& field) {
  field(self.network, {.key = "network",
                       .doc = "Name of a network (models/networks).",
                       .required = true,
                       .min_items = 1});
  field(self.arrivals, {.key = "arrivals", .doc = "When requests arrive."});
  field(self.inferences, {.key = "inferences",
                          .doc = "Requests per replication (with times: all of them).",
                          .min = 1,
                          .max = 1e9});
  field(self.qos_ms,
        {.key = "qos_ms", .doc = "Latency requirement.", .above = kShortestMs, .max = kLongestMs});
  field(self.accuracy, {.key = "accuracy",
                        .doc = "Accuracy requirement: percent or "
                               "ratio_to_fp32.",
                        .required = true});
  field(self.queue, {.key = "queue", .doc = "What waiting requests do."});
  field(self.payload, {.key = "payload", .doc = "How the input is sent over a link."});
  field(self.jpeg_ratio,
        {.key = "jpeg_ratio", .doc = "JPEG bytes / uint8 bytes (assumed).", .above = 0, .max = 1});
}

template <class Visitor>
void describe(TrainingSpec& self, Visitor& field) {
  field(self.inferences_per_state, {.key = "inferences_per_state",
                                    .doc = "Training requests per state visited.",
                                    .min = 1,
                                    .max = 1e9});
  field(self.environments,
        {.key = "environments", .doc = "grid (all levels below) or scenario (as in the run)."});
  field(self.leave_out, {.key = "leave_out",
                         .doc = "Networks of the workload that learners are not trained on.",
                         .omit_empty = true});
  field(self.cpu_ratio, {.key = "cpu_ratio",
                         .doc = "Co-runner CPU levels of the grid.",
                         .min = 0,
                         .max = 1,
                         .min_items = 1});
  field(self.memory_ratio, {.key = "memory_ratio",
                            .doc = "Co-runner memory levels of the grid.",
                            .min = 0,
                            .max = 1,
                            .min_items = 1});
  field(self.wifi_dbm, {.key = "wifi_dbm",
                        .doc = "Wi-Fi levels of the grid.",
                        .min = kLowestDbm,
                        .max = 0,
                        .min_items = 1});
  field(self.wifi_direct_dbm, {.key = "wifi_direct_dbm",
                               .doc = "Wi-Fi Direct levels of the grid.",
                               .min = kLowestDbm,
                               .max = 0,
                               .min_items = 1});
}

// ---- policies and the whole --------------------------------------------------------------------

template <class Visitor>
void describe(PolicySpec& self, Visitor& field) {
  field(self.name, {.key = "name", .doc = "As it appears in results; default: the policy."});
  field(self.policy,
        {.key = "policy", .doc = "Name of a registered policy.", .required = true, .min_items = 1});
  field(self.trained,
        {.key = "trained",
         .doc = "false: a learner that starts untrained, although /training is given."});
  field(self.evaluation,
        {.key = "evaluation",
         .doc = "frozen, or online: it keeps learning while it is judged; default: "
                "frozen, online with --online."});
  JsonText config{.text = self.config_json, .or_name = true};
  field(config, {.key = "config",
                 .doc = "The policy's own fields, or the name of a file in configs/policies."});
}

// "oracle" stands for {"policy": "oracle"}.
inline void read_shorthand(const std::string& text, PolicySpec& self) { self.policy = text; }

template <class Visitor>
void describe_models(Scenario& self, Visitor& field) {
  field(self.energy_model, {.key = "energy_model",
                            .doc = "full, or paper: the four equations of the AutoScale paper."});
  field(self.power_scale,
        {.key = "power_scale", .doc = "Peak powers: of the paper's table, or measured."});
  field(self.int8_recipe, {.key = "int8_recipe",
                           .doc = "Accuracies of INT8: ptq or qat (post-training quantisation or "
                                  "quantisation-aware training).",
                           .names = kInt8Recipes});
  field(self.service_noise, {.key = "service_noise", .doc = "Log-normal service noise."});
  field(self.seed, {.key = "seed", .doc = "Of all random streams."});
  field(self.replications,
        {.key = "replications", .doc = "Independent repetitions.", .min = 1, .max = 1e6});
}

template <class Visitor>
void describe(Scenario& self, Visitor& field) {
  field(self.name, {.key = "name", .doc = "Short name.", .required = true, .min_items = 1});
  field(self.title, {.key = "title", .doc = "The question, in words.", .omit_empty = true});
  field(self.device, {.key = "device",
                      .doc = "The phone under test (models/devices).",
                      .required = true,
                      .min_items = 1});
  field(self.edge_peer,
        {.key = "edge_peer", .doc = "The connected tablet, if there is one.", .omit_empty = true});
  field(self.cloud, {.key = "cloud", .doc = "The server, if there is one.", .omit_empty = true});
  field(self.links, {.key = "links", .doc = "The phone's links."});
  field(self.co_runner, {.key = "co_runner", .doc = "Other load on the phone; default: none."});
  field(self.offload, {.key = "offload", .doc = "Transfers that take too long."});
  field(self.observation, {.key = "observation", .doc = "How fresh what a policy sees is."});
  field(self.thermal, {.key = "thermal",
                       .doc = "The phone warms and throttles as its profile says; default: it "
                              "stays cool."});
  field(self.workload,
        {.key = "workload", .doc = "What is asked for.", .required = true, .min_items = 1});
  field(self.workload_order, {.key = "workload_order",
                              .doc = "One workload after the other, or all at once; required when "
                                     "there are several."});
  field(self.training,
        {.key = "training", .doc = "Training before the run; default: learners start untrained."});
  field(self.policies, {.key = "policies", .doc = "Policies to compare.", .omit_empty = true});
  JsonText policy{.text = self.policy_config_json};
  field(policy, {.key = "policy", .doc = "Fields for every policy that knows them."});
  describe_models(self, field);
}

void validate(const HandoverSpec& levels, const Place& place);
void validate(const LinksSpec& links, const Place& place);
void validate(const ArrivalTimes& times, const Place& place);
void validate(const WorkloadSpec& workload, const Place& place);
void validate(const TrainingSpec& training, const Place& place);
void validate(const Scenario& scenario, const Place& place);

}  // namespace autoscale
