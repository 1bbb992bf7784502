#include "sim/policies/registry.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/base/check.h"

namespace autoscale {
namespace {

// Inside a function: registrations run before main(), in no particular order.
std::vector<PolicyEntry>& entries() {
  static std::vector<PolicyEntry> list;
  return list;
}

std::vector<std::string> names() {
  std::vector<std::string> list;
  for (const PolicyEntry& entry : entries()) list.push_back(entry.name);
  return list;
}

std::array<JsonLayer, 2> layers_of(const PolicySpec& spec, std::string_view shared_config_json,
                                   const std::string& file) {
  return {JsonLayer{shared_config_json, file, "/policy", true},
          JsonLayer{spec.config_json, spec.config_file, spec.config_pointer, false}};
}

const PolicyEntry* find_or_report(const PolicySpec& spec, const std::string& file,
                                  Diagnostics& diagnostics) {
  const PolicyEntry* entry = find_policy(spec.policy);
  if (entry == nullptr) {
    Place{file, spec.pointer, &diagnostics}.error(
        fmt::format("there is no policy \"{}\"", spec.policy),
        suggestion(spec.policy, names(), "policies"));
  }
  return entry;
}

}  // namespace

void register_policy(PolicyEntry entry) {
  const auto place = std::ranges::lower_bound(entries(), entry.name, {}, &PolicyEntry::name);
  if (place != entries().end() && place->name == entry.name) {
    throw std::logic_error(fmt::format("two policies are registered as \"{}\"", entry.name));
  }
  entries().insert(place, std::move(entry));
}

std::span<const PolicyEntry> registered_policies() { return entries(); }

const PolicyEntry* find_policy(std::string_view name) {
  const auto found = std::ranges::find(entries(), name, &PolicyEntry::name);
  return found == entries().end() ? nullptr : &*found;
}

std::unique_ptr<Policy> make_policy(const PolicySpec& spec, std::string_view shared_config_json,
                                    const PolicyContext& context, const std::string& file,
                                    Diagnostics& diagnostics) {
  const PolicyEntry* entry = find_or_report(spec, file, diagnostics);
  if (entry == nullptr) return nullptr;
  PolicyContext own = context;
  if (!entry->is_oracle()) own.evaluator = nullptr;
  AUTOSCALE_CHECK(!entry->is_oracle() || own.evaluator != nullptr, "oracles need the true costs");
  try {
    return entry->make(layers_of(spec, shared_config_json, file), own, diagnostics);
  } catch (const PolicyError& error) {
    diagnostics.add({file, spec.pointer, fmt::format("policy \"{}\": {}", spec.name, error.what()),
                     error.hint()});
  } catch (const InputError& error) {  // of a file the policy reads
    for (const Diagnostic& d : error.diagnostics()) diagnostics.add(d);
  }
  return nullptr;
}

std::string effective_config(const PolicySpec& spec, std::string_view shared_config_json) {
  const PolicyEntry* entry = find_policy(spec.policy);
  AUTOSCALE_CHECK(entry != nullptr, "policies are checked before");
  Diagnostics reported_before;
  return entry->effective_config(layers_of(spec, shared_config_json, ""), reported_before);
}

void check_policies(std::span<const PolicySpec> specs, std::string_view shared_config_json,
                    const std::string& file, Diagnostics& diagnostics, bool all_read) {
  std::vector<std::string> known;
  Diagnostics all;
  bool all_known = all_read;
  for (const PolicySpec& spec : specs) {
    if (spec.policy.empty() && !all_read) continue;
    const PolicyEntry* entry = find_or_report(spec, file, all);
    all_known = all_known && entry != nullptr;
    if (entry == nullptr) continue;
    known.insert(known.end(), entry->keys.begin(), entry->keys.end());
    entry->check(layers_of(spec, shared_config_json, file), all);
  }
  std::ranges::sort(known);
  known.erase(std::unique(known.begin(), known.end()), known.end());
  const Place shared{file, "/policy", &all};
  for (const std::string& key : keys_of_json_text(shared_config_json)) {
    if (!all_known || std::ranges::binary_search(known, key)) continue;
    shared.child(key).error("none of the policies of this scenario knows this key",
                            known.empty() ? "" : suggestion(key, known, "keys"));
  }
  // What is wrong in "/policy" is found once per policy that knows the key; say it once.
  std::vector<std::string> said;
  for (const Diagnostic& d : all.list()) {
    if (std::ranges::find(said, to_string(d)) != said.end()) continue;
    said.push_back(to_string(d));
    diagnostics.add(d);
  }
}

}  // namespace autoscale
