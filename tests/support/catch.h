// The test framework, from one place.
#pragma once

#include <catch2/catch.hpp>
