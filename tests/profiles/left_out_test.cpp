// Derived latencies against the error they state: every method is tried on networks that were measured,
// which it is not shown.
#include "sim/model/left_out.h"

#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "sim/config/load_model.h"
#include "tests/support/catch.h"

using namespace autoscale;
using Catch::Detail::Approx;

namespace {

const DataPath& data() {
  static const DataPath path(AUTOSCALE_SOURCE_DIR);
  return path;
}

const std::map<std::string, Network>& networks() {
  static const std::map<std::string, Network> all = [] {
    std::map<std::string, Network> loaded;
    for (const std::string& name : data().available(DataKind::kNetwork))
      loaded.emplace(name, load_network(data(), name));
    return loaded;
  }();
  return all;
}

using RowVisitor =
    std::function<void(const std::string& row, const LatencyProfile& profile, ProcessorKind kind)>;

void for_each_row(const RowVisitor& visit) {
  for (const std::string& name : data().available(DataKind::kDevice)) {
    for (const ProcessorProfile& p : load_device(data(), name).processors) {
      for (const LatencyProfile& l : p.latency)
        visit(fmt::format("{} {} {}", name, p.name, to_string(l.precision)), l, p.kind);
    }
  }
}

bool is_language(const std::string& network) {
  return networks().at(network).task == Task::kLanguage;
}

}  // namespace

TEST_CASE("two scales are found again in times that were made with them") {
  Network a;
  a.task = Task::kImageClassification;
  const std::vector<MeasuredNetwork> made{{&a, 1.0 + 2.0 * 10.0 + 3.0 * 5.0, 5.0, 10.0},
                                          {&a, 1.0 + 2.0 * 4.0 + 3.0 * 9.0, 9.0, 4.0},
                                          {&a, 1.0 + 2.0 * 7.0, 0.0, 7.0}};
  const Scales s = fit_scales(made, 1.0, 2);
  CHECK(s.other == Approx(2.0));
  CHECK(s.conv_kxk == Approx(3.0));
}

TEST_CASE("one scale weighs relative errors by hand") {
  Network a;
  a.task = Task::kImageClassification;
  // x = (r1 + r2) / (r1^2 + r2^2), r = 1 / (measured / predicted at scale 1): r1 = 1/2, r2 = 1/4
  const std::vector<MeasuredNetwork> made{{&a, 20.0, 4.0, 6.0}, {&a, 40.0, 5.0, 5.0}};
  const Scales s = fit_scales(made, 0.0, 1);
  CHECK(s.other == Approx(0.75 / 0.3125));
  CHECK(s.conv_kxk == s.other);
}

TEST_CASE("the scales of the shipped profiles are those that their measured networks give") {
  int fitted = 0;
  for_each_row([&](const std::string& row, const LatencyProfile& l, ProcessorKind) {
    if (l.fitted_scales == 0) return;
    INFO(row);
    const bool table = !l.networks.begin()->second.layers_ms.empty();  // the scales are in it
    const Scales s =
        fit_scales(measured_networks(l, networks()), l.dispatch_ms.value, l.fitted_scales);
    CHECK(s.other == Approx(l.scale.value).epsilon(table ? 0.002 : 0.0005));
    CHECK(s.conv_kxk == Approx(l.scale_conv_kxk.value).epsilon(table ? 0.002 : 0.0005));
    ++fitted;
  });
  CHECK(fitted == 7);
}

TEST_CASE("a row has the number of scales that predicts a left-out network better") {
  int compared = 0;
  for_each_row([&](const std::string& row, const LatencyProfile& l, ProcessorKind kind) {
    if (l.fitted_scales == 0 || kind != ProcessorKind::kCpu) return;
    const auto mean_error = [&](int scales) {
      LatencyProfile other = l;
      other.fitted_scales = scales;
      double sum = 0.0;
      int n = 0;
      for (const LeftOut& out : leave_one_out(other, networks())) {
        if (is_language(out.network) || !out.predicted_ms) continue;
        sum += std::abs(*out.predicted_ms / out.measured_ms - 1.0);
        ++n;
      }
      return n == 0 ? INFINITY : sum / n;
    };
    INFO(row);
    CHECK(mean_error(l.fitted_scales) <= mean_error(3 - l.fitted_scales));
    ++compared;
  });
  CHECK(compared == 5);
}

TEST_CASE("derived latencies lie within the error their method states") {
  int tested = 0;
  int derived = 0;
  for_each_row([&](const std::string& row, const LatencyProfile& l, ProcessorKind) {
    for (const auto& [network, entry] : l.networks) {
      if (entry.from.quality != Quality::kDerived) continue;
      INFO(row << ", " << network);
      REQUIRE(entry.error_ratio);
      CHECK(*entry.error_ratio <= 1.0);
      CHECK((is_language(network) || *entry.error_ratio >= l.throughput.held_out_error_ratio));
      ++derived;
      if (is_language(network)) continue;
      for (const LeftOut& out : leave_one_out(l, networks())) {
        if (is_language(out.network) || !out.predicted_ms) continue;
        INFO("left out: " << out.network << " measured " << out.measured_ms << " ms, predicted "
                          << *out.predicted_ms << " ms");
        CHECK(std::abs(*out.predicted_ms / out.measured_ms - 1.0) <= *entry.error_ratio);
        ++tested;
      }
    }
  });
  CHECK(derived >= 90);
  CHECK(tested >= 240);
}

// MobileBERT elsewhere is the layer model times measured / model of the phones where it was measured.
TEST_CASE("MobileBERT of one phone is predicted from another within the stated error") {
  std::vector<double> ratios;  // measured / model
  double stated = 0.0;
  for_each_row([&](const std::string&, const LatencyProfile& l, ProcessorKind kind) {
    if (kind != ProcessorKind::kCpu) return;
    for (const LeftOut& out : leave_one_out(l, networks())) {
      if (is_language(out.network)) ratios.push_back(out.measured_ms / out.predicted_ms.value());
    }
    const auto entry = l.networks.find("mobilebert");
    if (entry != l.networks.end() && entry->second.from.quality == Quality::kDerived &&
        entry->second.error_ratio < 0.5)
      stated = std::max(stated, *entry->second.error_ratio);
  });
  REQUIRE(ratios.size() == 2);
  REQUIRE(stated > 0.0);
  CHECK(std::abs(ratios[0] / ratios[1] - 1.0) <= stated);
  CHECK(std::abs(ratios[1] / ratios[0] - 1.0) <= stated);
}

// SSD MobileNet v3 on the S10e is the layer model times measured / model of the classifier with its backbone.
TEST_CASE("a detector is predicted from its backbone within the stated error") {
  int tested = 0;
  for_each_row([&](const std::string& row, const LatencyProfile& l, ProcessorKind kind) {
    if (kind != ProcessorKind::kCpu) return;
    double classifier = 0.0;
    double detector = 0.0;
    for (const LeftOut& out : leave_one_out(l, networks())) {
      if (!out.predicted_ms) continue;
      if (out.network == "mobilenet_v1") classifier = out.measured_ms / *out.predicted_ms;
      if (out.network == "ssd_mobilenet_v1") detector = out.measured_ms / *out.predicted_ms;
    }
    if (classifier == 0.0 || detector == 0.0) return;
    INFO(row);
    CHECK(std::abs(classifier / detector - 1.0) <= 0.18);
    ++tested;
  });
  CHECK(tested == 2);
}
