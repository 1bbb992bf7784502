// A golden file of `run --expect`: nothing has moved from itself, everything from nothing.
#include "sim/report/expectation.h"
#include "tests/fuzz/targets.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  Diagnostics problems;
  const auto figures = read_figures(bytes, "golden.json", problems);
  problems.throw_if_any();
  expect(moved_figures(*figures, *figures, 0.0).empty(), "figures agree with themselves");
  const auto lost = moved_figures(*figures, {}, 0.1);
  expect(!moved_table(lost, 20).empty(), "what moved has a table");
}

const RegisterTarget registered{"golden", read};

}  // namespace
}  // namespace autoscale::fuzz
