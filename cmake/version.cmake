# Target autoscale_version writes generated/sim/base/version.h at every build, so that the commit in
# it is the one that was built; the file is touched only when its content changes.
find_package(Git QUIET)
set(version_header ${PROJECT_BINARY_DIR}/generated/sim/base/version.h)
set(write_version ${CMAKE_COMMAND}
  -D GIT=$<$<BOOL:${GIT_FOUND}>:${GIT_EXECUTABLE}>
  -D SOURCE_DIR=${PROJECT_SOURCE_DIR}
  -D OUTPUT=${version_header}
  -D VERSION=${PROJECT_VERSION}
  -D BUILD_TYPE=$<CONFIG>
  -D "COMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
  -D INSTALL_DATA_DIR=${CMAKE_INSTALL_FULL_DATADIR}/autoscale-sim
  -P ${PROJECT_SOURCE_DIR}/cmake/write_version.cmake)
add_custom_target(autoscale_version
  COMMAND ${write_version}
  BYPRODUCTS ${version_header}
  COMMENT "Recording version and commit"
  VERBATIM)
