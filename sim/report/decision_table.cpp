#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "sim/report/decision_report.h"
#include "sim/report/summary.h"
#include "sim/report/target_names.h"
#include "sim/report/text_table.h"

namespace autoscale {
namespace {

constexpr std::size_t kLineWidth = 100;
constexpr std::size_t kLabelWidth = 10;

// "label     text", wrapped below the text.
std::string labelled(std::string_view label, std::string_view text) {
  return wrapped(fmt::format("{:<{}}{}", label, kLabelWidth, text), kLineWidth, kLabelWidth) + '\n';
}

std::string percent(double ratio) { return fmt::format("{:.4g} %", 100.0 * ratio); }

class DecisionTable {
 public:
  DecisionTable(const World& world, const DecisionOwner& owner, const Decision& decision)
      : world_(world), owner_(owner), d_(decision) {}

  [[nodiscard]] std::string text(TargetsShown shown) const {
    return question() + '\n' + observed() + state_lines() +
           labelled("chose", name(d_.chosen) + " - " + choice_reason(world_, owner_, d_)) +
           plan_lines() + labelled("oracle", oracle()) + labelled("outcome", outcome()) + '\n' +
           targets_block(shown);
  }

 private:
  [[nodiscard]] std::string name(TargetId t) const {
    return std::string(target_name(world_, t, d_.plan.name));
  }
  [[nodiscard]] const WorkloadCost& workload() const {
    return world_.table.workloads[d_.observation.workload];
  }

  [[nodiscard]] std::string question() const {
    const bool frozen = evaluation_of(world_, owner_) == Evaluation::kFrozen;
    return fmt::format(
        "{}: policy {}, {}; seed {}, replication {}\n"
        "request {} of the run: {}, request {} of this network; QoS {:g} ms, accuracy at least "
        "{:g} %\n",
        world_.scenario.name, world_.scenario.policies[owner_.policy].name,
        frozen ? "frozen" : "still learning", owner_.seed, owner_.replication, d_.request_of_run,
        workload_names(world_.scenario)[d_.observation.workload], d_.observation.request,
        workload().qos_ms, workload().accuracy_required_percent);
  }

  [[nodiscard]] std::string observed() const {
    const Observation& o = d_.observation;
    std::vector<std::string> items{fmt::format("at {:.3f} ms", to_millis(o.now).value)};
    for (std::size_t l = 0; l < kLinks; ++l) {
      if (!world_.table.radios[l].present) continue;
      const char* link = to_string(static_cast<LinkId>(l));
      items.push_back(fmt::format("{} {:.4g} dBm", link, o.rssi[l].value));
    }
    if (several_cloud_links(world_))
      items.push_back(fmt::format("the cloud over {}", to_string(o.cloud_link)));
    items.push_back("co-runners' CPU " + percent(o.cpu_ratio));
    items.push_back("memory " + percent(o.memory_ratio));
    items.push_back(o.waiting == 0 ? "nothing waiting"
                                   : fmt::format("{} waiting or running", o.waiting));
    return fmt::format("{:<{}}{}\n", "observed", kLabelWidth,
                       wrapped(items, ", ", kLineWidth, kLabelWidth, kLabelWidth));
  }

  static std::string described(const StateDescription& state) {
    std::string text = fmt::format("{}:", state.index);
    for (const StateFeature& f : state.features) {
      text += fmt::format(" {}={}({}/{})", f.name, f.label, f.bin, f.bins - 1);
    }
    return text;
  }

  [[nodiscard]] std::string state_lines() const {
    if (!d_.explanation) return "";
    std::string text = labelled("state", described(d_.explanation->state));
    if (const auto& other = d_.explanation->answered_by)
      text += labelled("values of", described(*other));
    return text;
  }

  [[nodiscard]] std::string plan_lines() const {
    if (d_.plan.name.empty()) return "";
    std::vector<std::string> parts;
    for (const PlanForecast::Slice& s : d_.plan.slices) {
      if (s.handover_ms > 0.0) parts.push_back(fmt::format("hand over {:.4g} ms", s.handover_ms));
      if (world_.table.targets[s.target].site != Site::kPhone)
        parts.push_back(fmt::format("send {:.4g} kB", d_.plan.upload_kbit / 8.0));
      parts.push_back(
          fmt::format("{} layers on {} {:.4g} ms", s.layers, name(s.target), s.latency_ms));
    }
    return labelled("plan", fmt::format("{}", fmt::join(parts, ", ")));
  }

  [[nodiscard]] std::string oracle() const {
    if (d_.oracle == d_.oracle_queue_aware) return name(d_.oracle);
    return fmt::format("{}; aware of the queues: {}", name(d_.oracle), name(d_.oracle_queue_aware));
  }

  [[nodiscard]] std::string outcome() const {
    const RequestRecord& r = d_.outcome;
    const Cost& expected = d_.chosen_cost();
    const Cost& best = d_.targets[d_.oracle].with_waiting;
    std::string text = fmt::format("{:.4g} ms (expected {:.4g}), QoS {}; ", r.latency_ms,
                                   expected.latency_ms, r.violates_qos ? "missed" : "met");
    if (r.dropped) text = fmt::format("dropped after {:.4g} ms, QoS missed; ", r.latency_ms);
    text += fmt::format("{:.4g} mJ (expected {:.4g}, of the oracle's choice {:.4g})", r.energy_mj,
                        expected.energy_mj, best.energy_mj);
    if (r.dropped) return text;
    return text + fmt::format("; accuracy {:g} %{}", r.accuracy_percent,
                              r.violates_accuracy ? ", too low" : "");
  }

