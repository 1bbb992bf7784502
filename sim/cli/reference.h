// docs/reference.md: every key, metric and policy, from the declarations that the program reads with.
#pragma once

#include <string>

namespace autoscale {

[[nodiscard]] std::string reference_page();

}  // namespace autoscale
