// Support vector machines with the kernel exp(-gamma |x - z|^2), trained by LIBSVM (Chang and Lin, ACM TIST 2, 2011).
// What is trained is kept as arrays: svm_predict allocates, and evaluates its kernel for every target anew.
// Training is deterministic: LIBSVM draws random numbers for cross-validation and probabilities only, which are
// not used here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/config/field.h"
#include "sim/policies/regressor.h"

namespace autoscale {

struct KernelMachineConfig {
  double penalty = 10.0;
  double gamma = 0.0;
};

inline constexpr double kMostKernelRecords = 4096;  // training takes time in n^2

template <class Visitor>
void describe_kernel_machine(KernelMachineConfig& self, Visitor& field) {
  field(self.penalty, {.key = dimensionless("penalty"),
                       .doc = "Weight of errors in training (LIBSVM's C).",
                       .above = 0,
                       .max = 1e4});
  field(self.gamma,
        {.key = dimensionless("gamma"),
         .doc = "Of the kernel exp(-gamma d^2), d the distance of standardised features; 0: one "
                "over the number of features that vary.",
         .min = 0,
         .max = 1e3});
}

// Regression with errors up to epsilon ignored (EPSILON_SVR).
class SupportVectorRegressor final : public Regressor {
 public:
  SupportVectorRegressor(const KernelMachineConfig& config, double epsilon)
      : config_(config), epsilon_(epsilon) {}
  void fit(const Samples& samples) override;
  // The kernel of a state and a target is the product of the kernels of both. Per distinct state of the support
  // vectors it is evaluated once, whatever the number of targets.
  void predict(const StateVector& state, std::span<double> y) override;
  [[nodiscard]] std::size_t footprint_bytes() const override;

 private:
  struct Term {  // one support vector
    std::uint32_t state = 0;
    std::uint32_t target = 0;
    double coefficient = 0.0;
  };

  KernelMachineConfig config_;
  double epsilon_;
  double gamma_ = 0.0;
  double rho_ = 0.0;
  std::vector<StateVector> states_;  // distinct ones
  std::vector<Term> terms_;
  Matrix of_targets_;                  // kernel of two targets
  std::vector<double> of_state_;       // [state] kernel, while predicting
  std::vector<double> sum_by_target_;  // while predicting
};

// Classification by votes of one machine for each pair of classes (C_SVC).
class SupportVectorClassifier {
 public:
  explicit SupportVectorClassifier(const KernelMachineConfig& config) : config_(config) {}
  // `labels` ascend. Precondition: there is at least one sample.
  void fit(std::span<const StateVector> states, std::span<const int> labels);
  // Adds the votes for each label. Does not allocate. Precondition: fitted.
  void vote(const StateVector& state, std::span<double> votes);
  [[nodiscard]] std::size_t footprint_bytes() const;

 private:
  KernelMachineConfig config_;
  double gamma_ = 0.0;
  std::vector<int> labels_;  // [class], ascending
  std::vector<std::size_t>
      first_;  // [class] its support vectors are those up to the next class's first
  std::vector<StateVector> vectors_;  // by class
  Matrix coefficients_;               // [other class, less 1 behind the own][support vector]
  std::vector<double> rho_;           // [pair]
  std::vector<double> kernel_;        // [support vector], while voting
};

}  // namespace autoscale
