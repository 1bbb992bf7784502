#include "sim/sweep/validation.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace autoscale {
namespace {

constexpr std::size_t kMostProblems = 100;

class Validator {
 public:
  Validator(const SweepPlan& plan, Shard shard, SweepSources& sources,
            const std::atomic<bool>& stop, const std::function<void(std::uint64_t)>& on_progress)
      : plan_(plan),
        cursor_(plan, shard),
        sources_(sources),
        stop_(stop),
        on_progress_(on_progress) {}

  void work() {
    while (const std::optional<Point> point = next()) {
      Diagnostics problems;
      const auto world = sources_.world(*point, SweepSources::Policies::kCheck, problems);
      const std::scoped_lock lock(mutex_);
      ++seen_.points;
      if (world) {
        seen_.runs += world->scenario.policies.size() *
                      static_cast<std::uint64_t>(world->scenario.replications);
      }
      for (std::size_t i = 0; i < problems.list().size(); ++i) keep(problems.list()[i], *point, i);
      if (on_progress_) on_progress_(seen_.points);
    }
  }

  [[nodiscard]] const Validation& seen() const { return seen_; }

  // By the first point that has them, so that threads change nothing.
  void report(Diagnostics& diagnostics) const {
    std::vector<const Kept*> kept;
    for (const auto& [key, problem] : problems_) kept.push_back(&problem);
    std::ranges::sort(kept, {}, [](const Kept* k) { return std::pair(k->first, k->order); });
    for (const Kept* problem : kept) {
      Diagnostic d = problem->diagnostic;
      if (problem->points < seen_.points) {
        d.message +=
            fmt::format(" ({}: {})",
                        problem->points == 1 ? std::string("one point")
                                             : fmt::format("{} points, the first", problem->points),
                        describe_point(plan_, plan_.point(problem->first)));
      }
      diagnostics.add(std::move(d));
    }
  }

 private:
  struct Kept {
    Diagnostic diagnostic;
    std::uint64_t first = 0;
    std::size_t order = 0;  // among those of the first point
    std::uint64_t points = 0;
  };

  std::optional<Point> next() {
    const std::scoped_lock lock(mutex_);
    if (stop_ || problems_.size() >= kMostProblems) return std::nullopt;
    return cursor_.next();
  }

  void keep(const Diagnostic& d, const Point& point, std::size_t order) {
    const auto [at, is_new] =
        problems_.try_emplace(std::tuple(d.file, d.pointer, d.message, d.hint), Kept{d, 0, 0, 0});
    Kept& kept = at->second;
    ++kept.points;
    if (!is_new && kept.first <= point.number) return;
    kept.first = point.number;
    kept.order = order;
  }

  const SweepPlan& plan_;
  PointCursor cursor_;
  SweepSources& sources_;
  const std::atomic<bool>& stop_;
  const std::function<void(std::uint64_t)>& on_progress_;
  std::mutex mutex_;
  Validation seen_;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, Kept> problems_;
};

}  // namespace

Validation validate_points(const SweepPlan& plan, Shard shard, SweepSources& sources, unsigned jobs,
                           const std::atomic<bool>& stop,
                           const std::function<void(std::uint64_t)>& on_progress,
                           Diagnostics& diagnostics) {
  Validator validator(plan, shard, sources, stop, on_progress);
  {
    std::vector<std::jthread> threads;
    for (unsigned j = 1; j < jobs; ++j) threads.emplace_back([&] { validator.work(); });
    validator.work();
  }
  validator.report(diagnostics);
  return validator.seen();
}

}  // namespace autoscale
