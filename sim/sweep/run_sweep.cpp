#include "sim/sweep/run_sweep.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "sim/base/check.h"
#include "sim/experiment/stoppable_policy.h"
#include "sim/sweep/open_point.h"

namespace autoscale {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

// What opens points, and what closes them, is in the processor's caches for the second of several in a row
// and pushed out of them by a simulation. Points are opened for this long at a time, ...
constexpr double kOpeningSeconds = 2e-3;
// ... and closed when they took this long to simulate: what killing the program may lose beside points in progress.
constexpr double kClosingSeconds = 0.05;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string all_lines(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics.list()) {
    if (!text.empty()) text += '\n';
    text += to_string(d);
  }
  return text;
}

class SweepRunner {
 public:
  SweepRunner(const SweepPlan& plan, SweepSources& sources, Journal& journal,
              const SweepRunOptions& options)
      : plan_(plan),
        sources_(sources),
        journal_(journal),
        options_(options),
        cursor_(plan, options.shard) {}

  SweepTimes run() {
    const auto start = Clock::now();
    {
      std::vector<std::jthread> threads;
      for (unsigned j = 1; j < options_.jobs; ++j) threads.emplace_back([this] { work(); });
      work();
    }
    if (failure_) std::rethrow_exception(failure_);
    journal_.sync();
    times_.wall_seconds = seconds_since(start);
    return times_;
  }

 private:
  struct Task {
    std::shared_ptr<OpenPoint> open;
    RunNumber run;
  };

  void work() {
    try {
      while (const std::optional<Task> task = next()) run(*task);
    } catch (...) {  // the journal cannot be written: nothing more would be kept
      const std::scoped_lock lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      changed_.notify_all();
    }
  }

  [[nodiscard]] bool is_stopped() const {
    return failure_ || (options_.stop != nullptr && *options_.stop);
  }

  // A run to do; nothing when all are done, or the sweep is stopped.
  std::optional<Task> next() {
    std::unique_lock lock(mutex_);
    while (!is_stopped()) {
      if (tasks_.empty() || simulated_seconds_ > kClosingSeconds) close_simulated(lock);
      if (!tasks_.empty()) {
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        return task;
      }
      if (open_some(lock)) continue;
      if (open_ == 0 && last_opened_) return std::nullopt;
      if (open_ > 0) changed_.wait_for(lock, 100ms);  // a signal wakes nobody
    }
    close_simulated(lock);
    return std::nullopt;
  }

  // Opens the next points that are not finished. Returns whether there were any.
  bool open_some(std::unique_lock<std::mutex>& lock) {
    const auto start = Clock::now();
    if (!open_next(lock)) return false;
    while (seconds_since(start) < kOpeningSeconds && !is_stopped() && open_next(lock)) continue;
    return true;
  }

  // Returns whether there was one; nothing is done for one that is finished already.
  bool open_next(std::unique_lock<std::mutex>& lock) {
    const bool far_ahead = cursor_.position() >= journal_.finished().first_missing() + kMostAhead;
    std::optional<Point> point;
    if (!far_ahead && !last_opened_) point = cursor_.next();
    if (point && journal_.finished().contains(cursor_.position() - 1)) return true;
    if (!point) {
      last_opened_ = last_opened_ || !far_ahead;
      return false;
    }
    const std::uint64_t position = cursor_.position() - 1;
    ++open_;
    lock.unlock();
    open(std::move(*point), position);
    lock.lock();
    return true;
  }

  // Builds the world, without the lock.
  void open(Point point, std::uint64_t position) {
    const auto start = Clock::now();
    const auto open = std::make_shared<OpenPoint>();
    open->position = position;
    open->point = std::move(point);
    Diagnostics problems;
    try {
      open->world = sources_.world(open->point, SweepSources::Policies::kChecked, problems);
      open->error = all_lines(problems);
    } catch (const std::exception& error) {
      open->error = error.what();
    }
    if (!open->error.empty()) {
      close(*open);
      return;
    }
    const Scenario& scenario = open->world->scenario;
    open->options.seed = scenario.seed;
    open->options.evaluation = plan_.spec().evaluation;
    open->options.measure_times = false;
    open->options.stop = options_.stop;
    add_tasks(open, static_cast<std::uint32_t>(scenario.replications), seconds_since(start));
  }

  void add_tasks(const std::shared_ptr<OpenPoint>& open, std::uint32_t replications,
                 double preparing_seconds) {
    const std::vector<RunNumber> numbers = add_replications(*open, replications);
    const std::scoped_lock lock(mutex_);
    times_.preparing_seconds += preparing_seconds;
    times_.runs += numbers.size();
    for (const RunNumber& number : numbers) tasks_.push_back({open, number});
    changed_.notify_all();
  }

  void run(const Task& task) {
    OpenPoint& open = *task.open;
    const auto start = Clock::now();
    PolicyRun result;
    std::string error;
    try {
      result = run_policy(*open.world, open.world->scenario.file, open.options, task.run.policy,
                          task.run.replication);
    } catch (const RunStopped&) {
      return;
    } catch (const std::exception& failure) {
      error = failure.what();
    }
    const double seconds = seconds_since(start);
    std::unique_lock lock(mutex_);
    times_.simulating_seconds += seconds;
    open.result.policies[task.run.policy].runs[task.run.replication] = std::move(result);
    if (open.error.empty()) open.error = std::move(error);
    open.simulated_seconds += seconds;
    if (--open.running > 0) return;
    lock.unlock();
    const std::uint32_t more = open.error.empty() ? replications_wanted(plan_.spec(), open) : 0;
    if (more > 0) {
      add_tasks(task.open, more, 0.0);
      return;
    }
    lock.lock();
    simulated_seconds_ += open.simulated_seconds;
    simulated_.push_back(task.open);
  }

  void close_simulated(std::unique_lock<std::mutex>& lock) {
    std::vector<std::shared_ptr<OpenPoint>> points = std::exchange(simulated_, {});
    if (points.empty()) return;
    simulated_seconds_ = 0.0;
    lock.unlock();
    for (const auto& open : points) close(*open);
    points.clear();  // worlds and results take time to go
    lock.lock();
  }

  // What is finished goes to the journal, without the lock until then.
  void close(const OpenPoint& open) {
    const auto start = Clock::now();
    const PointRows rows = open.error.empty() ? rows_of(plan_, open.point, *open.world, open.result)
                                              : failure_of(plan_, open.point, open.error);
    const std::scoped_lock lock(mutex_);
    journal_.append(open.position, rows);
    times_.writing_seconds += seconds_since(start);
    --open_;
    if (options_.on_progress) options_.on_progress(journal_.finished().count());
    changed_.notify_all();
  }

  const SweepPlan& plan_;
  SweepSources& sources_;
  Journal& journal_;
  const SweepRunOptions& options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  PointCursor cursor_;
  bool last_opened_ = false;
  std::size_t open_ = 0;  // points that are opened and not closed
  std::deque<Task> tasks_;
  std::vector<std::shared_ptr<OpenPoint>> simulated_;  // not closed yet
  double simulated_seconds_ = 0.0;                     // of all of them
  SweepTimes times_;
  std::exception_ptr failure_;
};

}  // namespace

SweepTimes run_points(const SweepPlan& plan, SweepSources& sources, Journal& journal,
                      const SweepRunOptions& options) {
  throw_failed_checks();  // a point that breaks an invariant is recorded, the others go on
  return SweepRunner(plan, sources, journal, options).run();
}

}  // namespace autoscale
