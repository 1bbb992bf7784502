// results.csv: tidy rows, one per scenario, device, policy, network and replication, a column per
// metric. Numbers are the shortest that read back as the same double; what is not defined is empty.
#pragma once

#include <string>
#include <string_view>

#include "sim/report/summary.h"

namespace autoscale {

// Columns that stand before the scenario, such as those of a sweep: "point,rssi_dbm,", and their cells,
// "17,-85,".
[[nodiscard]] std::string csv_header(std::string_view leading = "");
[[nodiscard]] std::string csv_rows(const Summary& summary, std::string_view leading = "",
                                   bool by_network = true);

// summary.csv: the same without replications, each metric as its mean and the half width of its 95 %
// interval (METRIC, METRIC_ci95).
[[nodiscard]] std::string summary_csv_header(std::string_view leading = "");
[[nodiscard]] std::string summary_csv_rows(const Summary& summary, std::string_view leading = "",
                                           bool by_network = true);

// A text as one CSV field (RFC 4180), quoted where needed.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace autoscale
