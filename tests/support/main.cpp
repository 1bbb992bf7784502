// The main() of every test program.
#define CATCH_CONFIG_MAIN
#include "tests/support/catch.h"
