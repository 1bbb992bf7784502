#include "sim/policies/records.h"

namespace autoscale {

Record record_of(const Outcome& outcome, const StateVector& state, const WorkloadInfo& workload) {
  return {.state = state,
          .target = outcome.target,
          .meets_accuracy = outcome.meets_accuracy,
          .qos_ms = workload.qos.value,
          .latency_ms = outcome.latency.value,
          .energy_mj = outcome.energy.value};
}

RecordSample::RecordSample(std::size_t capacity, StreamKey rng) : capacity_(capacity), rng_(rng) {
  rng_.stream = Stream::kPolicy;
}

std::uint64_t RecordSample::place_of_next() const {
  if (seen_ < capacity_) return seen_;
  // floor(u (n + 1)) of 52 random bits: exact for any number of records that a run can have.
  const double u = draw_uniform(rng_, static_cast<std::uint32_t>(PredictorDraws::kRecords), seen_);
  return static_cast<std::uint64_t>(u * static_cast<double>(seen_ + 1));
}

bool RecordSample::add(const Record& record, std::size_t* replaced) {
  const std::uint64_t place = place_of_next();
  ++seen_;
  if (place >= capacity_) return false;
  if (place < records_.size()) {
    records_[place] = record;
  } else {
    records_.push_back(record);
  }
  if (replaced != nullptr) *replaced = place;
  return true;
}

}  // namespace autoscale
