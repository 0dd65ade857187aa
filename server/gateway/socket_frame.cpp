#include "gateway/socket.hpp"
#include "gateway/socket_config.hpp"
#include "protocol/codec/codec.hpp"

namespace vigie::gateway {

Frame::Frame(protocol::ServerFrame const& words) {
  namespace frame = websocketpp::frame;
  using Message = WireConfig::message_type;

  auto const text = protocol::encode(words);
  auto message = std::make_shared<Message>(nullptr, frame::opcode::text, 0);
  message->set_payload(text);
  message->set_header(
      frame::prepare_header(frame::basic_header(frame::opcode::text, text.size(), true, false),
                            frame::extended_header(text.size())));
  message->set_prepared(true);
  bytes_ = text.size();
  framed_ = std::move(message);
}

} // namespace vigie::gateway
