// What predictors learn from: a bounded sample of the outcomes of a training campaign, and its file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "sim/base/random.h"
#include "sim/config/field.h"
#include "sim/policies/features.h"

namespace autoscale {

inline constexpr double kMostRecords = 1 << 20;

// The keys that all policies which learn from records share.
template <class Visitor>
void describe_records(std::int64_t& records_count, std::string& load, double most, Visitor& field) {
  field(records_count, {.key = "records_count",
                        .doc = "Outcomes of the training that are kept to learn from, a uniform "
                               "sample of all.",
                        .min = 1,
                        .max = most});
  field(load, {.key = "load",
               .doc = "Saved records to learn from instead of training; a path relative to the "
                      "working directory. Empty: start untrained."});
}

// Entities of the stream kPolicy that predictors draw from.
enum class PredictorDraws : std::uint32_t { kTargets, kRecords };

// One measured inference. Says nothing that only one scenario knows, but the target.
struct Record {
  StateVector state{};
  TargetId target = kNoTarget;
  bool meets_accuracy = false;
  double qos_ms = 0.0;
  double latency_ms = 0.0;
  double energy_mj = 0.0;
};

// Precondition: the outcome is not of a dropped request.
Record record_of(const Outcome& outcome, const StateVector& state, const WorkloadInfo& workload);

// At most `capacity` of all records seen, each equally likely to be kept (algorithm R, Vitter, ACM TOMS 11, 1985), by
// draws keyed by the number of the record.
class RecordSample {
 public:
  // Precondition: capacity > 0.
  RecordSample(std::size_t capacity, StreamKey rng);

  // Whether the next record will be kept.
  [[nodiscard]] bool keeps_next() const { return place_of_next() < capacity_; }
  // Returns whether it was kept, and replaces `replaced` then, which is records().size() - 1 for one that is new.
  bool add(const Record& record, std::size_t* replaced = nullptr);
  [[nodiscard]] std::span<const Record> records() const { return records_; }
  [[nodiscard]] std::uint64_t seen() const { return seen_; }
  [[nodiscard]] std::size_t footprint_bytes() const { return records_.size() * sizeof(Record); }

 private:
  [[nodiscard]] std::uint64_t place_of_next() const;

  std::size_t capacity_;
  StreamKey rng_;
  std::uint64_t seen_ = 0;
  std::vector<Record> records_;
};

// The records as JSON; targets are written as place and f/f_max. The same records give the same bytes.
void write_records(std::span<const Record> records, std::span<const Target> targets,
                   std::ostream& out);
// Throws InputError with everything that is wrong with the file, targets that this phone does not have included.
std::vector<Record> read_records(const std::string& path, std::span<const Target> targets);
std::vector<Record> parse_records(std::string_view text, const std::string& file,
                                  std::span<const Target> targets);

}  // namespace autoscale
