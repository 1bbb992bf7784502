# Run by target autoscale_version: fills sim/base/version.h.in.
set(COMMIT unknown)
set(MODIFIED false)
if(GIT AND EXISTS ${SOURCE_DIR}/.git)
  set(ENV{GIT_OPTIONAL_LOCKS} 0)
  execute_process(COMMAND ${GIT} -C ${SOURCE_DIR} rev-parse --short=12 HEAD
    OUTPUT_VARIABLE head RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT failed)
    set(COMMIT ${head})
    execute_process(COMMAND ${GIT} -C ${SOURCE_DIR} status --porcelain --untracked-files=no
      OUTPUT_VARIABLE changes ERROR_QUIET)
    # A new file is compiled like any other, so it counts too; notes and results beside do not.
    execute_process(COMMAND ${GIT} -C ${SOURCE_DIR} ls-files --others --exclude-standard
        -- sim cmake models configs scenarios traces
      OUTPUT_VARIABLE untracked ERROR_QUIET)
    if(changes OR untracked)
      set(MODIFIED true)
    endif()
  endif()
endif()
configure_file(${SOURCE_DIR}/sim/base/version.h.in ${OUTPUT} @ONLY)
