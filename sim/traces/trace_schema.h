// JSON Schemas (2020-12) of traces and their models, from the declarations that also read them.
#pragma once

#include <string>

namespace autoscale {

// Of the columns of a trace, a CSV file, as a JSON object: each name with the list of its numbers, null where a field
// is empty. That lists are of one length, and times in order, is for the program to say.
[[nodiscard]] std::string trace_schema();

// Of a model of a trace, a JSON file.
[[nodiscard]] std::string trace_model_schema();

}  // namespace autoscale
