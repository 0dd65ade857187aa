# Debian's WebSocket++ 0.8.2 names constructors and destructors with template arguments (`~endpoint<connection,config>()`),
# which C++20 forbids. The three headers that do so are copied here, corrected, and put first on the include path, and so
# is one that keeps more memory than is needed; all others are taken as Debian ships them.
#
# The target websocketpp_for_cxx20 brings the corrected headers, standalone Asio and WebSocket++'s C++11 switches.
set(WEBSOCKETPP_CXX20_DIR ${CMAKE_BINARY_DIR}/websocketpp-cxx20)

find_path(WEBSOCKETPP_INCLUDE_DIR websocketpp/endpoint.hpp)
if(NOT WEBSOCKETPP_INCLUDE_DIR)
  message(FATAL_ERROR "WebSocket++ is missing. Run scripts/setup, or: apt-get install libwebsocketpp-dev")
endif()

# websocketpp_corrected(endpoint.hpp PAIRS "old text" "new text" ...): every old text must be there.
function(websocketpp_corrected header)
  cmake_parse_arguments(CORRECTED "" "" "PAIRS" ${ARGN})
  set(original ${WEBSOCKETPP_INCLUDE_DIR}/websocketpp/${header})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${original})
  file(READ ${original} text)
  while(CORRECTED_PAIRS)
    list(POP_FRONT CORRECTED_PAIRS old new)
    string(FIND "${text}" "${old}" position)
    if(position EQUAL -1)
      message(FATAL_ERROR
        "${original} holds no `${old}`, which is to be corrected for C++20. Vigie knows WebSocket++ 0.8.2 as Debian 12 "
        "ships it; for another version, adapt cmake/WebsocketppForCxx20.cmake or remove the correction it no longer needs.")
    endif()
    string(REPLACE "${old}" "${new}" text "${text}")
  endwhile()
  file(CONFIGURE OUTPUT ${WEBSOCKETPP_CXX20_DIR}/websocketpp/${header} CONTENT "@text@" @ONLY)
endfunction()

websocketpp_corrected(logger/basic.hpp PAIRS
  "    basic<concurrency,names>(" "    basic("
  "~basic<concurrency,names>()" "~basic()")
websocketpp_corrected(endpoint.hpp PAIRS
  "~endpoint<connection,config>()" "~endpoint()")
websocketpp_corrected(roles/server_endpoint.hpp PAIRS
  "~server<config>()" "~server()"
  "    server<config>(server<config> &)" "    server(server &)"
  "    server<config>(server<config> && o)" "    server(server && o)")

# Each connection keeps room for one operation that reads and one that writes, 1 KiB each. One that reads takes 272 bytes;
# a larger one, as writes the handshake, is taken from the heap and given back.
websocketpp_corrected(transport/asio/base.hpp PAIRS
  "static const size_t size = 1024;" "static const size_t size = 320;")

add_library(websocketpp_for_cxx20 INTERFACE)
target_include_directories(websocketpp_for_cxx20 SYSTEM BEFORE INTERFACE ${WEBSOCKETPP_CXX20_DIR})
target_compile_definitions(websocketpp_for_cxx20 INTERFACE _WEBSOCKETPP_CPP11_STL_)
target_link_libraries(websocketpp_for_cxx20 INTERFACE asio)
