#include "sim/policies/support_vectors.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include <libsvm/svm.h>

#include "sim/base/check.h"

namespace autoscale {
namespace {

constexpr double kTolerance = 1e-3;  // of the optimality conditions: LIBSVM's own default
constexpr double kCacheMegabytes = 100.0;

// The function is the process's: it is set once, before any thread runs.
const bool silent = [] {
  svm_set_print_string_function([](const char*) {});
  return true;
}();

struct DestroyModel {
  void operator()(svm_model* model) const { svm_free_and_destroy_model(&model); }
};

// Rows as LIBSVM takes them, with no element left out, so that both sum distances in one order.
class Problem {
 public:
  Problem(std::size_t rows, std::size_t columns) : columns_(columns), nodes_(rows * (columns + 1)) {
    for (std::size_t i = 0; i < rows; ++i) {
      rows_.push_back(&nodes_[i * (columns + 1)]);
      for (std::size_t c = 0; c < columns; ++c) rows_[i][c].index = static_cast<int>(c + 1);
      rows_[i][columns].index = -1;
    }
    y_.reserve(rows);
  }
  void add(std::span<const double> left, std::span<const double> right, double y) {
    svm_node* row = rows_[y_.size()];
    for (const double x : left) (row++)->value = x;
    for (const double x : right) (row++)->value = x;
    y_.push_back(y);
  }
  // Columns in which some rows differ.
  [[nodiscard]] std::size_t varying() const {
    std::size_t count = 0;
    for (std::size_t c = 0; c < columns_; ++c) {
      count += std::ranges::any_of(
          rows_, [&](const svm_node* row) { return row[c].value != rows_[0][c].value; });
    }
    return count;
  }
  [[nodiscard]] std::unique_ptr<svm_model, DestroyModel> train(svm_parameter parameters) {
    const svm_problem problem{static_cast<int>(y_.size()), y_.data(), rows_.data()};
    AUTOSCALE_CHECK(svm_check_parameter(&problem, &parameters) == nullptr,
                    "LIBSVM does not accept the parameters");
    return std::unique_ptr<svm_model, DestroyModel>(svm_train(&problem, &parameters));
  }

