# Run by "cmake --install": systemd's units with the place of the program in them, below whatever prefix was asked for.
set(PROGRAM ${CMAKE_INSTALL_PREFIX}/${BINDIR}/vigie)
configure_file(${UNITS}/vigie.service.in ${WORK}/vigie.service @ONLY)
file(INSTALL ${WORK}/vigie.service ${UNITS}/vigie.timer DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/systemd/system)
file(INSTALL ${UNITS}/sysusers.conf DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/sysusers.d RENAME vigie.conf)
file(INSTALL ${UNITS}/tmpfiles.conf DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/tmpfiles.d RENAME vigie.conf)
