#include "gateway/socket.hpp"
#include "gateway/socket_config.hpp"
#include "protocol/codec/codec.hpp"

namespace vigie::gateway {

Frame::Frame(protocol::ServerFrame const& words) {
  namespace frame = websocketpp::frame;
  auto text = protocol::encode(words);
  auto const head = frame::prepare_header(frame::basic_header(frame::opcode::text, text.size(), true, false),
                                          frame::extended_header(text.size()));
  text.insert(0, head);
  framed_ = std::make_shared<std::string const>(std::move(text));
}

Frame::Frame(std::string head, std::string const& payload) {
  head += static_cast<char>(payload.size());
  framed_ = std::make_shared<std::string const>(head + payload);
}

} // namespace vigie::gateway
