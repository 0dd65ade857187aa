#include "fuzz/support/house.hpp"
#include "support/invariants.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

/// A night of five screens on one service, line by line. `0` to `4` and a text: that screen (coordinator,
/// dispatcher, operator, two handsets) says it. `x1` its line is cut and it comes again, `b1` it sends bytes,
/// `s1` it reads no more, `p1` it pings; `t9` nine seconds pass for every conversation, `c9` nine minutes on
/// the service's clock; `-` the journal goes away, `+` it comes back, `?` its next answer is lost.
namespace {

using namespace vigie;

constexpr std::array<char const*, 5> people{"coordinator", "dispatcher", "hotline_operator", "team.binome-1",
                                            "team.binome-2"};
constexpr std::size_t longest_night = 16 * 1024;

class Line final : public gateway::Socket {
 public:
  explicit Line(bool const& reads) : reads_(reads) {}

  void send(gateway::Frame const& frame, gateway::Due) override {
    if (closed_) std::abort(); // after the farewell nothing more is said
    if (!reads_) waiting_ += frame.framed().size();
  }
  std::size_t backlog() const override { return reads_ ? 0 : waiting_; }
  std::size_t unsent() const override { return backlog(); }
  bool stalled() override { return !reads_ && waiting_ > 0; }
  void ping() override {}
  void rest_until(std::chrono::steady_clock::time_point) override {}
  void close(protocol::CloseCode, std::string_view) override { closed_ = true; }

 private:
  bool const& reads_;
  std::size_t waiting_ = 0;
  bool closed_ = false;
};

struct Screen {
  std::shared_ptr<gateway::Conversation> conversation;
  bool reads = true;
};

class Night {
 public:
  Night() {
    for (std::size_t at = 0; at < people.size(); ++at) come(at);
  }
  ~Night() {
    for (auto& screen : screens_) screen.conversation->gone();
    house_.settle();
  }

  void play(std::string_view lines) {
    while (!lines.empty()) {
      auto const line = lines.substr(0, lines.find('\n'));
      lines.remove_prefix(std::min(lines.size(), line.size() + 1));
      if (!line.empty()) happen(line[0], line.substr(1));
    }
    check();
  }

 private:
  void come(std::size_t at) {
    auto& screen = screens_[at];
    if (screen.conversation) screen.conversation->gone();
    screen.reads = true;
    screen.conversation = std::make_shared<gateway::Conversation>(
        house_.gateway, std::make_shared<Line>(screen.reads), people[at]);
  }

  void happen(char what, std::string_view rest) {
    std::size_t const number = rest.empty() ? 0 : static_cast<unsigned char>(rest[0]) % 10;
    auto const at = number % people.size();
    switch (what) {
    case '0':
    case '1':
    case '2':
    case '3':
    case '4': screens_[static_cast<std::size_t>(what - '0')].conversation->text(std::string{rest}); break;
    case 'x': come(at); break;
    case 'b': screens_[at].conversation->binary(); break;
    case 's': screens_[at].reads = false; break;
    case 'p': screens_[at].conversation->control(); break;
    case 't': tick(std::chrono::seconds{number}); break;
    case 'c': house_.pass(std::chrono::minutes{number}); break;
    case '-': house_.journal->set_away(true); break;
    case '+': house_.journal->set_away(false); break;
    case '?': house_.journal->troubles.lost.push_back(testing::LostAnswer::taken); break;
    default: return;
    }
    house_.settle();
  }

  void tick(std::chrono::seconds later) {
    passed_ += later;
    for (auto& screen : screens_) screen.conversation->tick(std::chrono::steady_clock::now() + passed_);
    house_.hub->tidy();
  }

  void check() {
    for (auto const& sentence : tests::broken(house_.engine.state())) {
      std::fprintf(stderr, "broken: %s\n", sentence.c_str());
      std::abort();
    }
  }

  fuzz::House house_;
  std::array<Screen, people.size()> screens_;
  std::chrono::seconds passed_{0};
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size > longest_night) return 0;
  Night night;
  night.play({reinterpret_cast<char const*>(data), size});
  return 0;
}
