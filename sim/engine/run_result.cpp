#include "sim/engine/run_result.h"

#include <boost/sort/spreadsort/float_sort.hpp>

namespace autoscale {

void RunResult::close() {
  for (WorkloadTally& tally : workloads)
    boost::sort::spreadsort::float_sort(tally.latency_ms.begin(), tally.latency_ms.end());
}

}  // namespace autoscale
