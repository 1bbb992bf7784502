// A manifest.json beside a results.csv.
#include "sim/report/result_set.h"
#include "tests/fuzz/targets.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  file_with("results.csv", "scenario,device,policy,network,replication,energy\ns,d,p,all,0,1\n");
  const auto manifest = file_with("manifest.json", bytes);
  Diagnostics problems;
  const auto set = read_results(manifest.parent_path(), problems);
  problems.throw_if_any();
  expect(set->seed.has_value(), "a manifest has a seed");
}

const RegisterTarget registered{"manifest", read};

}  // namespace
}  // namespace autoscale::fuzz
