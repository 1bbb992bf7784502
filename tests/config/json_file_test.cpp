#include "sim/config/json_file.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

std::string first_error(std::string_view text) {
  Diagnostics diagnostics;
  const auto document = parse_json(text, "f", diagnostics);
  return diagnostics.empty() ? "" : to_string(diagnostics.list().front());
}

std::string load_error(const fs::path& path) {
  Diagnostics diagnostics;
  CHECK_FALSE(load_json_file(path, diagnostics));
  REQUIRE_FALSE(diagnostics.empty());
  return to_string(diagnostics.list().front());
}

TEST_CASE("files that cannot be read") {
  CHECK(load_error("/no/such/file.json") == "/no/such/file.json: there is no such file");
  CHECK(load_error(fs::temp_directory_path()) ==
        fs::temp_directory_path().string() + ": is a folder, expected a file");
}

TEST_CASE("a file above the size limit is refused without being kept") {
  const test::ScratchFolder folder;
  const fs::path path = folder.path() / "large.json";
  std::ofstream(path) << "[]";
  fs::resize_file(path, kLargestFileBytes + 1);  // sparse
  CHECK(load_error(path) == path.string() + ": is larger than 64 MiB");
}

TEST_CASE("200,000 brackets are refused, not followed") {
  CHECK(first_error(std::string(200'000, '[')).starts_with("f:1:65: nests deeper than 64 levels"));
  CHECK(first_error(std::string(64, '[') + std::string(64, ']')).empty());
  CHECK(
      first_error(R"({"a": "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["})")
          .empty());
}

TEST_CASE("objects of too many keys are refused in time") {
  const auto object = [](std::size_t keys) {
    std::string text = "{";
    for (std::size_t i = 0; i < keys; ++i) text += fmt::format("{}\"k{}\": 0", i ? ", " : "", i);
    return text + "}";
  };
  CHECK(first_error(object(kMostKeys)).empty());
  CHECK(first_error(object(kMostKeys + 1)) == "f: /k10000: is one of more than 10000 keys");
}

TEST_CASE("encodings") {
  CHECK(first_error("\xEF\xBB\xBF{}").empty());
  CHECK(first_error("{\"a\": \"\xE2\x82\xAC \xF0\x9F\x98\x80\"}").empty());
  CHECK(first_error("{\"a\": \"\xC0\x80\"}").starts_with("f:1:8: byte 0xC0 is not UTF-8"));
  CHECK(first_error("{\"a\": \"\xED\xA0\x80\"}").starts_with("f:1:8: byte 0xED is not UTF-8"));
  CHECK(first_error("{\"a\": \"\xE2\x82").starts_with("f:1:8: byte 0xE2 is not UTF-8"));
  CHECK(first_error(" \n ") == "f: is empty, expected a JSON document");
}

TEST_CASE("numbers") {
  CHECK(first_error("[1e308, -1e-400, 18446744073709551616]").empty());
  CHECK(first_error("[1" + std::string(1000, '0') + "]")
            .starts_with("f:1:2: the number 1" + std::string(39, '0') + "... is too large\n"));
  CHECK(first_error("[1e309]") == "f:1:2: the number 1e309 is too large\n  [1e309]\n   ^");
}

TEST_CASE("long lines are shown around the error only") {
  const std::string text = "[" + std::string(10'000, ' ') + "x" + std::string(10'000, ' ') + "]";
  const std::string error = first_error(text);
  CHECK(error.starts_with("f:1:10002: invalid literal"));
  CHECK(error.size() < 400);
}

}  // namespace
}  // namespace autoscale
