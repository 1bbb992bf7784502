// A list that `list` prints: rows of named values, as a table or as a JSON array of objects.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/config/data_path.h"

namespace autoscale {

using ListedValue = std::variant<std::string, double, std::vector<std::string>>;

class Listing {
 public:
  explicit Listing(std::initializer_list<std::string_view> keys)
      : keys_(keys.begin(), keys.end()) {}
  void add(std::vector<ListedValue> row);  // as many as keys

  [[nodiscard]] std::string table() const;
  [[nodiscard]] std::string json() const;

 private:
  std::vector<std::string> keys_;
  std::vector<std::vector<ListedValue>> rows_;
};

// What there is to list. Profiles that cannot be read throw InputError.
Listing list_policies();
Listing list_metrics();
Listing list_devices(const DataPath& data);
Listing list_networks(const DataPath& data);
Listing list_radios(const DataPath& data);
Listing list_scenarios(const DataPath& data);
Listing list_sweeps(const DataPath& data);
Listing list_traces(const DataPath& data);
// Every whole-network latency of every device, beside the published figure it rests on.
Listing list_latencies(const DataPath& data);
// Every assumed figure of models/ and configs/, and every default of a scenario whose text says so.
Listing list_assumptions(const DataPath& data);

}  // namespace autoscale
