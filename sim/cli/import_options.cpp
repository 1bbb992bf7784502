#include "sim/cli/import_options.h"

#include <array>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/option_values.h"
#include "sim/traces/line_reader.h"

namespace autoscale {
namespace {

// An option that one format takes.
struct FormatOption {
  const char* name;
  const char* format;
  std::string ImportArguments::*text;
};

constexpr std::array kFormatOptions{
    FormatOption{"--mode", "ucc", &ImportArguments::mode},
    FormatOption{"--window-ms", "mahimahi", &ImportArguments::window_ms},
    FormatOption{"--level-dbm", "mahimahi", &ImportArguments::level_dbm},
    FormatOption{"--pair", "feup-wifi", &ImportArguments::pair},
    FormatOption{"--memory-ratio", "wipe-load", &ImportArguments::memory_ratio},
    FormatOption{"--pieces", "csv", &ImportArguments::pieces},
    FormatOption{"--separator", "csv", &ImportArguments::separator},
};

class OptionReader {
 public:
  OptionReader(ImportArguments& arguments, Diagnostics& problems)
      : a_(arguments), problems_(problems) {}

  void read() {
    refuse_foreign();
    if (a_.format == "ucc" && !a_.mode.empty()) a_.ucc.mode = a_.mode;
    if (a_.format == "mahimahi") read_mahimahi();
    if (a_.format == "feup-wifi") read_pair();
    if (a_.format == "wipe-load") {
      require("--memory-ratio", a_.memory_ratio, "memory load is not in the data; 0 says none");
      read_number("--memory-ratio", a_.memory_ratio, 0.0, 1.0, a_.wipe.memory_ratio);
    }
    if (a_.format == "csv") read_csv();
  }

 private:
  void refuse(const char* option, std::string what, std::string hint = "") {
    problems_.add({option, "", std::move(what), std::move(hint)});
  }

  void refuse_foreign() {
    for (const FormatOption& o : kFormatOptions) {
      if (!(a_.*o.text).empty() && a_.format != o.format)
        refuse(o.name, fmt::format("is an option of {}, the format is {}", o.format, a_.format));
    }
    if (a_.format == "csv") return;
    for (const auto& [name, texts] : {std::pair{"--map", &a_.map}, {"--where", &a_.where}}) {
      if (!texts->empty())
        refuse(name, fmt::format("is an option of csv, the format is {}", a_.format));
    }
  }

  void require(const char* option, const std::string& text, const char* why) {
    if (text.empty()) refuse(option, fmt::format("is required by {}", a_.format), why);
  }

  void read_number(const char* option, const std::string& text, double min, double max,
                   double& value) {
    if (text.empty()) return;
    double read = 0.0;
    if (parse_number(text, read) && read >= min && read <= max) {
      value = read;
    } else {
      refuse(option,
             fmt::format("expected a number in [{}, {}], got {}", min, max, quoted_field(text)));
    }
  }

  void read_mahimahi() {
    require("--level-dbm", a_.level_dbm,
            "the format has no level: give the RSRP that the whole trace is to say");
    read_number("--level-dbm", a_.level_dbm, -150.0, 0.0, a_.mahimahi.level_dbm);
    read_number("--window-ms", a_.window_ms, 1.0, 60'000.0, a_.mahimahi.window_ms);
  }

  void read_pair() {
    require("--pair", a_.pair, "one access point and one client, such as \"ap2->m1\"");
    if (a_.pair.empty()) return;
    const std::size_t arrow = a_.pair.find("->");
    if (arrow == std::string::npos || arrow == 0 || arrow + 2 == a_.pair.size()) {
      refuse("--pair", fmt::format("expected SENDER->RECEIVER, got {}", quoted_field(a_.pair)),
             "quote it in a shell: --pair 'ap2->m1'");
      return;
    }
    a_.feup.sender = a_.pair.substr(0, arrow);
    a_.feup.receiver = a_.pair.substr(arrow + 2);
  }

  void read_csv() {
    if (a_.map.empty())
      refuse("--map", "is required by csv", "such as --map time_s=timestamp,rssi_dbm=RSSI");
    for (const std::string& text : a_.map) {
      std::string_view rest = text;
      std::string_view part;
      while (next_field(rest, ',', part)) {
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos || equals == 0 || equals + 1 == part.size()) {
          refuse("--map", fmt::format("expected NAME=COLUMN, got {}", quoted_field(part)));
        } else {
          a_.csv.map.push_back(
              {std::string(part.substr(0, equals)), std::string(part.substr(equals + 1))});
        }
      }
    }
    for (const std::string& text : a_.where) {
      const std::size_t equals = text.find('=');
      if (equals == std::string::npos || equals == 0) {
        refuse("--where", fmt::format("expected COLUMN=VALUE, got {}", quoted_field(text)));
      } else {
        a_.csv.where.push_back({text.substr(0, equals), text.substr(equals + 1)});
      }
    }
    a_.csv.pieces = a_.pieces;
    if (a_.separator.empty()) return;
    const std::string separator = a_.separator == "tab" ? "\t" : a_.separator;
    if (separator.size() != 1 || separator == "\"") {
      refuse("--separator",
             fmt::format("expected one character or tab, got {}", quoted_field(a_.separator)));
      return;
    }
    a_.csv.separator = separator.front();
  }

