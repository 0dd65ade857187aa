#include "reports/log.hpp"

#include "protocol/codec/codec.hpp"
#include "reports/telling.hpp"
#include "reports/visible.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

namespace vigie::reports {
namespace {

constexpr std::size_t page = 1000;
constexpr std::size_t width_of_who = 16;
constexpr auto worth_telling = std::chrono::minutes(1);

/// Characters, not bytes, so that columns stand under one another.
std::string padded(std::string text) {
  auto const characters = static_cast<std::size_t>(
      std::ranges::count_if(text, [](unsigned char byte) { return (byte & 0xC0) != 0x80; }));
  if (characters < width_of_who) text.append(width_of_who - characters, ' ');
  return text;
}

/// Lines of the night that is asked for, while the whole journal passes by.
class NightLog {
 public:
  NightLog(protocol::Service service, LogOptions options)
      : options_(std::move(options)), book_(std::move(service), options_.language) {}

  /// A commit that ends one night and opens the next belongs to both.
  void take(protocol::Commit const& commit) {
    bool belongs = commit.events.empty() && wanted();
    for (auto const& event : commit.events) {
      if (auto const* opened = std::get_if<protocol::NightOpened>(&event)) turn_to(opened->date);
      book_.learn(event);
      belongs = belongs || wanted();
      if (wanted() && options_.format == Format::lines) add_line(commit, event);
    }
    if (belongs && options_.format == Format::json) lines_ += protocol::encode(commit) + "\n";
    if (belongs) ++commits_;
  }

  bool found() const { return !options_.night || found_; }
  std::size_t commits() const { return commits_; }

  void print(std::ostream& out) const {
    if (options_.format == Format::lines) out << visible(title()) << "\n\n";
    out << lines_;
    out.flush();
  }

 private:
  bool wanted() const { return !options_.night || *options_.night == night_; }

  /// Without a night asked for, each night's lines give way to the next night's. A night that is opened again
  /// on its date goes on.
  void turn_to(protocol::NightDate const& night) {
    if (!options_.night && night != night_) {
      lines_.clear();
      commits_ = 0;
    }
    if (night != night_) day_ = night.value;
    night_ = night;
    found_ = found_ || wanted();
  }

  /// With a line before it where a day begins, or one that is not the night's own.
  void add_line(protocol::Commit const& commit, protocol::Event const& event) {
    auto const day = book_.day(commit.at);
    if (std::exchange(day_, day) != day) lines_ += "— " + day + " —\n";
    lines_ += visible(line(commit, event)) + "\n";
  }

  std::string line(protocol::Commit const& commit, protocol::Event const& event) const {
    auto text =
        book_.time(commit.at) + "  " + padded(book_.actor(commit.actor)) + "  " + sentence(event, book_);
    auto const at = moment(event);
    if (at && commit.at - *at >= worth_telling) text += happened_before(commit.at, *at);
    return text;
  }

  std::string happened_before(protocol::Instant told, protocol::Instant at) const {
    auto const day = book_.day(at);
    auto const on = day == book_.day(told) ? "" : book_.say({"le ", "on "}) + day + " ";
    return " (" + on + book_.say({"à ", "at "}) + book_.time(at) + ")";
  }

  std::string title() const {
    auto const night = options_.night.value_or(night_).value;
    return book_.say({"Main courante — ", "Log — "}) + book_.service().name.value +
           (night.empty() ? "" : book_.say({" — nuit du ", " — night of "}) + night);
  }

  LogOptions options_;
  Book book_;
  protocol::NightDate night_;
  std::string day_; ///< of the last line, or the night's own
  std::string lines_;
  std::size_t commits_ = 0;
  bool found_ = false;
};

} // namespace

asio::awaitable<Result<std::size_t, std::string>> print_log(std::shared_ptr<engine::Journal> journal,
                                                            protocol::Service service, LogOptions options,
                                                            std::ostream& out) {
  NightLog log(std::move(service), options);
  protocol::Version version = 0;
  for (;;) {
    auto const commits = co_await journal->read(version, page);
    if (!commits)
      co_return Failure<std::string>("the journal cannot be read after commit " + std::to_string(version));
    if (commits->empty()) break;
    for (auto const& commit : *commits) log.take(commit);
    version = commits->back().version;
  }
  if (!log.found()) co_return Failure<std::string>("the journal has no night of " + options.night->value);
  log.print(out);
  if (!out) co_return Failure<std::string>("the log could not be written whole; is the disk full?");
  co_return log.commits();
}

} // namespace vigie::reports
