#include "sim/config/figures.h"

#include <type_traits>

#include <fmt/format.h>

#include "sim/config/device_fields.h"
#include "sim/config/place.h"
#include "sim/config/radio_fields.h"

namespace autoscale {
namespace {

// Visits one object. Numbers wait until its "quality" and "source" are known; those of an object
// without provenance (layer sizes, core counts) describe structure and are no figures.
class FigureCollector {
 public:
  FigureCollector(std::string pointer, std::vector<SourcedFigure>& out)
      : pointer_(std::move(pointer)), out_(out) {}

  template <class T>
  void operator()(T& member, const Declared<T>& declared) {
    const FieldInfo field = declared;
    if (field.meta) return;
    // A figure object is named by its own pointer.
    const bool is_figure = field.key == "value";
    take(member, field, is_figure ? pointer_ : pointer_ + "/" + escape_pointer(field.key));
  }

  void finish() {
    if (quality_ == nullptr || source_->empty()) return;  // an optional figure that is absent
    for (const Waiting& number : waiting_) {
      out_.push_back({number.pointer, fmt::format("{}", number.value), *quality_, *source_});
    }
  }

 private:
  struct Waiting {
    std::string pointer;
    double value;
  };

  template <class T>
  void take(T& member, const FieldInfo& field, const std::string& pointer) {
    if constexpr (std::is_same_v<T, Quality>) {
      quality_ = &member;
    } else if constexpr (std::is_same_v<T, std::string>) {
      if (field.key == "source") source_ = &member;
    } else if constexpr (std::is_arithmetic_v<T>) {
      waiting_.push_back({pointer, static_cast<double>(member)});
    } else if constexpr (std::is_enum_v<T> || std::is_same_v<T, CellText>) {
      // a name, not a figure
    } else if constexpr (kIsOptional<T>) {
      if (member) take(*member, field, pointer);
    } else if constexpr (kIsVector<T> || kIsArray<T>) {
      for (std::size_t i = 0; i < member.size(); ++i) {
        take(member[i], field, fmt::format("{}/{}", pointer, i));
      }
    } else if constexpr (kIsMap<T>) {
      for (auto& [key, value] : member) take(value, field, pointer + "/" + escape_pointer(key));
    } else {
      FigureCollector inner(pointer, out_);
      visit_fields(member, inner, field);
      inner.finish();
    }
  }

  std::string pointer_;
  std::vector<SourcedFigure>& out_;
  std::vector<Waiting> waiting_;
  const Quality* quality_ = nullptr;
  const std::string* source_ = nullptr;
};

template <class T>
std::vector<SourcedFigure> collect(const T& profile) {
  std::vector<SourcedFigure> figures;
  FigureCollector collector("", figures);
  // describe() takes a mutable reference; the collector only reads.
  visit_fields(const_cast<T&>(profile), collector, FieldInfo{});
  collector.finish();
  return figures;
}

}  // namespace

std::vector<SourcedFigure> sourced_figures(const DeviceProfile& device) { return collect(device); }
std::vector<SourcedFigure> sourced_figures(const RadioProfile& radio) { return collect(radio); }
std::vector<SourcedFigure> sourced_figures(const Network& network) { return collect(network); }

}  // namespace autoscale
