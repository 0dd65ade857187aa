# Everything comes from Debian 12; scripts/setup installs it.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(spdlog REQUIRED)
find_package(tl-expected REQUIRED)
find_package(date REQUIRED)
find_package(CLI11 REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(ZLIB REQUIRED)
find_package(mimalloc REQUIRED)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis)
pkg_check_modules(liburing REQUIRED IMPORTED_TARGET liburing)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)

# Warnings and sanitizers of our own code.
add_library(vigie_flags INTERFACE)
# g++ 12 sees overlaps in `"text" + string` that are not there (its bug 105651).
target_compile_options(vigie_flags INTERFACE -Wall -Wextra -Wpedantic -Werror -Wno-error=deprecated-declarations -Wno-restrict -Wno-mismatched-new-delete)

set(VIGIE_SANITIZE "" CACHE STRING "Sanitizers, such as address,undefined or thread")
if(VIGIE_SANITIZE)
  # Instrumented, g++ 12 warns of what is not there; and a fence it does not see (-Wtsan) is one of Asio's.
  target_compile_options(vigie_flags INTERFACE -Wno-maybe-uninitialized -Wno-tsan)
  add_compile_options(-fsanitize=${VIGIE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${VIGIE_SANITIZE})
endif()

# Standalone Asio, header only. ASIO_NO_DEPRECATED stays off everywhere: WebSocket++ needs the older names, and the
# macro changes functions' return types, so that one program must not mix both.
add_library(asio INTERFACE)
# Whether Asio sees std::aligned_alloc depends on what was included before it; one program must not mix both answers.
target_compile_definitions(asio INTERFACE ASIO_STANDALONE ASIO_DISABLE_STD_ALIGNED_ALLOC)
target_link_libraries(asio INTERFACE Threads::Threads)
