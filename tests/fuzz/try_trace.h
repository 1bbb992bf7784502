// What has to hold of every trace that a reader accepted.
#pragma once

#include <optional>

#include "sim/base/diagnostics.h"
#include "sim/traces/import_report.h"
#include "sim/traces/trace.h"

namespace autoscale::fuzz {

// It has statistics, it is written and reads back as the same samples, and what can be fitted to it generates.
void try_trace(const Trace& trace);

// Of an importer: refused with a reason, left nothing and said so, or a trace that holds.
void try_imported(const std::optional<Trace>& trace, const ImportReport& report,
                  const Diagnostics& problems);

}  // namespace autoscale::fuzz
