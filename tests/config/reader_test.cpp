#include "sim/config/reader.h"

#include <cmath>
#include <string>
#include <vector>

#include "sim/config/json_file.h"
#include "sim/config/writer.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

enum class Mode : std::uint8_t { kFast, kSafe };
const char* to_string(Mode m) { return m == Mode::kFast ? "fast" : "safe"; }

struct Inner {
  double weight_ratio = 0.5;
};

struct Sample {
  double learning_rate = 0.9;
  Millis deadline{50.0};
  int steps = 3;
  std::uint64_t seed = 1;
  bool noisy = true;
  Mode mode = Mode::kSafe;
  std::string label = "none";
  std::optional<double> limit_w;
  std::vector<double> levels_dbm{-55.0};
  std::vector<Mode> modes;
  std::map<std::string, Inner> parts;
  std::vector<Inner> list;
};

template <class Visitor>
void describe(Inner& self, Visitor& field) {
  field(self.weight_ratio, {.key = "weight_ratio", .doc = "Weight.", .min = 0, .max = 1});
}

template <class Visitor>
void describe(Sample& self, Visitor& field) {
  field(self.learning_rate,
        {.key = dimensionless("learning_rate"), .doc = "Step size.", .min = 0, .max = 1});
  field(self.deadline, {.key = "deadline_ms", .doc = "Deadline.", .above = 0});
  field(self.steps, {.key = "steps", .doc = "Steps.", .min = 1});
  field(self.seed, {.key = "seed", .doc = "Seed."});
  field(self.noisy, {.key = "noisy", .doc = "Noise."});
  field(self.mode, {.key = "mode", .doc = "Mode."});
  field(self.label, {.key = "label", .doc = "Label."});
  field(self.limit_w, {.key = "limit_w", .doc = "Limit.", .max = 10});
  field(self.levels_dbm, {.key = "levels_dbm", .doc = "Levels.", .max = 0, .min_items = 1});
  field(self.modes, {.key = "modes", .doc = "Modes."});
  field(self.parts, {.key = "parts", .doc = "Parts."});
  field(self.list, {.key = "list", .doc = "List."});
}

void validate(const Sample& self, const Place& place) {
  if (self.steps > 5 && self.noisy) place.child("steps").error("is above 5, but noisy is true");
}

}  // namespace

template <>
inline constexpr std::size_t kEnumCount<Mode> = 2;

namespace {

std::vector<std::string> errors(std::string_view text, Sample& sample) {
  Diagnostics diagnostics;
  read_json_text(text, sample, "f.json", "/policies/0/config", diagnostics);
  std::vector<std::string> lines;
  for (const Diagnostic& d : diagnostics.list()) lines.push_back(to_string(d));
  return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("an empty object leaves the defaults") {
  Sample sample;
  CHECK(errors("{}", sample).empty());
  CHECK(json_text(sample) == json_text(Sample{}));
}

TEST_CASE("every kind of field is read") {
  Sample sample;
  CHECK(errors(
            R"({"learning_rate": 1, "deadline_ms": 20.5, "steps": 4.0, "seed": 18446744073709551615,
                   "noisy": false, "mode": "fast", "label": "x", "limit_w": 2, "levels_dbm": [-60, -70],
                   "parts": {"a/b": {"weight_ratio": 0.25, "$comment": "why"}}, "list": [{}],
                   "$comment": {"anything": [1]}})",
            sample) == Lines{});
  CHECK(sample.learning_rate == 1.0);
  CHECK(sample.deadline == Millis{20.5});
  CHECK(sample.steps == 4);
  CHECK(sample.seed == 18446744073709551615U);
  CHECK_FALSE(sample.noisy);
  CHECK(sample.mode == Mode::kFast);
  CHECK(sample.label == "x");
  CHECK(sample.limit_w == 2.0);
  CHECK(sample.levels_dbm == std::vector<double>{-60.0, -70.0});
  CHECK(sample.parts.at("a/b").weight_ratio == 0.25);
  CHECK(sample.list.size() == 1);
}

TEST_CASE("a list of names is a set") {
  Sample sample;
  CHECK(errors(R"({"modes": ["safe", "fast"]})", sample) == Lines{});
  CHECK(sample.modes == std::vector<Mode>{Mode::kSafe, Mode::kFast});
  CHECK(json_text(sample, -1).find(R"("modes":["safe","fast"])") != std::string::npos);
  CHECK(errors(R"({"modes": ["safe", "fast", "safe"]})", sample) ==
        Lines{R"(f.json: /policies/0/config/modes/2: "safe" is listed twice)"});
  CHECK(errors(R"({"modes": ["safe", "fats", "safe"]})", sample) ==
        Lines{R"(f.json: /policies/0/config/modes/1: "fats" is not one of "fast", "safe"; )"
              R"(did you mean 'fast'?)"});
  CHECK(errors(R"({"modes": "safe"})", sample) ==
        Lines{R"(f.json: /policies/0/config/modes: expected a list, got "safe")"});
}

TEST_CASE("$schema is a string of the outermost object") {
  const auto problems = [](std::string_view text) {
    Sample sample;
    Diagnostics diagnostics;
    read_json_text(text, sample, "f.json", "", diagnostics);
    return diagnostics.empty() ? "" : to_string(diagnostics.list().front());
  };
  CHECK(problems(R"({"$schema": "s.json"})").empty());
  CHECK(problems(R"({"$schema": {}})") == "f.json: /$schema: expected a string, got an object");
  CHECK(problems(R"({"list": [{"$schema": "s.json"}]})")
            .starts_with("f.json: /list/0/$schema: unknown key"));
}

