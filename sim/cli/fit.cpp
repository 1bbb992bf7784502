// autoscale-sim fit: the parameters of a generator, from a trace.
#include "sim/traces/fit.h"

#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/commands.h"
#include "sim/cli/option_values.h"
#include "sim/cli/standard_output.h"
#include "sim/config/data_path.h"
#include "sim/report/text_table.h"
#include "sim/traces/line_reader.h"
#include "sim/traces/trace_file.h"

namespace autoscale {
namespace {

struct FitArguments {
  std::string trace;
  std::string model;
  std::string column;
  std::string edges;
  std::string title;
  std::string source;
  std::string licence;
  std::string format = "table";
};

std::vector<double> read_edges(const std::string& text, Diagnostics& problems) {
  std::vector<double> edges;
  std::string_view rest = text;
  std::string_view part;
  while (!text.empty() && next_field(rest, ',', part)) {
    double edge = 0.0;
    if (parse_number(part, edge)) {
      edges.push_back(edge);
    } else {
      problems.add({"--edges", "", fmt::format("expected numbers, got {}", quoted_field(part)),
                    "such as --edges=-67,-80"});
    }
  }
  return edges;
}

FitOptions read_options(const FitArguments& arguments, const Trace& trace, Diagnostics& problems) {
  FitOptions options;
  options.kind = arguments.model == "gaussian" ? ModelKind::kGaussian
                 : arguments.model == "ar1"    ? ModelKind::kAr1
                                               : ModelKind::kMarkov;
  options.edges = read_edges(arguments.edges, problems);
  options.column = trace.is_load() ? TraceColumn::kCpu : trace.level()->column;
  if (!arguments.column.empty()) options.column = *trace_column_named(arguments.column);
  if (options.kind == ModelKind::kMarkov && arguments.edges.empty()) {
    if (options.column != TraceColumn::kRssi && options.column != TraceColumn::kRsrp) {
      problems.add({"--edges", "",
                    fmt::format("is needed for states of {}", to_string(options.column)),
                    "such as --edges 0.05,0.2"});
    } else {
      options.edges = {options.column == TraceColumn::kRssi ? -80.0 : -100.0};  // regular and weak
    }
  }
  if (options.kind != ModelKind::kMarkov && !arguments.edges.empty())
    problems.add({"--edges", "", "is an option of --model markov", ""});
  return options;
}

std::string table_of(const std::vector<ColumnFit>& fits) {
  TextTable table;
  table.add_column("column", TextTable::Align::kLeft);
  table.add_column("parameter", TextTable::Align::kLeft);
  table.add_column("value", TextTable::Align::kRight);
  table.add_column("standard\nerror", TextTable::Align::kRight);
  for (const ColumnFit& fit : fits) {
    for (const FittedParameter& p : fit.parameters) {
      table.add_row({to_string(fit.column), p.name, fmt::format("{}", p.value),
                     p.standard_error ? fmt::format("{:.2g}", *p.standard_error) : "-"});
    }
  }
  return table.text();
}

int fit(const FitArguments& arguments, const GlobalOptions& global) {
  Diagnostics problems;
  const auto file =
      global.data_path().resolve(DataKind::kTrace, arguments.trace, Place{"", "", &problems});
  problems.throw_if_any();
  const std::optional<Trace> trace = read_trace_file(*file, problems);
  problems.throw_if_any();
  const FitOptions options = read_options(arguments, *trace, problems);
  problems.throw_if_any();
  const auto fits = fit_trace(*trace, options, file->string(), problems);
  problems.throw_if_any();
  if (arguments.format == "table") {
    print_data(table_of(*fits));
    return kExitOk;
  }
  TraceModel model = trace_model_of(*trace, *fits);
  model.title = arguments.title;
  model.source = arguments.source;
  model.licence = arguments.licence;
  model.fitted_to = fmt::format("{} samples, {}{}. {}", trace->samples(), arguments.model,
                                arguments.edges.empty() ? "" : " with edges " + arguments.edges,
                                fmt::join(trace->notes, ". "));
  print_data(trace_model_json(model));
  return kExitOk;
}

}  // namespace

void add_fit(CLI::App& app, const GlobalOptions& global, Action& action) {
  CLI::App* command = app.add_subcommand(
      "fit", "Estimate the parameters of a generator from a trace, with standard errors");
  command->fallthrough();
  const auto arguments = std::make_shared<FitArguments>();
  command->add_option("trace", arguments->trace, "A trace: a file, or a name of `list traces`")
      ->required()
      ->check(not_empty())
      ->type_name("TRACE");
  command->add_option("--model", arguments->model, "gaussian, ar1 or markov")
      ->required()
      ->check(CLI::IsMember({"gaussian", "ar1", "markov"}))
      ->type_name("MODEL");
  command
      ->add_option("--column", arguments->column,
                   "The column that the model is for (the level, or cpu_ratio); a goodput beside a "
                   "level is fitted over it")
      ->check(CLI::IsMember(trace_column_names()))
      ->type_name("COLUMN");
  command
      ->add_option("--edges", arguments->edges,
                   "markov: what lies between the states, such as --edges=-67,-80 (a level: -80, "
                   "or -100 of RSRP)")
      ->check(not_empty())
      ->type_name("VALUES");
  command->add_option("--title", arguments->title, "What it is a model of, for the file")
      ->type_name("TEXT");
  command->add_option("--source", arguments->source, "Where the data is from, for the file")
      ->type_name("TEXT");
  command->add_option("--licence", arguments->licence, "Of the data, for the file")
      ->type_name("TEXT");
  command
      ->add_option("--format", arguments->format,
                   "table, or json: a model file that generate reads")
      ->check(CLI::IsMember({"table", "json"}))
      ->type_name("FORMAT");
  command->callback([arguments, &global, &action] {
    action = [arguments, &global] { return fit(*arguments, global); };
  });
}

}  // namespace autoscale
