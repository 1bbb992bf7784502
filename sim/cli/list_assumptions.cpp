// Every figure that nobody measured: of the profiles, and among the defaults of a scenario.
#include <filesystem>
#include <type_traits>
#include <variant>

#include <fmt/format.h>

#include "sim/cli/listing.h"
#include "sim/config/figures.h"
#include "sim/config/load_model.h"
#include "sim/config/scenario_fields.h"

namespace autoscale {
namespace {

constexpr const char* kScenarioDefaults = "(default of a scenario)";

// Figures of one list from one source are one assumption: "/.../mhz/0" to "/.../mhz/22" is one row.
struct AssumedFigure {
  std::string pointer;
  std::vector<std::string> values;
  std::string source;
};

std::string list_of(const std::string& pointer) {
  const std::size_t slash = pointer.rfind('/');
  if (slash == std::string::npos || slash + 1 == pointer.size()) return pointer;
  const bool index = pointer.find_first_not_of("0123456789", slash + 1) == std::string::npos;
  return index ? pointer.substr(0, slash) : pointer;
}

std::vector<AssumedFigure> assumed(const std::vector<SourcedFigure>& figures) {
  std::vector<AssumedFigure> result;
  for (const SourcedFigure& f : figures) {
    if (f.quality != Quality::kAssumed) continue;
    const std::string pointer = list_of(f.pointer);
    if (result.empty() || result.back().pointer != pointer || result.back().source != f.source) {
      result.push_back({pointer, {}, f.source});
    }
    result.back().values.push_back(f.value);
  }
  return result;
}

void add(Listing& listing, const std::string& file, const std::vector<SourcedFigure>& figures) {
  for (const AssumedFigure& f : assumed(figures)) {
    listing.add({file, f.pointer, f.values, f.source});
  }
}

// Walks a struct's fields down to numbers and collects those whose text says "assumed".
class AssumedDefaults {
 public:
  AssumedDefaults(std::string pointer, Listing& listing)
      : pointer_(std::move(pointer)), listing_(listing) {}

  template <class T>
  void operator()(T& member, const Declared<T>& declared) {
    const FieldInfo field = declared;
    take(member, field, pointer_ + "/" + std::string(field.key));
  }

 private:
  template <class T>
  void take(T& member, const FieldInfo& field, const std::string& pointer) {
    if constexpr (std::is_arithmetic_v<T>) {
      if (field.doc.find("assumed") == std::string_view::npos) return;
      listing_.add({kScenarioDefaults, pointer, std::vector{fmt::format("{}", member)},
                    std::string(field.doc)});
    } else if constexpr (kIsOptional<T>) {
      typename T::value_type value{};
      take(value, field, pointer);
    } else if constexpr (kIsVector<T>) {
      typename T::value_type value{};
      take(value, field, pointer + "/*");
    } else if constexpr (requires(AssumedDefaults inner) { describe(member, inner); }) {
      AssumedDefaults inner(pointer, listing_);
      describe(member, inner);
    }
  }

  std::string pointer_;
  Listing& listing_;
};

}  // namespace

Listing list_assumptions(const DataPath& data) {
  Listing listing{"file", "pointer", "value", "source"};
  for (const std::string& name : data.available(DataKind::kDevice)) {
    add(listing, fmt::format("models/devices/{}.json", name),
        sourced_figures(load_device(data, name)));
  }
  for (const std::string& name : data.available(DataKind::kNetwork)) {
    add(listing, fmt::format("models/networks/{}.json", name),
        sourced_figures(load_network(data, name)));
  }
  for (const std::string& name : data.available(DataKind::kRadio)) {
    add(listing, fmt::format("configs/radios/{}.json", name),
        sourced_figures(load_radio(data, name)));
  }
  Scenario scenario;
  AssumedDefaults defaults("", listing);
  describe(scenario, defaults);
  return listing;
}

}  // namespace autoscale
