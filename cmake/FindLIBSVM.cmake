# LIBSVM ships neither a CMake package nor a pkg-config file: defines LIBSVM::LIBSVM.
find_path(LIBSVM_INCLUDE_DIR libsvm/svm.h)
find_library(LIBSVM_LIBRARY svm)
mark_as_advanced(LIBSVM_INCLUDE_DIR LIBSVM_LIBRARY)

if(LIBSVM_INCLUDE_DIR)
  file(STRINGS ${LIBSVM_INCLUDE_DIR}/libsvm/svm.h LIBSVM_VERSION REGEX "^#define LIBSVM_VERSION [0-9]+")
  string(REGEX REPLACE "^.* ([0-9]+)([0-9][0-9])$" "\\1.\\2" LIBSVM_VERSION "${LIBSVM_VERSION}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LIBSVM
  REQUIRED_VARS LIBSVM_LIBRARY LIBSVM_INCLUDE_DIR
  VERSION_VAR LIBSVM_VERSION
  REASON_FAILURE_MESSAGE "Debian has it in libsvm-dev")

if(LIBSVM_FOUND AND NOT TARGET LIBSVM::LIBSVM)
  add_library(LIBSVM::LIBSVM UNKNOWN IMPORTED)
  set_target_properties(LIBSVM::LIBSVM PROPERTIES
    IMPORTED_LOCATION "${LIBSVM_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${LIBSVM_INCLUDE_DIR}")
endif()
