#include "protocol/codec/describe_json.hpp"
#include "protocol/frames.hpp"

/// What screens and handsets are sent.
namespace vigie::protocol {

template Result<ServerFrame, DecodeError> decode(std::string_view, Limits);
template std::string encode(ServerFrame const&);
template std::string encode(Service const&);

} // namespace vigie::protocol
