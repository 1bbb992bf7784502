// When the requests of a workload arrive, from its scenario.
#pragma once

#include "sim/config/scenario.h"
#include "sim/workload/arrivals.h"

namespace autoscale {

ArrivalProcess arrival_process(const WorkloadSpec& spec);

}  // namespace autoscale
