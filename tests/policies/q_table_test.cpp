#include "sim/policies/q_table.h"

#include <algorithm>
#include <limits>

#include "sim/base/random.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using Masks = std::vector<std::vector<ActionMask>>;

QTable::InitialValue constant(float value) {
  return [value](StateIndex, TargetId) { return value; };
}

TEST_CASE("rows are made when first asked for") {
  QTable table(66, Masks(kNetworkStates), constant(0.5F));
  CHECK(table.rows() == 0);
  CHECK(table.find(7) == QTable::kNoRow);
  const QTable::Row row = table.row(7);
  CHECK(table.row(7) == row);
  CHECK(table.find(7) == row);
  CHECK(table.state(row) == 7);
  CHECK(table.rows() == 1);
  CHECK(table.values(row).size() == 66);
  CHECK(table.values(row)[65] == 0.5F);
  CHECK(table.row_visits(row) == 0);
}

TEST_CASE("on ties the lowest target is greedy") {
  QTable table(5, Masks(kNetworkStates), constant(0.0F));
  const QTable::Row row = table.row(0);
  CHECK(table.greedy(row, 0) == 0);
  table.learn(row, 3, 1.0F);
  CHECK(table.greedy(row, 0) == 3);
  table.learn(row, 1, 1.0F);
  CHECK(table.greedy(row, 0) == 1);
  table.learn(row, 2, 1.0F);
  CHECK(table.greedy(row, 0) == 1);
  table.learn(row, 1, 0.5F);
  CHECK(table.greedy(row, 0) == 2);
}

TEST_CASE("the kept greedy action is the argmax after any sequence of updates") {
  constexpr std::size_t kTargets = 13;
  Masks masks(kNetworkStates);
  ActionMask some(kTargets, 1);
  some[0] = some[5] = some[12] = 0;
  masks[0] = {ActionMask(kTargets, 1), some};
  QTable table(kTargets, masks, constant(0.0F));
  const QTable::Row row = table.row(0);
  const StreamKey key;
  for (std::uint64_t i = 0; i < 20000; ++i) {
    const auto bits = draw_bits(key, 0, i);
    // Few different values, so that ties are frequent.
    table.learn(row, static_cast<TargetId>(bits[0] % kTargets), static_cast<float>(bits[1] % 7));
    if (bits[2] % 3 == 0) continue;  // leave some updates unread
    for (std::size_t mask = 0; mask < 2; ++mask) {
      TargetId best = kNoTarget;
      for (TargetId t = 0; t < kTargets; ++t) {
        if (masks[0][mask][t] == 0) continue;
        if (best == kNoTarget || table.values(row)[t] > table.values(row)[best]) best = t;
      }
      REQUIRE(table.greedy(row, mask) == best);
      REQUIRE(table.greedy_value(row, mask) == table.values(row)[best]);
    }
  }
}

TEST_CASE("a greedy action that gets worse gives way to the second, wherever that is") {
  constexpr TargetId kTargets = 24;
  for (TargetId second = 1; second < kTargets; ++second) {
    QTable table(kTargets, Masks(kNetworkStates), constant(0.0F));
    const QTable::Row row = table.row(0);
    table.learn(row, 0, 10.0F);
    table.learn(row, second, 9.0F);
    REQUIRE(table.greedy(row, 0) == 0);
    table.learn(row, 0, 9.5F);
    REQUIRE(table.greedy(row, 0) == 0);
    table.learn(row, 0, 8.0F);
    REQUIRE(table.greedy(row, 0) == second);
  }
}

TEST_CASE("visits are counted per entry and per row, and saturate per entry") {
  QTable table(3, Masks(kNetworkStates), constant(0.0F));
  const QTable::Row row = table.row(0);
  for (int i = 0; i < 70000; ++i) table.learn(row, 1, 0.0F);
  table.learn(row, 2, 0.0F);
  CHECK(table.visits(row)[0] == 0);
  CHECK(table.visits(row)[1] == 65535);
  CHECK(table.visits(row)[2] == 1);
  CHECK(table.row_visits(row) == 70001);
}

TEST_CASE("restoring an entry replaces its visits") {
  QTable table(3, Masks(kNetworkStates), constant(0.0F));
  const QTable::Row row = table.row(0);
  table.restore(row, 1, -2.0F, 9);
  table.restore(row, 1, 3.0F, 4);
  CHECK(table.row_visits(row) == 4);
  CHECK(table.greedy(row, 0) == 1);
}

TEST_CASE("footprint grows by a row's values, visits and bookkeeping") {
  QTable table(66, Masks(kNetworkStates), constant(0.0F));
  const std::size_t empty = table.footprint_bytes();
  CHECK(empty == 3072 * 4);
  table.row(0);
  CHECK(table.footprint_bytes() - empty == 72 * (4 + 2) + 12 + 8);  // 66 rounded up to 72
}

}  // namespace
}  // namespace autoscale
