// autoscale-sim schema: JSON Schemas of the files that the program reads, and the reference page.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/commands.h"
#include "sim/cli/listing.h"
#include "sim/cli/reference.h"
#include "sim/cli/schema_documents.h"
#include "sim/cli/standard_output.h"
#include "sim/config/place.h"

namespace autoscale {
namespace {

struct SchemaArguments {
  std::string kind;
  std::string policy;
  std::string format = "json";
};

constexpr const char* kPolicyKind = "policy";

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw InputError({{"schema", "", std::move(message), std::move(hint)}});
}

std::vector<std::string> names_of_kinds() {
  std::vector<std::string> names;
  for (const FileKind& kind : file_kinds()) names.emplace_back(kind.name);
  return names;
}

std::string list_of_kinds() {
  Listing listing{"kind", "files", "doc"};
  for (const FileKind& kind : file_kinds()) {
    listing.add({std::string(kind.name), std::string(kind.files), std::string(kind.doc)});
  }
  listing.add({"policy NAME", "configs/policies/*.json",
               "Configuration of one policy; also \"config\" in a scenario."});
  return listing.table();
}

std::string schema_of(const SchemaArguments& arguments) {
  if (arguments.kind == kPolicyKind) {
    if (!arguments.policy.empty()) return policy_schema(arguments.policy);
    refuse("policy needs the name of a policy",
           fmt::format("policies: {}", fmt::join(policy_names(), ", ")));
  }
  if (!arguments.policy.empty()) {
    refuse(fmt::format("\"{}\" is one too many", arguments.policy), "only policy takes a name");
  }
  for (const FileKind& kind : file_kinds()) {
    if (kind.name == arguments.kind) return kind.schema();
  }
  std::vector<std::string> known = names_of_kinds();
  known.emplace_back(kPolicyKind);
  refuse(fmt::format("there is no kind of file \"{}\"", arguments.kind),
         suggestion(arguments.kind, known, "kinds"));
}

std::string text_for(const SchemaArguments& arguments) {
  if (arguments.format == "markdown") {
    if (arguments.kind.empty()) return reference_page();
    refuse("--format markdown is the whole reference page", "name no kind");
  }
  return arguments.kind.empty() ? list_of_kinds() : schema_of(arguments);
}

int print_schema(const SchemaArguments& arguments) {
  const std::string text = text_for(arguments);
  print_data(text);
  return kExitOk;
}

}  // namespace

void add_schema(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "schema", "Print the JSON Schema of a kind of file; without KIND: list the kinds");
  command->fallthrough();
  const auto arguments = std::make_shared<SchemaArguments>();
  // Only named here, for completions: schema_of() checks, and knows more to say.
  const CLI::Validator kinds(
      [](std::string&) { return std::string{}; },
      fmt::format("{{{},{}}}", fmt::join(names_of_kinds(), ","), kPolicyKind));
  command->add_option("kind", arguments->kind, "The kind of file")->check(kinds)->type_name("KIND");
  command->add_option("name", arguments->policy, "The policy, with kind policy")
      ->type_name("POLICY");
  command
      ->add_option("--format", arguments->format,
                   "json, or markdown: the reference page of all kinds, without KIND")
      ->check(CLI::IsMember({"json", "markdown"}))
      ->type_name("FORMAT");
  command->callback(
      [arguments, &action] { action = [arguments] { return print_schema(*arguments); }; });
}

}  // namespace autoscale