  ImportArguments& a_;
  Diagnostics& problems_;
};

}  // namespace

void declare_import_options(CLI::App& command, ImportArguments& a) {
  command.add_option("format", a.format, "What the files are")
      ->required()
      ->check(CLI::IsMember({"ucc", "mahimahi", "feup-wifi", "wipe-load", "csv"}))
      ->type_name("FORMAT");
  command
      .add_option("file", a.files,
                  "The recording; several: one after the other, a gap between them. mahimahi: NAME "
                  "stands for NAME.up and NAME.down")
      ->required()
      ->check(not_empty())
      ->type_name("FILE");
  command.add_option("--out", a.out, "The trace to write")
      ->required()
      ->check(not_empty())
      ->type_name("TRACE.csv");
  const auto text = [&](const char* name, std::string& value, const char* doc, const char* type) {
    command.add_option(name, value, doc)->check(not_empty())->type_name(type);
  };
  text("--mode", a.mode, "ucc: the NetworkMode to keep (LTE)", "MODE");
  text("--window-ms", a.window_ms, "mahimahi: what deliveries are counted over (100)", "MS");
  text("--level-dbm", a.level_dbm, "mahimahi, required: the RSRP of the whole trace", "DBM");
  text("--pair", a.pair, "feup-wifi, required: SENDER->RECEIVER", "PAIR");
  text("--memory-ratio", a.memory_ratio,
       "wipe-load, required: the memory load of the whole trace, 0 to 1", "RATIO");
  command
      .add_option(
          "--map", a.map,
          "csv, required: NAME=COLUMN,...; a NAME says the unit of the column: time_s, "
          "time_ms, rssi_dbm, rsrp_dbm, uplink_mbps, uplink_kbps, cpu_ratio, cpu_percent, ...")
      ->allow_extra_args(false)
      ->check(not_empty())
      ->type_name("MAP");
  command
      .add_option("--where", a.where, "csv: keep the rows with this value in a column (repeatable)")
      ->allow_extra_args(false)
      ->check(not_empty())
      ->type_name("COLUMN=VALUE");
  text("--pieces", a.pieces,
       "csv: a column; another value in it begins a recording of its own, after a gap", "COLUMN");
  text("--separator", a.separator, "csv: what separates the columns (,); tab for a tab", "CHAR");
  command.add_option("--format", a.print, "Statistics as table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->type_name("FORMAT");
}

void read_import_options(ImportArguments& arguments, Diagnostics& problems) {
  OptionReader(arguments, problems).read();
}

std::string chosen_options(const ImportArguments& arguments) {
  std::vector<std::string> given;
  for (const FormatOption& o : kFormatOptions) {
    const std::string& text = arguments.*o.text;
    if (!text.empty()) given.push_back(fmt::format("{} {}", o.name, text));
  }
  for (const std::string& text : arguments.map) given.push_back("--map " + text);
  for (const std::string& text : arguments.where) given.push_back("--where " + text);
  return given.empty() ? "" : fmt::format(" ({})", fmt::join(given, " "));
}

std::vector<std::string> assumed_notes(const ImportArguments& arguments) {
  if (arguments.format == "mahimahi")
    return {fmt::format("assumed: RSRP {} dBm throughout, the recording has no level",
                        arguments.mahimahi.level_dbm)};
  if (arguments.format == "wipe-load")
    return {fmt::format("assumed: memory_ratio {} throughout, the recording has none",
                        arguments.wipe.memory_ratio)};
  return {};
}

}  // namespace autoscale
