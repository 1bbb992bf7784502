// A corpus of invalid files: each NAME.json of a folder is refused with exactly the lines of NAME.txt. To write
// the .txt of a new file, run the test with AUTOSCALE_UPDATE_EXPECTED=1 and read what it wrote.
#pragma once

#include <filesystem>
#include <string>

#include "sim/base/diagnostics.h"

namespace autoscale::test {

// Checks every file of `folder` (below the sources), of which there are at least `least`.
void check_invalid_corpus(const std::string& folder, int least,
                          Diagnostics (*problems_of)(const std::filesystem::path& file));

}  // namespace autoscale::test
