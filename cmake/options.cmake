# How everything is compiled, and with which libraries. Results must not depend on the machine that
# built the program: no -march=native, no fused multiply-add, no -ffast-math.
add_library(autoscale_options INTERFACE)
target_compile_features(autoscale_options INTERFACE cxx_std_20)
target_compile_options(autoscale_options INTERFACE $<BUILD_INTERFACE:-ffp-contract=off>)
# Messages of assertions and debugging information name sources relative to the project.
target_compile_options(autoscale_options INTERFACE
  $<BUILD_INTERFACE:-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=>)
target_compile_definitions(autoscale_options INTERFACE
  $<BUILD_INTERFACE:$<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>>)
target_include_directories(autoscale_options INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
  $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/generated>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/autoscale-sim>)

# cmake/autoscale_simConfig.cmake.in names the same packages.
find_package(Boost 1.74 REQUIRED)  # headers: graph, math, random
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(fmt 9 REQUIRED)
find_package(LIBSVM 3.24 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Random123 REQUIRED)
find_package(Threads REQUIRED)
target_link_libraries(autoscale_options INTERFACE
  Boost::headers Eigen3::Eigen fmt::fmt LIBSVM::LIBSVM nlohmann_json::nlohmann_json
  Random123::Random123 Threads::Threads)

if(AUTOSCALE_SANITIZE)
  target_compile_options(autoscale_options INTERFACE
    -fsanitize=${AUTOSCALE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(autoscale_options INTERFACE -fsanitize=${AUTOSCALE_SANITIZE})
endif()
if(AUTOSCALE_FUZZ)  # coverage feedback; tests/fuzz links the fuzzer itself
  target_compile_options(autoscale_options INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(autoscale_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
