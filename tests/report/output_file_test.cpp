#include "sim/report/output_file.h"

#include <cstdlib>
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

std::string content_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

TEST_CASE("a file is there after commit and only then") {
  const ScratchFolder folder;
  const fs::path file = folder.path() / "a.csv";
  {
    OutputFile out(file, "--out");
    out.append("one,");
    out.append("two\n");
    CHECK_FALSE(fs::exists(file));
    out.commit();
  }
  CHECK(content_of(file) == "one,two\n");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("without commit the old file stays and nothing is left behind") {
  const ScratchFolder folder;
  const fs::path file = folder.path() / "a.csv";
  write_file(file, "old", "--out");
  {
    OutputFile out(file, "--out");
    out.append("new");
  }
  CHECK(content_of(file) == "old");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("more than a buffer is written whole") {
  const ScratchFolder folder;
  const std::string text(3'000'001, 'x');
  write_file(folder.path() / "big", text, "--out");
  CHECK(content_of(folder.path() / "big") == text);
}

TEST_CASE("what cannot be written is the user's mistake, named by its option") {
  const ScratchFolder folder;
  write_file(folder.path() / "file", "", "--out");
  CHECK_THROWS_AS(prepare_folder(folder.path() / "file", "--out"), InputError);
  CHECK_THROWS_AS(prepare_folder(folder.path() / "file" / "below", "--out"), InputError);
  CHECK_THROWS_AS(OutputFile(folder.path() / "nowhere" / "x", "--requests"), InputError);
  CHECK_THROWS_AS(OutputFile(folder.path(), "--requests"), InputError);
  try {
    OutputFile(folder.path() / "nowhere" / "x", "--requests");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()).find("--requests: cannot write to") == 0);
  }
  prepare_folder(folder.path() / "new" / "below", "--out");
  CHECK(fs::is_directory(folder.path() / "new" / "below"));
}

}  // namespace
}  // namespace autoscale
