// Results held against expected ones on the command line: options of run, sweep and compare, and what they do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cli/commands.h"
#include "sim/report/gate.h"
#include "sim/report/output_file.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace autoscale {

struct GateArguments {
  std::string expect;  // run and sweep only
  std::string gate;    // empty: the default one of the file
  std::string file;    // empty: configs/regression.json
  std::optional<double> tolerance;
  std::string junit;
};

// --gate, --gates, --tolerance, --junit, which need `asked`, if there is one.
void add_gate_options(CLI::App& command, GateArguments& arguments, CLI::Option* asked);
// --expect and the others.
void add_expect_options(CLI::App& command, GateArguments& arguments);

// A gate as the user chose it, read and checked. Throws InputError.
class ChosenGate {
 public:
  ChosenGate(const GateArguments& arguments, const DataPath& data);

  // Reports results that share nothing the gate could judge, by throwing.
  [[nodiscard]] Judgement judge(const ResultSet& expected, const ResultSet& got) const;
  // Of --junit, where it is given: opened before the work, so that a name that cannot be written to is found then.
  void open_junit();
  void write_junit(const Judgement& judgement);

 private:
  std::string name_;
  GateSpec spec_;
  std::string junit_;
  std::optional<OutputFile> junit_file_;
};

// --expect: what was expected, read before the runs; the verdict after them.
class Expectation {
 public:
  // Reads the golden file. Throws InputError when it is not there or is none. `command` is what was typed:
  // it says how to make the file and how to run again.
  Expectation(const GateArguments& arguments, std::vector<std::string> command,
              const DataPath& data);

  // Throws InputError when it holds none of these scenarios.
  void require_some_of(const std::vector<std::string>& scenarios) const;

  // Before the runs, once the folders of results are there: see ChosenGate.
  void open_junit() { gate_.open_junit(); }

  // Tells on stderr what fails, or, unless `quiet`, that nothing does. Returns the exit code.
  [[nodiscard]] int check(const ResultSet& got, bool quiet);

 private:
  ChosenGate gate_;
  std::string file_;
  std::vector<std::string> command_;
  ResultSet expected_;
};

}  // namespace autoscale
