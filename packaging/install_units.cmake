# Run by "cmake --install": systemd's units with the place of the program in them, below whatever prefix was asked for.
set(PROGRAM ${CMAKE_INSTALL_PREFIX}/${BINDIR}/vigie)
file(READ ${UNITS}/confinement.conf CONFINEMENT)
foreach(unit IN ITEMS vigie vigie-alerts)
    configure_file(${UNITS}/${unit}.service.in ${WORK}/${unit}.service @ONLY)
    file(INSTALL ${WORK}/${unit}.service ${UNITS}/${unit}.timer DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/systemd/system)
endforeach()
file(INSTALL ${UNITS}/sysusers.conf DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/sysusers.d RENAME vigie.conf)
file(INSTALL ${UNITS}/tmpfiles.conf DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/tmpfiles.d RENAME vigie.conf)
