# Program, library, headers, data, documentation, CMake package and a Debian package (cpack -G DEB).
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/autoscale_sim)
set(data_dir ${CMAKE_INSTALL_DATADIR}/autoscale-sim)
set(document_dir ${CMAKE_INSTALL_DATADIR}/doc/autoscale-sim)

if(TARGET autoscale-sim)
  install(TARGETS autoscale-sim)
endif()

install(DIRECTORY sim DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/autoscale-sim
  FILES_MATCHING PATTERN "*.h" PATTERN cli EXCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/generated/sim/base/version.h
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/autoscale-sim/sim/base)

foreach(folder models configs scenarios traces)
  install(DIRECTORY ${folder} DESTINATION ${data_dir} OPTIONAL)
endforeach()
foreach(document docs README.md CHANGELOG.md LICENSE CITATION.cff)
  if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/${document})
    install(DIRECTORY ${document}/ DESTINATION ${document_dir})
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
  set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libboost-dev, libeigen3-dev, libfmt-dev, nlohmann-json3-dev, librandom123-dev")
  set(CPACK_STRIP_FILES ON)
  include(CPack)
endif()
