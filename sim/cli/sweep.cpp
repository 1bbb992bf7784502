// autoscale-sim sweep: simulates many changes of scenarios, and goes on where it was stopped.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/commands.h"
#include "sim/cli/gate_options.h"
#include "sim/cli/interruption.h"
#include "sim/cli/option_values.h"
#include "sim/cli/progress.h"
#include "sim/cli/shard_option.h"
#include "sim/cli/standard_output.h"
#include "sim/cli/talk.h"
#include "sim/report/output_file.h"
#include "sim/sweep/run_sweep.h"
#include "sim/sweep/sweep_folder.h"
#include "sim/sweep/sweep_outline.h"
#include "sim/sweep/validation.h"

namespace autoscale {
namespace {

struct SweepArguments {
  std::string sweep;
  std::vector<std::string> overrides;  // --set
  std::string out;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  std::string shard;
  bool resume = false;
  bool dry_run = false;
  GateArguments gate;
};

// Where the threads' time went, once there is enough of it.
std::string shares_of(const SweepTimes& times) {
  const double all = times.simulating_seconds + times.preparing_seconds + times.writing_seconds;
  if (all < 1.0) return "";
  return fmt::format(" ({:.1f} % simulating, {:.1f} % preparing, {:.1f} % writing)",
                     times.simulating_seconds / all * 100.0, times.preparing_seconds / all * 100.0,
                     times.writing_seconds / all * 100.0);
}

class SweepCommand {
 public:
  SweepCommand(const SweepArguments& arguments, const GlobalOptions& global)
      : arguments_(arguments),
        quiet_(global.quiet),
        command_(global.command),
        data_(global.data_path()) {
    std::erase(command_, "--dry-run");  // how results are made that --expect wants
    if (!arguments_.shard.empty()) shard_ = *parse_shard(arguments_.shard);
  }

  int run() {
    if (arguments_.out.empty() && !arguments_.dry_run) {
      throw InputError({{"--out", "", "is required", "name a folder, or ask for --dry-run"}});
    }
    if (!arguments_.gate.expect.empty() && shard_.count > 1) {
      throw InputError({{"--expect", "", "is of a whole sweep, not of a shard",
                         "merge the shards, then `compare GOLDEN MERGED --gate NAME`"}});
    }
    Diagnostics problems;
    std::optional<SweepSpec> spec =
        load_sweep(arguments_.sweep, arguments_.overrides, data_, problems);
    problems.throw_if_any();
    const SweepPlan plan(std::move(*spec));
    SweepSources sources(plan, data_, problems);
    problems.throw_if_any();
    std::optional<Expectation> expectation;
    if (!arguments_.gate.expect.empty()) expectation.emplace(arguments_.gate, command_, data_);
    if (arguments_.dry_run) return show_plan(plan, sources);
    const SweepFolder folder(arguments_.out, "--out");
    if (expectation) expectation->open_junit();
    const int code = run_in(folder, plan, sources);
    return expectation && code == kExitOk ? check(*expectation) : code;
  }

 private:
  [[nodiscard]] int check(Expectation& expectation) const {
    Diagnostics problems;
    const std::optional<ResultSet> results = read_results(arguments_.out, problems);
    problems.throw_if_any();
    return expectation.check(*results, quiet_);
  }

  int show_plan(const SweepPlan& plan, SweepSources& sources) {
    const std::optional<Validation> valid = validate(plan, sources);
    if (!valid) return interrupted_exit_code();
    print_data(sweep_outline(plan, shard_, *valid));
    return kExitOk;
  }

  // Nothing when it was interrupted.
  std::optional<Validation> validate(const SweepPlan& plan, SweepSources& sources) {
    Diagnostics problems;
    static_cast<void>(sources.seed(problems));
    Progress progress(!quiet_, "points checked");
    const std::uint64_t all = plan.combinations();
    const Validation seen = validate_points(
        plan, shard_, sources, arguments_.jobs, stop_,
        [&](std::uint64_t done) { progress.update(done, std::max(done, all / shard_.count)); },
        problems);
    progress.clear();
    problems.throw_if_any();
    if (!stop_) return seen;
    tell("autoscale-sim: interrupted by {} before the first run\n", interrupting_signal());
    return std::nullopt;
  }

