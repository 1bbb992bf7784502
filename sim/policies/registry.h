// Where policies make themselves known. A policy is one file: a config struct with describe(), a
// class derived from Policy, and one line
//
//   const RegisterPolicy<MyPolicy> registered{"my_policy", "What it does, in one line."};
//
// There is no list to edit; a name used twice ends the program at its start.
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/config/field.h"
#include "sim/config/reader.h"
#include "sim/config/scenario.h"
#include "sim/config/schema.h"
#include "sim/config/writer.h"
#include "sim/engine/policy.h"

namespace autoscale {

// What a policy that takes no configuration names as its Config.
struct NoConfig {};
template <class Visitor>
void describe(NoConfig&, Visitor&) {}

// Thrown by a policy's constructor when the scenario leaves it nothing to do its work with.
class PolicyError : public std::runtime_error {
 public:
  explicit PolicyError(const std::string& message, std::string hint = "")
      : std::runtime_error(message), hint_(std::move(hint)) {}
  [[nodiscard]] const std::string& hint() const { return hint_; }

 private:
  std::string hint_;
};

// What RegisterPolicy asks of a class.
template <class P>
concept PolicyClass = std::derived_from<P, Policy> && requires {
  typename P::Config;
} && std::default_initializable<typename P::Config> &&
    std::constructible_from<P, const typename P::Config&, const PolicyContext&>;

enum class PolicyKind : unsigned char {
  kRule,     // decides by what it observes and the offline profile
  kLearner,  // also learns from outcomes; is trained before it is judged
  kOracle,   // is told the true costs (PolicyContext::evaluator): a yardstick, not a scheduler
};

struct PolicyEntry {
  std::string name;
  std::string doc;
  PolicyKind kind = PolicyKind::kRule;
  std::vector<std::string> keys;  // of its configuration
  // Builds the policy from layers of configuration, or reports and returns nullptr.
  std::function<std::unique_ptr<Policy>(std::span<const JsonLayer>, const PolicyContext&,
                                        Diagnostics&)>
      make;
  // Reads the layers only, and reports what is wrong with them.
  std::function<void(std::span<const JsonLayer>, Diagnostics&)> check;
  // The same; the configuration with all defaults spelt out, as JSON text.
  std::function<std::string(std::span<const JsonLayer>, Diagnostics&)> effective_config;

  // JSON Schema of its configuration: keys, texts, bounds, defaults.
  std::function<std::string()> schema;

  [[nodiscard]] bool is_oracle() const { return kind == PolicyKind::kOracle; }
  [[nodiscard]] bool is_learner() const { return kind == PolicyKind::kLearner; }
};

// Sorted by name.
[[nodiscard]] std::span<const PolicyEntry> registered_policies();
[[nodiscard]] const PolicyEntry* find_policy(std::string_view name);

// Builds the policy a scenario asks for. Its configuration is the defaults, then the keys of the
// scenario's "/policy" object (`shared_config_json`) that it knows, then its own "config" object.
// Reports what is wrong and returns nullptr. Only oracles are passed context.evaluator.
[[nodiscard]] std::unique_ptr<Policy> make_policy(const PolicySpec& spec,
                                                  std::string_view shared_config_json,
                                                  const PolicyContext& context,
                                                  const std::string& file,
                                                  Diagnostics& diagnostics);

// The configuration that make_policy would use, with all defaults, as JSON text.
[[nodiscard]] std::string effective_config(const PolicySpec& spec,
                                           std::string_view shared_config_json);

// What can be said without a world: names that are not registered, wrong configurations, and keys
// of "/policy" that none of the policies knows, where all of them are known. Without `all_read`, specs
// without a policy have been reported.
void check_policies(std::span<const PolicySpec> specs, std::string_view shared_config_json,
                    const std::string& file, Diagnostics& diagnostics, bool all_read = true);

// Throws std::logic_error when the name is taken.
void register_policy(PolicyEntry entry);

template <PolicyClass P>
class RegisterPolicy {
 public:
  // noexcept: what goes wrong here ends the program, with the message.
  RegisterPolicy(std::string_view name, std::string_view doc,
                 PolicyKind kind = PolicyKind::kRule) noexcept {
    register_policy({.name = std::string(name),
                     .doc = std::string(doc),
                     .kind = kind,
                     .keys = known_keys<Config>(),
                     .make = make,
                     .check = check,
                     .effective_config = effective_config,
                     .schema = schema});
  }

 private:
  using Config = typename P::Config;

  static std::unique_ptr<Policy> make(std::span<const JsonLayer> layers,
                                      const PolicyContext& context, Diagnostics& diagnostics) {
    const std::size_t before = diagnostics.list().size();
    Config config{};
    read_json_layers(layers, config, diagnostics);
    if (diagnostics.list().size() != before) return nullptr;
    return std::make_unique<P>(config, context);
  }

  static void check(std::span<const JsonLayer> layers, Diagnostics& diagnostics) {
    Config config{};
    read_json_layers(layers, config, diagnostics);
  }

  static std::string effective_config(std::span<const JsonLayer> layers, Diagnostics& diagnostics) {
    Config config{};
    read_json_layers(layers, config, diagnostics);
    return json_text(config);
  }

  static std::string schema() { return schema_text<Config>("policy configuration"); }
};

}  // namespace autoscale