 private:
  std::size_t columns_;
  std::vector<svm_node> nodes_;  // outlives the model, which points here
  std::vector<svm_node*> rows_;
  std::vector<double> y_;
};

svm_parameter parameters_of(const KernelMachineConfig& config, double gamma) {
  svm_parameter p{};
  p.kernel_type = RBF;
  p.gamma = gamma;
  p.C = config.penalty;
  p.eps = kTolerance;
  p.cache_size = kCacheMegabytes;
  p.shrinking = 1;
  return p;
}

double gamma_of(const KernelMachineConfig& config, const Problem& problem) {
  if (config.gamma > 0.0) return config.gamma;
  return 1.0 / static_cast<double>(std::max<std::size_t>(1, problem.varying()));
}

double kernel(std::span<const double> x, std::span<const double> z, double gamma) {
  double sum = 0.0;
  for (std::size_t c = 0; c < x.size(); ++c) sum += (x[c] - z[c]) * (x[c] - z[c]);
  return std::exp(-gamma * sum);
}

}  // namespace

void SupportVectorRegressor::fit(const Samples& samples) {
  const Matrix& features = *samples.target_features;
  Problem problem(samples.y.size(), kFeatures + features.columns());
  for (std::size_t i = 0; i < samples.y.size(); ++i)
    problem.add(samples.states[i], features.row(samples.targets[i]), samples.y[i]);
  gamma_ = gamma_of(config_, problem);
  svm_parameter parameters = parameters_of(config_, gamma_);
  parameters.svm_type = EPSILON_SVR;
  parameters.p = epsilon_;
  const auto model = problem.train(parameters);

  rho_ = model->rho[0];
  terms_.clear();
  const auto vectors = static_cast<std::size_t>(model->l);
  states_.clear();
  for (std::size_t v = 0; v < vectors; ++v)
    states_.push_back(samples.states[static_cast<std::size_t>(model->sv_indices[v]) - 1]);
  std::ranges::sort(states_);
  states_.erase(std::unique(states_.begin(), states_.end()), states_.end());
  for (std::size_t v = 0; v < vectors; ++v) {
    const auto i = static_cast<std::size_t>(model->sv_indices[v]) - 1;
    const auto state = std::ranges::lower_bound(states_, samples.states[i]) - states_.begin();
    terms_.push_back({static_cast<std::uint32_t>(state), samples.targets[i], model->sv_coef[0][v]});
  }
  of_targets_ = Matrix(features.rows(), features.rows());
  for (std::size_t a = 0; a < features.rows(); ++a) {
    for (std::size_t b = 0; b < features.rows(); ++b)
      of_targets_.row(a)[b] = kernel(features.row(a), features.row(b), gamma_);
  }
  of_state_.resize(states_.size());
  sum_by_target_.resize(features.rows());
}

void SupportVectorRegressor::predict(const StateVector& state, std::span<double> y) {
  for (std::size_t s = 0; s < states_.size(); ++s) of_state_[s] = kernel(state, states_[s], gamma_);
  std::ranges::fill(sum_by_target_, 0.0);
  for (const Term& term : terms_)
    sum_by_target_[term.target] += term.coefficient * of_state_[term.state];
  for (std::size_t t = 0; t < y.size(); ++t) {
    double sum = -rho_;
    const auto row = of_targets_.row(t);
    for (std::size_t b = 0; b < row.size(); ++b) sum += row[b] * sum_by_target_[b];
    y[t] = sum;
  }
}

std::size_t SupportVectorRegressor::footprint_bytes() const {
  return states_.size() * sizeof(StateVector) + terms_.size() * sizeof(Term) +
         of_targets_.rows() * of_targets_.columns() * sizeof(double);
}

void SupportVectorClassifier::fit(std::span<const StateVector> states,
                                  std::span<const int> labels) {
  Problem problem(states.size(), kFeatures);
  for (std::size_t i = 0; i < states.size(); ++i) problem.add(states[i], {}, labels[i]);
  gamma_ = gamma_of(config_, problem);
  svm_parameter parameters = parameters_of(config_, gamma_);
  parameters.svm_type = C_SVC;
  const auto model = problem.train(parameters);

  const auto classes = static_cast<std::size_t>(model->nr_class);
  const auto vectors = static_cast<std::size_t>(model->l);
  labels_.assign(model->label, model->label + classes);
  AUTOSCALE_CHECK(std::ranges::is_sorted(labels_), "classes are in the order of their samples");
  first_.assign(1, 0);
  for (std::size_t c = 0; c < classes; ++c)
    first_.push_back(first_.back() + static_cast<std::size_t>(model->nSV[c]));
  vectors_.clear();
  for (std::size_t v = 0; v < vectors; ++v)
    vectors_.push_back(states[static_cast<std::size_t>(model->sv_indices[v]) - 1]);
  coefficients_ = Matrix(classes - 1, vectors);
  for (std::size_t k = 0; k + 1 < classes; ++k)
    std::copy_n(model->sv_coef[k], vectors, coefficients_.row(k).begin());
  rho_.assign(model->rho, model->rho + classes * (classes - 1) / 2);
  kernel_.resize(vectors);
}

// As svm_predict_values: class i against class j > i, for i if the sum is positive.
void SupportVectorClassifier::vote(const StateVector& state, std::span<double> votes) {
  for (std::size_t v = 0; v < vectors_.size(); ++v) kernel_[v] = kernel(state, vectors_[v], gamma_);
  if (labels_.size() == 1) votes[static_cast<std::size_t>(labels_[0])] += 1.0;
  std::size_t pair = 0;
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    for (std::size_t j = i + 1; j < labels_.size(); ++j, ++pair) {
      double sum = 0.0;
      for (std::size_t v = first_[i]; v < first_[i + 1]; ++v)
        sum += coefficients_.row(j - 1)[v] * kernel_[v];
      for (std::size_t v = first_[j]; v < first_[j + 1]; ++v)
        sum += coefficients_.row(i)[v] * kernel_[v];
      votes[static_cast<std::size_t>(labels_[sum - rho_[pair] > 0.0 ? i : j])] += 1.0;
    }
  }
}

std::size_t SupportVectorClassifier::footprint_bytes() const {
  return vectors_.size() * sizeof(StateVector) +
         (coefficients_.rows() * coefficients_.columns() + rho_.size()) * sizeof(double) +
         labels_.size() * sizeof(int);
}

}  // namespace autoscale
