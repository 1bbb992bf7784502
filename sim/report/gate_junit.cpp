// JUnit's XML, which most continuous-integration systems show: the elements that all of them read.
#include <map>
#include <sstream>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <fmt/format.h>

#include "sim/report/gate_report.h"

namespace autoscale {
namespace {

using Tree = boost::property_tree::ptree;

struct Suite {
  Tree cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
};

// XML 1.0 has no control characters, escaped or not.
std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20U && c != '\n' && c != '\t') c = '?';
  }
  return text;
}

Tree case_of(const Judgement& judgement, const GateRow& row) {
  Tree tree;
  tree.put("<xmlattr>.classname", printable(row.scenario + "." + row.policy));
  tree.put("<xmlattr>.name", printable(row.network + " " + row.metric));
  if (row.verdict == GateVerdict::kPass) return tree;
  Judgement one;
  one.confidence_ratio = judgement.confidence_ratio;
  one.rows = {row};
  Tree failure;
  failure.put("<xmlattr>.type", to_string(row.verdict));
  failure.put("<xmlattr>.message",
              printable(fmt::format("{}, {}, {}: {} {}", row.scenario, row.policy, row.network,
                                    row.metric, to_string(row.verdict))));
  failure.put_value(printable(gate_table(one, GateRows::kAll, 1)));
  tree.add_child("failure", failure);
  return tree;
}

}  // namespace

std::string gate_junit(const Judgement& judgement) {
  std::vector<std::string> order;
  std::map<std::string, Suite> suites;
  for (const GateRow& row : judgement.rows) {
    Suite& suite = suites[row.scenario];
    if (suite.tests == 0) order.push_back(row.scenario);
    ++suite.tests;
    suite.failures += row.verdict == GateVerdict::kPass ? 0 : 1;
    suite.cases.add_child("testcase", case_of(judgement, row));
  }
  Tree all;
  all.put("<xmlattr>.tests", judgement.rows.size());
  all.put("<xmlattr>.failures", judgement.failures());
  for (const std::string& scenario : order) {
    const Suite& suite = suites[scenario];
    Tree tree;
    tree.put("<xmlattr>.name", printable(scenario));
    tree.put("<xmlattr>.tests", suite.tests);
    tree.put("<xmlattr>.failures", suite.failures);
    tree.insert(tree.end(), suite.cases.begin(), suite.cases.end());
    all.add_child("testsuite", tree);
  }
  Tree root;
  root.add_child("testsuites", all);
  std::ostringstream text;
  boost::property_tree::write_xml(
      text, root, boost::property_tree::xml_writer_make_settings<std::string>(' ', 1));
  return text.str();
}

}  // namespace autoscale
