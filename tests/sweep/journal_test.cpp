#include "sim/sweep/journal.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/base/diagnostics.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;
using test::ScratchFolder;

const std::string kIdentity = "a journal of a test";

PointRows rows(std::uint64_t number, const std::string& failure = "") {
  PointRows r{number, {}};
  r.text[0] = "row " + std::to_string(number) + "\nsecond, \"row\"\n";
  r.text[2] = "{\"point\":" + std::to_string(number) + "}\n";
  r.text[4] = failure;
  return r;
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::uint64_t> numbers_in_order(const fs::path& file) {
  OrderedJournal journal(file, kIdentity);
  std::vector<std::uint64_t> numbers;
  while (const auto r = journal.next()) numbers.push_back(r->number);
  return numbers;
}

TEST_CASE("finished points are counted whatever their order") {
  FinishedPoints finished;
  for (const std::uint64_t p : {2U, 0U, 5U, 1U}) finished.add(p);
  CHECK(finished.first_missing() == 3);
  CHECK(finished.count() == 4);
  CHECK(finished.contains(5));
  CHECK_FALSE(finished.contains(4));
  finished.add(0);  // again
  CHECK(finished.count() == 4);
}

TEST_CASE("records come back in the order of their positions") {
  const ScratchFolder folder;
  const fs::path file = folder.path() / "journal";
  {
    Journal journal(file, kIdentity);
    for (const std::uint64_t p : {1U, 3U, 0U, 2U}) journal.append(p, rows(10 * p));
    CHECK(journal.finished().first_missing() == 4);
  }
  CHECK(numbers_in_order(file) == std::vector<std::uint64_t>{0, 10, 20, 30});
  OrderedJournal again(file, kIdentity);
  CHECK(again.next()->text == rows(0).text);
}

TEST_CASE("a journal cut off anywhere keeps every whole record and goes on") {
  const ScratchFolder folder;
  const fs::path file = folder.path() / "journal";
  std::vector<std::size_t> ends;
  {
    Journal journal(file, kIdentity);
    ends.push_back(content_of(file).size());
    for (std::uint64_t p = 0; p < 4; ++p) {
      journal.append(p, rows(p));
      ends.push_back(content_of(file).size());
    }
  }
  const std::string whole = content_of(file);
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    std::ofstream(file, std::ios::binary) << whole.substr(0, cut);
    std::uint64_t kept = 0;
    while (kept < 4 && ends[kept + 1] <= cut) ++kept;
    {
      Journal journal(file, kIdentity);
      REQUIRE(journal.finished().count() == kept);
      for (std::uint64_t p = kept; p < 4; ++p) journal.append(p, rows(p));
    }
    REQUIRE(content_of(file) == whole);
  }
}

TEST_CASE("a record with one changed byte is not believed, nor what follows it") {
  const ScratchFolder folder;
  const fs::path file = folder.path() / "journal";
  std::size_t second = 0;
  {
    Journal journal(file, kIdentity);
    journal.append(0, rows(0));
    second = content_of(file).size();
    journal.append(1, rows(1));
    journal.append(2, rows(2));
  }
  const std::string whole = content_of(file);
  const std::size_t end = second + (whole.size() - second) / 2;
  for (std::size_t at = second; at < end; ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    std::ofstream(file, std::ios::binary) << changed;
    CHECK(Journal(file, kIdentity).finished().count() == 1);
  }
}

TEST_CASE("a length that no file could hold is no record") {
  const ScratchFolder folder;
  const fs::path file = folder.path() / "journal";
  std::ofstream(file) << kIdentity << "\npoint 0 0 4000000000 0 0 0 0 0123456789abcdef\n";
  CHECK(Journal(file, kIdentity).finished().count() == 0);
}

TEST_CASE("failed points are counted, and again when the journal is read") {
  const ScratchFolder folder;
  const fs::path file = folder.path() / "journal";
  {
    Journal journal(file, kIdentity);
    journal.append(0, rows(0));
    journal.append(1, rows(1, "1,\"no\"\n"));
    CHECK(journal.failed() == 1);
  }
  CHECK(Journal(file, kIdentity).failed() == 1);
}

TEST_CASE("the journal of another sweep is refused and left alone") {
  const ScratchFolder folder;
  const fs::path file = folder.path() / "journal";
  Journal(file, kIdentity).append(0, rows(0));
  const std::string before = content_of(file);
  CHECK_THROWS_AS(Journal(file, "a journal of another"), InputError);
  CHECK(content_of(file) == before);
}

}  // namespace
}  // namespace autoscale
