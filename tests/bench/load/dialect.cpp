#include "bench/load/dialect.hpp"

#include "bench/load/streams.hpp"

#include <map>
#include <stdexcept>

namespace vigie::bench {
namespace {

class Vigie : public Dialect {
 public:
  explicit Vigie(std::vector<std::string> tokens) : tokens_(std::move(tokens)) {}

  std::string path(Part) const override { return "/api/v1/live"; }
  std::string headers(std::size_t number) const override {
    return "Cookie: vigie_session=" + tokens_.at(number % tokens_.size()) + "\r\n";
  }
  void greet(Client& client, Part) override { client.send(R"({"type":"hello","conversation":1})"); }
  bool hear(Client&, Part, std::string_view payload, Sink const& sink) override {
    if (payload.starts_with(R"({"type":"fault")") || payload.starts_with(R"({"type":"fix_refused")") ||
        payload.starts_with(R"({"type":"rejected")"))
      throw std::runtime_error("Vigie answered " + std::string{payload});
    if (payload.starts_with(R"({"type":"picture")") || payload.starts_with(R"({"type":"change")"))
      sink(payload);
    return payload.starts_with(R"({"type":"whole")");
  }
  void publish(Client& client, std::string_view, std::string_view fix) override {
    client.send(R"({"type":"report_fix","fix":)" + std::string{fix} + "}");
  }
  void tell_all(Client& client, std::string_view text) override { client.send(text); }

 private:
  std::vector<std::string> tokens_;
};

class Plain : public Dialect {
 public:
  std::string path(Part part) const override { return part == Part::viewer ? "/viewer" : "/handset"; }
  bool hear(Client&, Part, std::string_view payload, Sink const& sink) override {
    sink(payload);
    return true;
  }
  void publish(Client& client, std::string_view team, std::string_view fix) override {
    client.send(position_text(team, fix));
  }
  void tell_all(Client& client, std::string_view text) override { client.send(text); }
  bool ready_at_once() const override { return true; }
};

/// Socket.IO 4 on Engine.IO 4: a digit or two before each text.
class SocketIo : public Dialect {
 public:
  std::string path(Part part) const override {
    return std::string{"/socket.io/?EIO=4&transport=websocket&part="} +
           (part == Part::viewer ? "viewer" : "handset");
  }
  bool hear(Client& client, Part, std::string_view payload, Sink const& sink) override {
    if (payload.starts_with("0")) client.send("40");
    if (payload == "2") client.send("3");
    if (payload.starts_with("42")) sink(payload);
    return payload.starts_with("40");
  }
  void publish(Client& client, std::string_view team, std::string_view fix) override {
    tell_all(client, position_text(team, fix));
  }
  void tell_all(Client& client, std::string_view text) override {
    client.send(R"(42["fix",)" + std::string{text} + "]");
  }
};

class Mosquitto : public Dialect {
 public:
  std::string headers(std::size_t) const override { return "Sec-WebSocket-Protocol: mqtt\r\n"; }
  void greet(Client& client, Part) override {
    client.send(mqtt::connect("bench-" + std::to_string(client.number())), Opcode::binary);
  }
  bool hear(Client& client, Part part, std::string_view payload, Sink const& sink) override {
    bool ready = false;
    streams_[&client].read(payload, [&](mqtt::Packet const& packet) {
      if (packet.kind == mqtt::Kind::connected && part == Part::viewer)
        client.send(mqtt::subscribe("fixes"), Opcode::binary);
      ready = ready || packet.kind == mqtt::Kind::subscribed ||
              (packet.kind == mqtt::Kind::connected && part == Part::handset);
      if (packet.kind == mqtt::Kind::published) sink(packet.text);
    });
    return ready;
  }
  void publish(Client& client, std::string_view team, std::string_view fix) override {
    tell_all(client, position_text(team, fix));
  }
  void tell_all(Client& client, std::string_view text) override {
    client.send(mqtt::publish("fixes", text), Opcode::binary);
  }

 private:
  std::map<Client*, mqtt::Stream> streams_;
};

class Nats : public Dialect {
 public:
  void greet(Client& client, Part part) override {
    std::string const subscribing = part == Part::viewer ? "SUB fixes 1\r\n" : "";
    auto const words = R"(CONNECT {"verbose":false,"pedantic":false,"echo":true})";
    client.send(words + ("\r\n" + subscribing + "PING\r\n"), Opcode::binary);
  }
  bool hear(Client& client, Part, std::string_view payload, Sink const& sink) override {
    bool ready = false;
    streams_[&client].read(payload, [&](nats::Message const& message) {
      if (message.kind == nats::Kind::ping) client.send("PONG\r\n", Opcode::binary);
      if (message.kind == nats::Kind::published) sink(message.text);
      ready = ready || message.kind == nats::Kind::pong;
    });
    return ready;
  }
  void publish(Client& client, std::string_view team, std::string_view fix) override {
    tell_all(client, position_text(team, fix));
  }
  void tell_all(Client& client, std::string_view text) override {
    client.send("PUB fixes " + std::to_string(text.size()) + "\r\n" + std::string{text} + "\r\n",
                Opcode::binary);
  }

 private:
  std::map<Client*, nats::Stream> streams_;
};

} // namespace

std::unique_ptr<Dialect> dialect_named(std::string_view name, std::vector<std::string> tokens) {
  if (name == "vigie") return std::make_unique<Vigie>(std::move(tokens));
  if (name == "ws") return std::make_unique<Plain>();
  if (name == "socket.io") return std::make_unique<SocketIo>();
  if (name == "mosquitto") return std::make_unique<Mosquitto>();
  if (name == "nats") return std::make_unique<Nats>();
  throw std::invalid_argument("there is no dialect " + std::string{name});
}

std::string position_text(std::string_view team, std::string_view fix) {
  std::string text = R"({"team":")";
  return text.append(team).append(R"(","fix":)").append(fix).append(R"(,"source":"handset"})");
}

} // namespace vigie::bench
