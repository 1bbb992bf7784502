// Recorded logs of others to traces. Each importer reads line by line, reports everything that is wrong with its line
// and returns nothing then; what the format allows to be left out is counted in the report. Where nothing is left, it
// returns nothing, too, and the report says why. Times count from the first sample kept. Stretches without a sample
// are gaps.
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/traces/import_report.h"
#include "sim/traces/trace.h"

namespace autoscale {

// UCC 4G/5G logs (Raca et al., MMSys 2020), CSV with about one row per second. Several rows of one second make one
// sample: the level and the mode of the last, the mean downlink of all. The uplink column holds acknowledgements of a
// download and is left out, and so is the downlink of idle seconds (State I), which measures no link. More than 2 s
// without a row, or a second in another mode, are a gap, and so is the level -200 dBm, which the logger writes when it
// has none.
struct UccOptions {
  std::string mode = "LTE";  // of the column NetworkMode
};
std::optional<Trace> import_ucc(std::istream& text, const std::string& file,
                                const UccOptions& options, ImportReport& report,
                                Diagnostics& diagnostics);

// mahimahi (Netravali et al., USENIX ATC 2015): a line per opportunity to send 1500 bytes, the ms from the start.
// Counted in windows; the last one, which is not complete, is left out. Where one direction is longer, the other one
// is a gap. The format has no level: the trace says `level_dbm` of RSRP throughout.
struct MahimahiOptions {
  double window_ms = 100.0;
  double level_dbm = 0.0;
};
struct MahimahiFile {
  std::istream* text = nullptr;
  std::string file;
};
std::optional<Trace> import_mahimahi(const std::optional<MahimahiFile>& up,
                                     const std::optional<MahimahiFile>& down,
                                     const MahimahiOptions& options, ImportReport& report,
                                     Diagnostics& diagnostics);

// FEUP Wi-Fi experiments (summary_final-exp-log.csv), a row per second of each pair. Kept: rows of the pair with
// isInLap 1. A second in which no frame was heard (rssiMean -100) has no level and a goodput of 0.
struct FeupOptions {
  std::string sender = "ap2";
  std::string receiver = "m1";
};
std::optional<Trace> import_feup(std::istream& text, const std::string& file,
                                 const FeupOptions& options, ImportReport& report,
                                 Diagnostics& diagnostics);

// Load of app sessions of wipe-v2: JSON with windowedLoad, rows of [max, core 0..3, input] in percent. cpu_ratio is
// the mean of the cores. Memory load is not in the data: the trace says `memory_ratio` throughout.
struct WipeOptions {
  double memory_ratio = 0.0;
};
std::optional<Trace> import_wipe(const std::string& text, const std::string& file,
                                 const WipeOptions& options, ImportReport& report,
                                 Diagnostics& diagnostics);

// Any CSV with a header line.
struct CsvMapping {
  std::string target;  // a name of csv_targets(): what it becomes, with the unit it is in
  std::string column;  // its name in the file
};
struct CsvCondition {
  std::string column;
  std::string value;
};
struct CsvOptions {
  std::vector<CsvMapping> map{};
  std::vector<CsvCondition> where{};  // rows that meet all of them are kept
  // A column: another value in it begins a piece of its own, a gap before it. Empty: all is one piece.
  std::string pieces{};
  char separator = ',';
};
[[nodiscard]] std::vector<std::string> csv_targets();
std::optional<Trace> import_csv(std::istream& text, const std::string& file,
                                const CsvOptions& options, ImportReport& report,
                                Diagnostics& diagnostics);

}  // namespace autoscale
