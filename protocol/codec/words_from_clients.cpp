#include "protocol/codec/describe_json.hpp"
#include "protocol/frames.hpp"

/// What screens and handsets send.
namespace vigie::protocol {

template Result<ClientFrame, DecodeError> decode(std::string_view, Limits);
template std::string encode(ClientFrame const&);
template Result<Command, DecodeError> decode(std::string_view, Limits);
template std::string encode(Command const&);

} // namespace vigie::protocol
