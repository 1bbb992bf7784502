// The few things that readers and writers do with JSON, behind declarations only: including this
// does not include nlohmann/json.hpp (3 s per translation unit).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "sim/config/field.h"
#include "sim/config/place.h"

namespace autoscale {

using Json = nlohmann::ordered_json;

// Owns a document where Json is an incomplete type.
class JsonDocument {
 public:
  JsonDocument();  // null
  explicit JsonDocument(Json root);
  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;
  ~JsonDocument();

  [[nodiscard]] Json& root() { return *root_; }
  [[nodiscard]] const Json& root() const { return *root_; }

 private:
  std::unique_ptr<Json> root_;
};

// ---- looking -----------------------------------------------------------------------------------

[[nodiscard]] bool is_object(const Json& json);
[[nodiscard]] bool is_array(const Json& json);
[[nodiscard]] bool is_string(const Json& json);
[[nodiscard]] std::size_t size_of(const Json& json);
[[nodiscard]] const Json& element(const Json& array, std::size_t index);
[[nodiscard]] const Json* find_member(const Json& object, std::string_view key);
[[nodiscard]] std::vector<std::string> member_names(const Json& object);  // without "$comment"
[[nodiscard]] std::string text_of(const Json& string);
[[nodiscard]] std::string found(const Json& json);  // `"1W"`, `12`, `an object`: for messages

// Allowed everywhere, with any value, and means nothing here.
inline constexpr std::string_view kCommentKey = "$comment";
// Allowed in the outermost object, for editors; a string.
inline constexpr std::string_view kSchemaKey = "$schema";

// ---- reading one value; false after reporting what is wrong --------------------------------------

bool expect_object(const Json& json, const Place& place);
bool expect_array(const Json& json, std::size_t min_items, const Place& place);
bool read_number(const Json& json, double& out, const FieldInfo& field, const Place& place);
bool read_integer(const Json& json, std::int64_t& out, std::int64_t lowest, std::int64_t highest,
                  const FieldInfo& field, const Place& place);
bool read_integer(const Json& json, std::uint64_t& out, const FieldInfo& field, const Place& place);
bool read_bool(const Json& json, bool& out, const Place& place);
bool read_string(const Json& json, std::string& out, const FieldInfo& field, const Place& place);
bool read_cell(const Json& json, const CellText& out, const Place& place);
bool read_name(const Json& json, std::size_t& out, const std::vector<std::string>& names,
               const Place& place);
bool read_json_text(const Json& json, const JsonText& out, const Place& place);
// The single member of {"NAME": ...}; its name as position in `names`.
const Json* read_single_member(const Json& json, std::size_t& out,
                               const std::vector<std::string>& names, const Place& place);

// ---- writing -------------------------------------------------------------------------------------

void set_object(Json& json);
void set_array(Json& json);
Json& add_member(Json& object, std::string_view key);
Json& append(Json& array);
void remove_empty_object(Json& object, std::string_view key);
void remove_member(Json& object, std::string_view key);  // if it is there
void set(Json& json, double value);  // integral values are written without a fraction
void set(Json& json, std::int64_t value);
void set(Json& json, std::uint64_t value);
void set_bool(Json& json, bool value);
void set_text(Json& json, std::string_view value);
void set_parsed(Json& json, std::string_view json_text);           // precondition: valid JSON
[[nodiscard]] std::string dump(const Json& json, int indent = 2);  // -1: one line

}  // namespace autoscale