  // What the sweep is now, but for its files and the number of its points.
  [[nodiscard]] SweepState state_now(const SweepPlan& plan, const SweepSources& sources) const {
    SweepState state;
    state.program = this_program();
    Diagnostics problems;
    state.seed = sources.seed(problems);
    problems.throw_if_any();
    state.shard = shard_;
    state.sweep_json = effective_json(plan.spec());
    return state;
  }

  int run_in(const SweepFolder& folder, const SweepPlan& plan, SweepSources& sources) {
    if (folder.is_finished()) return already_finished(folder, state_now(plan, sources));
    const std::optional<SweepState> state =
        folder.is_begun() ? begun(folder, plan, sources) : begin(folder, plan, sources);
    if (!state) return interrupted_exit_code();
    Journal journal(folder.journal(), journal_identity(*state));
    const SweepTimes times = run_points(plan, sources, journal, state->points);
    if (journal.finished().count() < state->points) return interrupted(journal, *state);
    return finish(folder, plan, *state, journal, times);
  }

  // A sweep that is new here: all of it is checked before its plan is written.
  std::optional<SweepState> begin(const SweepFolder& folder, const SweepPlan& plan,
                                  SweepSources& sources) {
    if (const std::string result = folder.first_result(); !result.empty()) {
      throw InputError(
          {{"--out", "", fmt::format("\"{}\" holds a {} of something else", arguments_.out, result),
            "choose another folder"}});
    }
    SweepState state = state_now(plan, sources);
    const std::optional<Validation> valid = validate(plan, sources);
    if (!valid) return std::nullopt;
    if (valid->points == 0 && shard_.count == 1) {
      throw InputError({{plan.spec().file, "/exclude", "leaves no point", ""}});
    }
    state.points = valid->points;
    state.files = file_digests(sources.files(), data_);
    std::ranges::sort(state.files, {}, &FileDigest::file);
    folder.write_plan(state);
    return state;
  }

  // One that was begun: it has to be the same still.
  [[nodiscard]] SweepState begun(const SweepFolder& folder, const SweepPlan& plan,
                                 const SweepSources& sources) const {
    if (!arguments_.resume) {
      throw InputError(
          {{"--out", "", fmt::format("\"{}\" holds a sweep that is not finished", arguments_.out),
            "--resume goes on with it; otherwise choose another folder"}});
    }
    Diagnostics problems;
    const std::optional<SweepState> stored = read_state(folder.plan(), problems);
    problems.throw_if_any();
    check_unchanged(*stored, state_now(plan, sources));
    if (stored->shard.value_or(Shard{}) != shard_) {
      const Shard held = stored->shard.value_or(Shard{});
      throw InputError({{"--shard", "",
                         fmt::format("is {}/{}, but \"{}\" holds shard {}/{}", shard_.index,
                                     shard_.count, arguments_.out, held.index, held.count),
                         "give each shard a folder of its own"}});
    }
    return *stored;
  }

  void check_unchanged(const SweepState& stored, SweepState now) const {
    Diagnostics problems;
    now.files = digests_now(stored, data_);
    report_changes(stored, now, arguments_.out, problems);
    problems.throw_if_any();
  }

  [[nodiscard]] int already_finished(const SweepFolder& folder, const SweepState& now) const {
    if (!arguments_.resume) {
      throw InputError({{"--out", "", fmt::format("\"{}\" holds finished results", arguments_.out),
                         "choose another folder"}});
    }
    Diagnostics problems;
    const std::optional<SweepState> stored = read_state(folder.manifest(), problems);
    problems.throw_if_any();
    check_unchanged(*stored, now);
    folder.remove_leftovers();
    if (!quiet_)
      tell("the sweep is finished already: {} points in {}\n", stored->points, arguments_.out);
    return exit_code(stored->failed_points.value_or(0));
  }