  [[nodiscard]] bool marked(TargetId t) const {
    return t == d_.chosen || t == d_.oracle || t == d_.oracle_queue_aware;
  }

  // Chosen, the oracles', then the others as the oracle ranks them.
  [[nodiscard]] bool before(TargetId a, TargetId b) const {
    const auto rank = [&](TargetId t) {
      if (t == d_.chosen) return 0;
      if (t == d_.oracle) return 1;
      return t == d_.oracle_queue_aware ? 2 : 3;
    };
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    return d_.targets[a].with_waiting.better_than(d_.targets[b].with_waiting);
  }

  [[nodiscard]] std::vector<TargetId> shown_targets(TargetsShown shown) const {
    std::vector<TargetId> list;
    for (TargetId t = 0; t < d_.targets.size(); ++t) list.push_back(t);
    std::ranges::stable_sort(list, [&](TargetId a, TargetId b) { return before(a, b); });
    if (shown == TargetsShown::kAll) return list;
    std::vector<TargetId> best;
    for (const TargetId t : list) {
      const bool first_of_place = std::ranges::none_of(best, [&](TargetId other) {
        return world_.table.targets[other].place == world_.table.targets[t].place;
      });
      if (first_of_place || marked(t)) best.push_back(t);
    }
    return best;
  }

  [[nodiscard]] bool anyone_waits() const {
    return std::ranges::any_of(d_.targets,
                               [](const TargetForecast& f) { return f.stages.waiting_ms > 0.0; });
  }

  [[nodiscard]] std::string marks(TargetId t) const {
    std::string text = t == d_.chosen ? ">" : "";
    if (t == d_.oracle) text += '*';
    if (t == d_.oracle_queue_aware && d_.oracle != d_.oracle_queue_aware) text += '+';
    return text;
  }

  // The value of the table's digits: three significant ones for the smallest.
  struct Decimals {
    int latency = 0;
    int energy = 0;
  };
  [[nodiscard]] Decimals decimals(const std::vector<TargetId>& shown) const {
    std::vector<std::optional<double>> latency;
    std::vector<std::optional<double>> energy;
    for (const TargetId t : shown) {
      latency.emplace_back(d_.targets[t].with_waiting.latency_ms);
      energy.emplace_back(d_.targets[t].with_waiting.energy_mj);
    }
    return {std::min(decimals_for(latency), 2), std::min(decimals_for(energy), 2)};
  }

  [[nodiscard]] std::vector<std::string> opinion_cells(TargetId t) const {
    const TargetOpinion& o = d_.explanation->opinions[t];
    if (!o.allowed) return {"-", "not allowed"};
    return {fmt::format("{:.4g}", o.value), fmt::format("{}", o.visits)};
  }

  [[nodiscard]] std::vector<std::string> row(TargetId t, const Decimals& decimals,
                                             bool waiting) const {
    const TargetForecast& f = d_.targets[t];
    const bool known = f.cost.supported;
    const auto number = [&](double value, int digits) {
      return known ? fixed(value, digits) : std::string("-");
    };
    std::vector<std::string> cells{marks(t), name(t),
                                   number(f.with_waiting.latency_ms, decimals.latency)};
    if (waiting) cells.push_back(number(f.stages.waiting_ms, decimals.latency));
    cells.push_back(number(f.with_waiting.energy_mj, decimals.energy));
    cells.push_back(number(workload().targets[t].accuracy_percent, 1));
    cells.push_back(verdict(f.with_waiting));
    if (d_.explanation) std::ranges::copy(opinion_cells(t), std::back_inserter(cells));
    return cells;
  }

  [[nodiscard]] std::string targets_block(TargetsShown shown) const {
    using Align = TextTable::Align;
    const std::vector<TargetId> list = shown_targets(shown);
    const bool waiting = anyone_waits();
    TextTable table;
    table.add_column("", Align::kLeft);
    table.add_column("target", Align::kLeft);
    table.add_column("latency\nms", Align::kRight);
    if (waiting) table.add_column("waiting\nms", Align::kRight);
    table.add_column("energy\nmJ", Align::kRight);
    table.add_column("accuracy\n%", Align::kRight);
    table.add_column("verdict", Align::kLeft);
    if (d_.explanation) {
      table.add_column("Q value", Align::kRight);
      table.add_column("visits", Align::kRight);
    }
    const Decimals digits = decimals(list);
    for (const TargetId t : list) table.add_row(row(t, digits, waiting));
    return table.text() + legend(list.size());
  }

  [[nodiscard]] std::string legend(std::size_t shown) const {
    std::string text = "> chosen, * oracle";
    if (d_.oracle != d_.oracle_queue_aware) text += ", + oracle aware of the queues";
    text += "; expected at the conditions of the decision, without noise\n";
    if (shown == d_.targets.size()) return text;
    return text + fmt::format(
                      "{} of {} targets: the best V/F step of each processor and precision; "
                      "--all shows every one\n",
                      shown, d_.targets.size());
  }

  const World& world_;
  const DecisionOwner& owner_;
  const Decision& d_;
};

}  // namespace

std::string decision_table(const World& world, const DecisionOwner& owner, const Decision& decision,
                           TargetsShown shown) {
  return DecisionTable(world, owner, decision).text(shown);
}

}  // namespace autoscale
