# How the fuzz targets are built: by clang, with libFuzzer and the sanitizers, nothing else beside them.
# tests/fuzz/CMakeLists.txt has the targets; scripts/fuzz builds and runs them.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "The fuzz targets are built with clang: scripts/fuzz does it.")
endif()
set(VIGIE_TESTS OFF)
set(VIGIE_CONSOLE OFF)
set(VIGIE_SANITIZE fuzzer-no-link,address,undefined)
set(CMAKE_CXX_FLAGS_RELEASE "-O1 -g1")
# clang must be told that this Asio has coroutines; warnings are g++'s concern.
# What AddressSanitizer sees anyway is left to it: half the time to build.
add_compile_options(-w -fno-sanitize-recover=undefined -fno-sanitize=null,alignment,vptr,object-size,function)
# Coroutine frames come from the heap each time, so that AddressSanitizer sees a use after their end.
add_compile_definitions(ASIO_HAS_CO_AWAIT ASIO_HAS_STD_COROUTINE ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING)
