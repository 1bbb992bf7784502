// autoscale-sim import: recorded logs of others to a trace.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/commands.h"
#include "sim/cli/import_options.h"
#include "sim/cli/option_values.h"
#include "sim/cli/talk.h"
#include "sim/cli/trace_report.h"
#include "sim/config/json_file.h"
#include "sim/report/output_file.h"
#include "sim/traces/line_reader.h"
#include "sim/traces/trace_builder.h"
#include "sim/traces/trace_file.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

// NAME, NAME.up or NAME.down stand for both files of NAME; one of them may be missing.
std::optional<Trace> import_pair(const std::string& name, const MahimahiOptions& options,
                                 ImportReport& report, Diagnostics& problems) {
  fs::path stem = name;
  if (stem.extension() == ".up" || stem.extension() == ".down") stem.replace_extension();
  const fs::path up = stem.string() + ".up";
  const fs::path down = stem.string() + ".down";
  std::error_code error;
  const bool has_up = fs::exists(up, error);
  const bool has_down = fs::exists(down, error);
  if (!has_up && !has_down) {
    problems.add({name, "", fmt::format("there is neither {} nor {}", up.string(), down.string()),
                  "name the two files without their ending"});
    return std::nullopt;
  }
  if (!has_up || !has_down) {
    report.notes.push_back(
        fmt::format("there is no {}: one direction only", (has_up ? down : up).string()));
  }
  std::optional<std::ifstream> up_text;
  std::optional<std::ifstream> down_text;
  if (has_up) up_text = open_text_file(up, problems);
  if (has_down) down_text = open_text_file(down, problems);
  if (has_up != up_text.has_value() || has_down != down_text.has_value()) return std::nullopt;
  std::optional<MahimahiFile> up_file;
  std::optional<MahimahiFile> down_file;
  if (up_text) up_file = MahimahiFile{&*up_text, up.string()};
  if (down_text) down_file = MahimahiFile{&*down_text, down.string()};
  return import_mahimahi(up_file, down_file, options, report, problems);
}

std::optional<Trace> import_one(const std::string& file, const ImportArguments& arguments,
                                ImportReport& report, Diagnostics& problems) {
  if (arguments.format == "mahimahi")
    return import_pair(file, arguments.mahimahi, report, problems);
  if (arguments.format == "wipe-load") {
    std::optional<std::string> text = read_text_file(file, problems);
    return text ? import_wipe(*text, file, arguments.wipe, report, problems) : std::nullopt;
  }
  std::optional<std::ifstream> text = open_text_file(file, problems);
  if (!text) return std::nullopt;
  if (arguments.format == "ucc") return import_ucc(*text, file, arguments.ucc, report, problems);
  if (arguments.format == "feup-wifi")
    return import_feup(*text, file, arguments.feup, report, problems);
  return import_csv(*text, file, arguments.csv, report, problems);
}

void tell_report(const std::string& file, const ImportReport& report, std::size_t samples) {
  tell("{}: read {} rows, kept {} samples\n", file, report.rows, samples);
  for (const DroppedRows& d : report.dropped) {
    tell("{}: dropped {} rows: {} (first: line {})\n", file, d.rows, d.reason, d.first_line);
  }
  for (const std::string& note : report.notes) tell("{}: {}\n", file, note);
}

std::string origin(const ImportArguments& arguments) {
  std::vector<std::string> names;
  for (const std::string& file : arguments.files)
    names.push_back(fs::path(file).filename().string());
  return one_line(fmt::format("Imported by autoscale-sim from {} {}{}", arguments.format,
                              fmt::join(names, ", "), chosen_options(arguments)));
}

int import_files(ImportArguments& arguments, const GlobalOptions& global) {
  Diagnostics problems;
  read_import_options(arguments, problems);
  problems.throw_if_any();
  OutputFile out(arguments.out, "--out");
  std::vector<Trace> traces;
  double total_ns = 0.0;
  std::vector<Diagnostic> left_out;  // files that hold nothing that is wanted
  for (const std::string& file : arguments.files) {
    ImportReport report;
    std::optional<Trace> trace = import_one(file, arguments, report, problems);
    if (!report.nothing.empty()) left_out.push_back({file, "", report.nothing, ""});
    if (!trace) continue;
    if (!global.quiet) tell_report(file, report, trace->samples());
    if (!traces.empty() && trace->series.size() != traces.front().series.size()) {
      problems.add({file, "", "has other columns than the file before", "import it by itself"});
      continue;
    }
    total_ns += static_cast<double>(trace->duration_ns());
    if (total_ns > static_cast<double>(kLongestTraceNs)) {
      problems.add({file, "", "makes more than 31 years, together with the files before", ""});
      break;
    }
    traces.push_back(std::move(*trace));
  }
  problems.throw_if_any();
  if (traces.empty()) throw InputError(left_out);
  if (!global.quiet) {
    for (const Diagnostic& d : left_out) tell("left out: {}\n", to_string(d));
  }
  Trace trace = joined(std::move(traces));
  trace.notes.push_back(origin(arguments));
  for (const std::string& note : assumed_notes(arguments)) trace.notes.push_back(note);
  write_trace(trace, [&](std::string_view part) { out.append(part); });
  out.commit();
  print_statistics(statistics_of(trace), arguments.print);
  return kExitOk;
}

}  // namespace

void add_import(CLI::App& app, const GlobalOptions& global, Action& action) {
  CLI::App* command = app.add_subcommand(
      "import", "Turn recorded logs into a trace, and print what the trace is like");
  command->fallthrough();
  const auto arguments = std::make_shared<ImportArguments>();
  declare_import_options(*command, *arguments);
  command->callback([arguments, &global, &action] {
    action = [arguments, &global] { return import_files(*arguments, global); };
  });
}

}  // namespace autoscale