  SweepTimes run_points(const SweepPlan& plan, SweepSources& sources, Journal& journal,
                        std::uint64_t points) {
    const std::uint64_t before = journal.finished().count();
    if (!quiet_ && before > 0) tell("{} of {} points are finished already\n", before, points);
    Progress progress(!quiet_, "points");
    SweepRunOptions options;
    options.shard = shard_;
    options.jobs = arguments_.jobs;
    options.stop = &stop_;
    options.on_progress = [&](std::uint64_t done) {
      progress.update(done - before, points - before);
    };
    return autoscale::run_points(plan, sources, journal, options);
  }

  [[nodiscard]] int interrupted(const Journal& journal, const SweepState& state) const {
    tell(
        "autoscale-sim: interrupted by {}: {} of {} points are finished and kept in \"{}\"; "
        "--resume goes on\n",
        interrupting_signal(), journal.finished().count(), state.points, arguments_.out);
    return interrupted_exit_code();
  }

  [[nodiscard]] int finish(const SweepFolder& folder, const SweepPlan& plan,
                           const SweepState& state, const Journal& journal,
                           const SweepTimes& times) const {
    std::uint64_t failed = journal.failed();
    if (shard_.count == 1) {
      OrderedJournal rows(folder.journal(), journal_identity(state));
      failed = folder.write_results(plan, state, [&] { return rows.next(); });
    }
    if (!quiet_) {
      const std::string then = shard_.count == 1 ? ""
                                                 : fmt::format("; shard {} of {}, for `merge`",
                                                               shard_.index, shard_.count);
      tell("{} points in {}: {} runs in {:.1f} s{}{}\n", state.points, arguments_.out, times.runs,
           times.wall_seconds, shares_of(times), then);
    }
    if (failed > 0) {
      tell("autoscale-sim: {} of {} points failed{}\n", failed, state.points,
           shard_.count == 1 ? fmt::format(": {}/{}", arguments_.out, file_name(Table::kFailures))
                             : std::string());
    }
    return exit_code(failed);
  }

  static int exit_code(std::uint64_t failed) { return failed == 0 ? kExitOk : kExitFailedPoints; }

  const SweepArguments& arguments_;
  bool quiet_;
  std::vector<std::string> command_;
  DataPath data_;
  Shard shard_;
  const std::atomic<bool>& stop_ = stop_on_signal();
};

}  // namespace

void add_sweep(CLI::App& app, const GlobalOptions& global, Action& action) {
  CLI::App* command =
      app.add_subcommand("sweep", "Simulate many changes of scenarios, and go on after a stop");
  command->fallthrough();
  const auto arguments = std::make_shared<SweepArguments>();
  command->add_option("sweep", arguments->sweep, "Sweep: a file, or a name of `list sweeps`")
      ->required()
      ->type_name("SWEEP");
  command->add_option("--out", arguments->out, "Folder for results, and for what is not finished")
      ->check(not_empty())
      ->type_name("DIR");
  command
      ->add_option("--set", arguments->overrides,
                   "Change the sweep (repeatable), as in --set /replications=3")
      ->allow_extra_args(false)
      ->type_name("POINTER=VALUE");
  command->add_option("--jobs", arguments->jobs, "Threads; results do not depend on it")
      ->transform(whole_number(1, 4096))
      ->type_name("N");
  command
      ->add_option("--shard", arguments->shard,
                   "Only part I of N, for `merge` to put together; --out is of this part alone")
      ->check(a_shard())
      ->type_name("I/N");
  command->add_flag("--resume", arguments->resume,
                    "Go on with what --out holds; begins when it holds nothing");
  add_expect_options(*command, arguments->gate);
  command->add_flag("--dry-run", arguments->dry_run, "Check every point and print the plan only");
  command->callback([arguments, &global, &action] {
    action = [arguments, &global] { return SweepCommand(*arguments, global).run(); };
  });
}

}  // namespace autoscale
