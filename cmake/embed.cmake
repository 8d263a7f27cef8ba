# Turn files into constant bytes of the program.
#   cmake -DDIR=<dir> -DPATTERN=*.sql -DPREFIX=SQL -DOUT=<header> -P embed.cmake
# Each file NAME.ext becomes `static const char PREFIX_NAME[]` (zero-terminated; characters that C names cannot hold
# become '_'), and PREFIX_EACH(X) calls X(NAME, "NAME.ext") for all of them in order. An empty file is an error.
file(GLOB files "${DIR}/${PATTERN}")
list(SORT files)
set(text "// Generated from ${PREFIX} files by cmake/embed.cmake.\n#ifndef ${PREFIX}_EMBEDDED_H\n#define ${PREFIX}_EMBEDDED_H\n")
set(names "")
foreach(file IN LISTS files)
    get_filename_component(stem "${file}" NAME_WLE)
    get_filename_component(base "${file}" NAME)
    file(READ "${file}" bytes HEX)
    if(bytes STREQUAL "")
        message(FATAL_ERROR "${file} is empty")
    endif()
    string(TOUPPER "${stem}" name)
    string(REGEX REPLACE "[^A-Z0-9]" "_" name "${name}")
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(APPEND text "static const unsigned char ${PREFIX}_${name}_BYTES[] = {${bytes}0};\n")
    string(APPEND text "#define ${PREFIX}_${name} ((const char *)${PREFIX}_${name}_BYTES)\n")
    string(APPEND names "    X(${name}, \"${base}\") \\\n")
endforeach()
string(APPEND text "#define ${PREFIX}_EACH(X) \\\n${names}\n#endif\n")
file(CONFIGURE OUTPUT "${OUT}" CONTENT "${text}" @ONLY)