TEST_CASE("what is written reads back the same") {
  Sample sample;
  sample.learning_rate = 0.1;
  sample.limit_w = 0.3;
  sample.seed = 9007199254740993U;  // no double
  sample.parts["p"].weight_ratio = 1.0 / 3.0;
  const std::string text = json_text(sample);
  Sample again;
  CHECK(errors(text, again) == Lines{});
  CHECK(again.seed == sample.seed);
  CHECK(again.parts["p"].weight_ratio == sample.parts["p"].weight_ratio);
  CHECK(json_text(again) == text);
}

TEST_CASE("a negative zero is a zero") {
  Sample sample;
  CHECK(errors(R"({"learning_rate": -0.0})", sample) == Lines{});
  CHECK_FALSE(std::signbit(sample.learning_rate));
}

TEST_CASE("all errors are reported at once, with pointers below the base") {
  Sample sample;
  const Lines found = errors(R"({"learning_rate": 2, "deadline_ms": 0, "steps": 1.5, "seed": -3,
      "noisy": "yes", "mode": "fats", "label": 5, "limit_w": null, "levels_dbm": [],
      "parts": {"a/b": {"weight": 1}}, "list": [{}, 3], "learnin_rate": 1})",
                             sample);
  CHECK(found == Lines{
                     "f.json: /policies/0/config/learning_rate: 2 is outside [0, 1]",
                     "f.json: /policies/0/config/deadline_ms: expected a number above 0, got 0",
                     "f.json: /policies/0/config/steps: expected an integer, got 1.5",
                     "f.json: /policies/0/config/seed: -3 is below the minimum 0",
                     "f.json: /policies/0/config/noisy: expected true or false, got \"yes\"",
                     "f.json: /policies/0/config/mode: \"fats\" is not one of \"fast\", \"safe\"; "
                     "did you mean 'fast'?",
                     "f.json: /policies/0/config/label: expected a string, got 5",
                     "f.json: /policies/0/config/limit_w: expected a number, got null",
                     "f.json: /policies/0/config/levels_dbm: must not be empty",
                     "f.json: /policies/0/config/parts/a~1b/weight: unknown key; did you mean "
                     "'weight_ratio'?",
                     "f.json: /policies/0/config/list/1: expected an object, got 3",
                     "f.json: /policies/0/config/learnin_rate: unknown key; did you mean "
                     "'learning_rate'?",
                 });
}

TEST_CASE("relations are checked once the fields are right") {
  Sample sample;
  CHECK(errors(R"({"steps": 6})", sample) ==
        Lines{"f.json: /policies/0/config/steps: is above 5, but noisy is true"});
  CHECK(errors(R"({"steps": 6, "label": 1})", sample) ==
        Lines{"f.json: /policies/0/config/label: expected a string, got 1"});
}

TEST_CASE("layers: later keys win, each error names its own file") {
  const std::vector<JsonLayer> layers{
      {R"({"steps": 2, "label": "base", "colour": 1})", "base.json", "", false},
      {R"({"steps": 0, "noisy": false, "load": "table"})", "s.json", "/policy", true}};
  Sample sample;
  Diagnostics diagnostics;
  read_json_layers(layers, sample, diagnostics);
  REQUIRE(diagnostics.list().size() == 2);
  CHECK(to_string(diagnostics.list()[0]) == "s.json: /policy/steps: 0 is below the minimum 1");
  CHECK(to_string(diagnostics.list()[1]).starts_with("base.json: /colour: unknown key"));
  CHECK(sample.label == "base");
  CHECK_FALSE(sample.noisy);
}

TEST_CASE("lists that are too long are refused before their elements are read") {
  std::string text = "[0";
  for (int i = 0; i < 1'000'000; ++i) text += ",0";
  Diagnostics problems;
  const auto document = parse_json(text + "]", "f", problems);
  std::vector<std::string> list;
  read_json(document->root(), list, Place{"f", "", &problems});
  REQUIRE(problems.list().size() == 1);
  CHECK(to_string(problems.list().front()) == "f: has 1000001 items, more than 1000000");
  CHECK(list.empty());
}

TEST_CASE("the keys of a struct and of a text can be listed") {
  const std::vector<std::string> keys = known_keys<Sample>();
  CHECK(keys.front() == "learning_rate");
  CHECK(keys.size() == 12);
  CHECK(keys_of_json_text(R"({"a": 1, "$comment": 2, "b": {}})") == Lines{"a", "b"});
  CHECK(keys_of_json_text("[1]").empty());
}

// Keys of numbers carry their unit; these hold at compile time for every declared field.
static_assert(UnitRule<double>::accepts("qos_ms"));
static_assert(UnitRule<double>::accepts("percent"));
static_assert(!UnitRule<double>::accepts("qos"));
static_assert(!UnitRule<double>::accepts("frames"));  // "ms" without its underscore
static_assert(!UnitRule<std::optional<double>>::accepts("power"));
static_assert(!UnitRule<std::vector<double>>::accepts("levels"));
static_assert(UnitRule<Millis>::accepts("deadline_ms"));
static_assert(!UnitRule<Millis>::accepts("deadline_us"));
static_assert(UnitRule<int>::accepts("replications"));

}  // namespace
}  // namespace autoscale
