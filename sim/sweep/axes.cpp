#include "sim/sweep/axes.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "sim/sweep/samples.h"

namespace autoscale {
namespace {

using Value = std::function<std::string(std::size_t)>;

std::string number_text(double value) { return fmt::format("{}", value + 0.0); }

// Both ends are met exactly, whatever rounding does between them.
double between(double from, double to, double share) {
  return share == 1.0 ? to : from + (to - from) * share;
}

double log_between(double from, double to, double share) {
  if (share == 0.0) return from;
  return share == 1.0 ? to : std::exp(between(std::log(from), std::log(to), share));
}

Value spaced(const SpacedSpec& spec, double (*at)(double, double, double)) {
  return [spec, at](std::size_t i) {
    const double share = static_cast<double>(i) / static_cast<double>(spec.count - 1);
    return number_text(at(spec.from, spec.to, share));
  };
}

Value listed(const std::vector<JsonValue>& list) {
  return [list](std::size_t i) { return list[i].text; };
}

std::pair<std::size_t, Value> values_of(const ValuesSpec& values) {
  if (values.linspace)
    return {static_cast<std::size_t>(values.linspace->count), spaced(*values.linspace, between)};
  if (values.logspace)
    return {static_cast<std::size_t>(values.logspace->count),
            spaced(*values.logspace, log_between)};
  return {values.list.size(), listed(values.list)};
}

// A value by its share u in [0, 1) of a dimension.
std::string sampled(const DimensionSpec& d, double u) {
  if (d.uniform) return number_text(between(d.uniform->from, d.uniform->to, u));
  if (d.log_uniform) return number_text(log_between(d.log_uniform->from, d.log_uniform->to, u));
  if (d.whole) {
    const double numbers = d.whole->to - d.whole->from + 1.0;
    return number_text(std::min(d.whole->to, d.whole->from + std::floor(u * numbers)));
  }
  const double choices = static_cast<double>(d.choice.size());
  return d.choice[std::min(d.choice.size() - 1, static_cast<std::size_t>(u * choices))].text;
}

Column column_of(const std::string& name, const std::string& pointer, std::string place,
                 Value value) {
  return {column_name(name, pointer), pointer, std::move(place), std::move(value)};
}

Axis sample_axis(const SampleSpec& spec, UnitSample sample, const std::string& place) {
  Axis axis{static_cast<std::size_t>(spec.count), {}};
  for (std::size_t d = 0; d < spec.dimensions.size(); ++d) {
    const DimensionSpec& dimension = spec.dimensions[d];
    axis.columns.push_back(column_of(
        dimension.name, dimension.pointer, fmt::format("{}/dimensions/{}", place, d),
        [dimension, u = std::move(sample[d])](std::size_t i) { return sampled(dimension, u[i]); }));
  }
  return axis;
}

Axis axis_of(const AxisSpec& spec, const std::string& place) {
  if (const auto& s = spec.latin_hypercube) {
    return sample_axis(
        *s, latin_hypercube(static_cast<std::size_t>(s->count), s->dimensions.size(), s->seed),
        place + "/latin_hypercube");
  }
  if (const auto& s = spec.sobol) {
    return sample_axis(*s, sobol(static_cast<std::size_t>(s->count), s->dimensions.size()),
                       place + "/sobol");
  }
  Axis axis;
  const auto add = [&](const ValuesSpec& values, std::string at) {
    auto [size, value] = values_of(values);
    axis.size = size;
    axis.columns.push_back(column_of(values.name, values.pointer, std::move(at), std::move(value)));
  };
  if (spec.zip.empty()) add(spec.values, place);
  for (std::size_t i = 0; i < spec.zip.size(); ++i)
    add(spec.zip[i], fmt::format("{}/zip/{}", place, i));
  return axis;
}

}  // namespace

std::vector<Axis> axes_of(const SweepSpec& sweep) {
  std::vector<Axis> axes;
  for (std::size_t a = 0; a < sweep.axes.size(); ++a)
    axes.push_back(axis_of(sweep.axes[a], fmt::format("/axes/{}", a)));
  return axes;
}

}  // namespace autoscale
