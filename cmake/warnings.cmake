# The one list of warnings.
add_library(autoscale_warnings INTERFACE)
target_compile_options(autoscale_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wswitch
  $<$<BOOL:${AUTOSCALE_WERROR}>:-Werror>)
