# Program, library, headers, data, documentation, CMake package and a Debian package (cpack -G DEB).
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/autoscale_sim)
set(data_dir ${CMAKE_INSTALL_DATADIR}/autoscale-sim)
set(document_dir ${CMAKE_INSTALL_DATADIR}/doc/autoscale-sim)

# Completions and the manual page are what the program prints, so that they know every option.
if(TARGET autoscale-sim)
  install(TARGETS autoscale-sim)
  set(shell_dir ${PROJECT_BINARY_DIR}/generated/shell)
  file(MAKE_DIRECTORY ${shell_dir})
  add_custom_command(
    OUTPUT ${shell_dir}/autoscale-sim ${shell_dir}/_autoscale-sim ${shell_dir}/autoscale-sim.1
    COMMAND autoscale-sim completion bash > ${shell_dir}/autoscale-sim
    COMMAND autoscale-sim completion zsh > ${shell_dir}/_autoscale-sim
    COMMAND autoscale-sim man > ${shell_dir}/autoscale-sim.1
    DEPENDS autoscale-sim
    COMMENT "Writing completions and the manual page")
  add_custom_target(autoscale_shell_files ALL DEPENDS ${shell_dir}/autoscale-sim.1)
  install(FILES ${shell_dir}/autoscale-sim
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${shell_dir}/autoscale-sim.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  # Debian's zsh looks into vendor-completions for what packages bring, elsewhere into site-functions.
  install(CODE [[
    set(zsh_folder site-functions)
    if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
      set(zsh_folder vendor-completions)
    endif()]])
  install(FILES ${shell_dir}/_autoscale-sim
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/\${zsh_folder})
endif()

install(DIRECTORY sim DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/autoscale-sim
  FILES_MATCHING PATTERN "*.h" PATTERN cli EXCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/generated/sim/base/version.h
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/autoscale-sim/sim/base)

foreach(folder models configs scenarios traces)
  install(DIRECTORY ${folder} DESTINATION ${data_dir} OPTIONAL)
endforeach()
# Laid out as in the source tree, so that their links work.
foreach(document docs results README.md CHANGELOG.md CONTRIBUTING.md LICENSE CITATION.cff)
  if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/${document})
    install(DIRECTORY ${document} DESTINATION ${document_dir})
  else()
    install(FILES ${document} DESTINATION ${document_dir} OPTIONAL)
  endif()
endforeach()

# The package config itself defines autoscale_sim::autoscale_sim, which links the archive whole.
if(TARGET autoscale_sim_archive)
  set_target_properties(autoscale_sim_archive PROPERTIES EXPORT_NAME archive)
  set_target_properties(autoscale_options PROPERTIES EXPORT_NAME options)
  install(TARGETS autoscale_sim_archive autoscale_options EXPORT autoscale_sim)
  install(EXPORT autoscale_sim NAMESPACE autoscale_sim::
    FILE autoscale_simTargets.cmake DESTINATION ${package_dir})
  configure_package_config_file(cmake/autoscale_simConfig.cmake.in autoscale_simConfig.cmake
    INSTALL_DESTINATION ${package_dir} PATH_VARS data_dir)
  write_basic_package_version_file(autoscale_simConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/autoscale_simConfig.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/autoscale_simConfigVersion.cmake
    cmake/FindLIBSVM.cmake
    cmake/FindRandom123.cmake
    DESTINATION ${package_dir})
endif()

if(PROJECT_IS_TOP_LEVEL)
  set(CPACK_PACKAGE_NAME autoscale-sim)
  set(CPACK_PACKAGE_VENDOR "The autoscale-sim authors")
  set(CPACK_PACKAGE_CONTACT "The autoscale-sim authors")
  set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
  set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
  set(CPACK_DEBIAN_PACKAGE_SECTION science)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libboost-dev, libeigen3-dev, libfmt-dev, libsvm-dev, nlohmann-json3-dev, librandom123-dev")
  set(CPACK_STRIP_FILES ON)
  include(CPack)
endif()
