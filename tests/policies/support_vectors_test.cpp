// Support vector machines against LIBSVM's own training and prediction of the same samples.
#include "sim/policies/support_vectors.h"

#include <cmath>
#include <memory>

#include <libsvm/svm.h>

#include "sim/base/random.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using Row = std::vector<svm_node>;

Row row_of(const StateVector& state, std::span<const double> target = {}) {
  Row row;
  const auto add = [&](double x) { row.push_back({static_cast<int>(row.size()) + 1, x}); };
  for (const double x : state) add(x);
  for (const double x : target) add(x);
  row.push_back({-1, 0.0});
  return row;
}

// LIBSVM as its manual uses it.
struct Library {
  Library(std::vector<Row> own_rows, std::vector<double> own_y, int type, double c, double gamma,
          double epsilon)
      : rows(std::move(own_rows)), y(std::move(own_y)) {
    for (Row& row : rows) pointers.push_back(row.data());
    svm_parameter p{};
    p.svm_type = type;
    p.kernel_type = RBF;
    p.gamma = gamma;
    p.C = c;
    p.p = epsilon;
    p.eps = 1e-3;
    p.cache_size = 100;
    p.shrinking = 1;
    const svm_problem problem{static_cast<int>(y.size()), y.data(), pointers.data()};
    model = svm_train(&problem, &p);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() { svm_free_and_destroy_model(&model); }
  [[nodiscard]] double predict(const Row& row) const { return svm_predict(model, row.data()); }

  std::vector<Row> rows;
  std::vector<double> y;
  std::vector<svm_node*> pointers;
  svm_model* model = nullptr;
};

StateVector random_state(std::uint64_t i) {
  StateVector s{};
  for (std::uint32_t f = 0; f < kFeatures; ++f) s[f] = draw_normal({.seed = 7}, f, i);
  return s;
}

TEST_CASE("regression predicts what LIBSVM predicts") {
  Matrix features(4, 3);
  for (std::size_t t = 0; t < 4; ++t) {
    for (std::uint32_t c = 0; c < 3; ++c) features.row(t)[c] = draw_normal({.seed = 8}, c, t);
  }
  std::vector<StateVector> states;
  std::vector<std::uint32_t> targets;
  std::vector<double> y;
  std::vector<Row> rows;
  for (std::uint64_t i = 0; i < 200; ++i) {
    states.push_back(random_state(i % 59));  // some states come several times
    targets.push_back(static_cast<std::uint32_t>(i % 4));
    y.push_back(std::sin(states.back()[0]) + states.back()[3] * features.row(i % 4)[1]);
    rows.push_back(row_of(states.back(), features.row(i % 4)));
  }
  SECTION("with a gamma of its own") {
    SupportVectorRegressor model({.penalty = 3.0, .gamma = 0.2}, 0.01);
    const Library library(rows, y, EPSILON_SVR, 3.0, 0.2, 0.01);
    model.fit({states, targets, y, &features});
    REQUIRE(library.model->l > 100);
    double worst = 0.0;
    std::vector<double> predicted(4);
    for (std::uint64_t i = 1000; i < 1200; ++i) {
      const StateVector s = random_state(i);
      model.predict(s, predicted);
      for (std::size_t t = 0; t < 4; ++t) {
        const double theirs = library.predict(row_of(s, features.row(t)));
        worst = std::max(worst, std::abs(predicted[t] - theirs));
      }
    }
    CHECK(worst < 1e-11);  // the same sum in another order
  }
  SECTION("one over the number of features that vary, by default") {
    for (StateVector& s : states) s[5] = s[6] = 0.0;
    for (Row& row : rows) row[5].value = row[6].value = 0.0;
    SupportVectorRegressor model({.penalty = 3.0}, 0.01);
    const Library library(rows, y, EPSILON_SVR, 3.0, 1.0 / 9, 0.01);
    model.fit({states, targets, y, &features});
    std::vector<double> predicted(4);
    model.predict(states[3], predicted);
    CHECK(predicted[2] ==
          Approx(library.predict(row_of(states[3], features.row(2)))).epsilon(1e-10));
  }
}

TEST_CASE("classification answers what LIBSVM answers") {
  std::vector<StateVector> states;
  std::vector<double> y;
  for (const int label : {1, 4, 7}) {  // ascending, as fit() asks
    for (std::uint64_t i = 0; i < 300; ++i) {
      const StateVector s = random_state(i);
      const int own = s[0] + 0.3 * s[1] > 0.5 ? 7 : (s[2] > 0.0 ? 4 : 1);
      if (own != label) continue;
      states.push_back(s);
      y.push_back(label);
    }
  }
  std::vector<int> labels(y.begin(), y.end());
  std::vector<Row> rows;
  for (const StateVector& s : states) rows.push_back(row_of(s));
  const Library library(rows, y, C_SVC, 10.0, 0.125, 0.0);
  SupportVectorClassifier model({.penalty = 10.0});
  model.fit(states, labels);
  int different = 0;
  int seen[8] = {};
  for (std::uint64_t i = 1000; i < 2000; ++i) {
    const StateVector s = random_state(i);
    std::vector<double> votes(8, 0.0);
    model.vote(s, votes);
    CHECK(votes[1] + votes[4] + votes[7] == 3.0);  // one of each pair
    const auto most = std::ranges::max_element(votes) - votes.begin();
    different += most != static_cast<int>(library.predict(row_of(s)));
    ++seen[most];
  }
  CHECK(different == 0);
  CHECK((seen[1] > 100 && seen[4] > 100 && seen[7] > 100));
}

TEST_CASE("where there is one class only, it is the answer") {
  const std::vector<StateVector> states{random_state(1), random_state(2)};
  const std::vector<int> labels{2, 2};
  SupportVectorClassifier model({});
  model.fit(states, labels);
  std::vector<double> votes(4, 0.0);
  model.vote(random_state(3), votes);
  CHECK(votes == std::vector<double>{0, 0, 1, 0});
}

}  // namespace
}  // namespace autoscale
