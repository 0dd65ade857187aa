#include "contract/journal/worlds.hpp"
#include "engine/engine.hpp"
#include "journal/verify.hpp"
#include "support/rennes.hpp"

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

using namespace vigie;
using namespace vigie::testing;
using engine::Append;

namespace {

std::string free_port() {
  asio::io_context io;
  asio::ip::tcp::acceptor const door{io, {asio::ip::address_v4::loopback(), 0}};
  return std::to_string(door.local_endpoint().port());
}

asio::awaitable<void> pass_a_moment() {
  asio::steady_timer timer(co_await asio::this_coro::executor, 20ms);
  co_await timer.async_wait(asio::use_awaitable);
}

/// A primary, its replica, and an address that leads to one of them.
struct Pair {
  asio::io_context loop;
  std::string port = free_port();
  PrivateRedis primary{{.durable = true, .more = {"--port", port}}};
  PrivateRedis replica{{.durable = true, .more = {"--replicaof", "127.0.0.1 " + port}}};
  std::filesystem::path address = primary.directory() / "now.sock";
  std::vector<std::shared_ptr<redis::Client>> clients;
  std::vector<std::shared_ptr<redis::Subscriber>> ears;

  Pair() { std::filesystem::create_symlink(primary.socket_path(), address); }

  void lead_to_replica() {
    std::filesystem::remove(address);
    std::filesystem::create_symlink(replica.socket_path(), address);
  }

  asio::awaitable<std::shared_ptr<redis::Client>> client(std::filesystem::path socket) {
    redis::KeepAlive options;
    options.backoff = {10ms, 50ms};
    auto const where = redis::parse_address("unix:" + socket.string()).value();
    auto own = std::make_shared<redis::Client>(loop.get_executor(), where, options);
    clients.push_back(own);
    own->start();
    auto const up = co_await own->until_up(10s);
    REQUIRE(up);
    co_return own;
  }

  asio::awaitable<std::shared_ptr<journal::RedisJournal>> process(protocol::Service service,
                                                                  journal::Replicas replicas) {
    auto own = co_await client(address);
    auto const ear =
        ears.emplace_back(std::make_shared<redis::Subscriber>(loop.get_executor(), own->listening_post()));
    ear->start();
    co_return std::make_shared<journal::RedisJournal>(loop.get_executor(), own, ear, service, 100ms,
                                                      replicas);
  }

  /// Waits until the replica follows the primary.
  asio::awaitable<void> linked() {
    auto prompt = co_await client(primary.socket_path());
    for (;;) {
      redis::Command wait{"WAIT", "1", "100"};
      auto const reply = co_await told(prompt, std::move(wait));
      if (reply.as_integer() == 1) co_return;
    }
  }

  asio::awaitable<void> promote() {
    auto prompt = co_await client(replica.socket_path());
    redis::Command promote{"REPLICAOF", "NO", "ONE"};
    co_await told(prompt, std::move(promote));
  }

  template <class Story> void play(Story story) {
    run_to_end(loop, [this, story]() -> asio::awaitable<void> {
      std::exception_ptr failure;
      try {
        co_await story();
      } catch (...) {
        failure = std::current_exception();
      }
      for (auto const& ear : ears) co_await ear->stop();
      for (auto const& client : clients) co_await client->stop();
      if (failure) std::rethrow_exception(failure);
    });
  }
};

/// How often something was written that changes no commit.
asio::awaitable<std::int64_t> written(std::shared_ptr<redis::Client> prompt) {
  redis::Command asked{"HGET", "vigie:{rennes}:identity", "asked"};
  auto const reply = co_await told(prompt, std::move(asked));
  auto const* number = reply.as_string();
  co_return number ? std::stoll(*number) : 0;
}

class Now final : public engine::Clock {
 public:
  protocol::Instant now() const override {
    return std::chrono::time_point_cast<protocol::Duration>(std::chrono::system_clock::now());
  }
};

engine::Submission ring(std::string id) {
  engine::Submission made;
  made.id.value = "ring-" + id;
  made.actor.account.value = "telephone";
  made.actor.role = protocol::Role::telephony;
  made.made_at = Now{}.now();
  protocol::ReportCall report;
  report.call.value = std::move(id);
  report.stage = protocol::CallStage::ringing;
  report.at = made.made_at;
  report.from = protocol::Text<32>{"+33612345678"};
  report.to = protocol::Text<32>{"+33299000000"};
  made.command = report;
  return made;
}

asio::awaitable<void> taken(engine::Engine& engine, std::string id) {
  auto submission = ring(std::move(id));
  auto const answer = co_await engine.submit(std::move(submission));
  CHECK(answer);
}

} // namespace

TEST_CASE("With replicas to wait for, nothing counts before they hold it") {
  Pair pair;
  pair.play([&]() -> asio::awaitable<void> {
    auto const service = service_named("rennes");
    journal::Replicas const one_replica{1, 1s};
    auto journal = co_await pair.process(service, one_replica);
    auto other = co_await pair.process(service, one_replica);
    co_await pair.linked();
    auto group = entries(1, 1);
    auto const first = co_await journal->append(std::move(group));
    CHECK(first == Append::taken);
    pair.replica.freeze();
    group = entries(2, 2);
    auto const second = co_await journal->append(std::move(group));
    CHECK(second == Append::unavailable);
    auto const read = co_await journal->read(1, 10);
    co_await other->wait(1);
    auto const news = co_await other->read(1, 10);
    CHECK_FALSE(read);
    CHECK_FALSE(news);
    pair.replica.thaw();
    co_await pair.linked();
    auto const found = co_await journal->read(1, 10);
    co_await other->wait(1);
    auto const told = co_await other->read(1, 10);
    REQUIRE((found && told));
    CHECK(found->size() == 1);
    CHECK(told->size() == 1);
  });
}

TEST_CASE("What others wrote is waited for behind a write, since WAIT may ask nothing after a mere reading") {
  Pair pair;
  pair.play([&]() -> asio::awaitable<void> {
    auto writes = co_await pair.process(service_named("rennes"), {1, 1s});
    auto reads = co_await pair.process(service_named("rennes"), {1, 1s});
    auto prompt = co_await pair.client(pair.primary.socket_path());
    co_await pair.linked();
    auto group = entries(1, 2);
    auto const taken = co_await writes->append(std::move(group));
    REQUIRE(taken == Append::taken);
    auto const before = co_await written(prompt);
    auto const news = co_await reads->read(0, 10);
    REQUIRE(news);
    CHECK(versions(*news) == std::vector<protocol::Version>{1, 2});
    auto const after = co_await written(prompt);
    CHECK(after > before);
    auto const nothing = co_await reads->read(2, 10);
    REQUIRE(nothing);
    CHECK(nothing->empty());
    auto const at_last = co_await written(prompt);
    CHECK(at_last == after);
  });
}

TEST_CASE("A script that a new primary does not know is told to it, and waited for too") {
  Pair pair;
  pair.play([&]() -> asio::awaitable<void> {
    auto journal = co_await pair.process(service_named("rennes"), {1, 1s});
    co_await pair.linked();
    for (protocol::Version version = 1; version <= 3; ++version) {
      auto group = entries(version, version);
      auto const answer = co_await journal->append(std::move(group));
      CHECK(answer == Append::taken);
      redis::Command flush{"SCRIPT", "FLUSH"};
      auto prompt = co_await pair.client(pair.primary.socket_path());
      co_await told(prompt, std::move(flush));
    }
  });
}

TEST_CASE("A replica that took over takes commits once others have had time to put back what it lacks") {
  Pair pair;
  pair.play([&]() -> asio::awaitable<void> {
    co_await pair.linked();
    co_await pair.promote();
    pair.lead_to_replica();
    auto first = co_await pair.process(tests::rennes(), journal::Replicas{});
    auto const identity = co_await first->load_identity();
    REQUIRE(identity);
    auto const came = std::chrono::steady_clock::now();
    auto takes = co_await first->takes_commits();
    CHECK_FALSE(takes);
    while (!takes) {
      co_await pass_a_moment();
      takes = co_await first->takes_commits();
    }
    CHECK(std::chrono::steady_clock::now() - came >= 2s);
    auto later = co_await pair.process(tests::rennes(), journal::Replicas{});
    auto const known = co_await later->load_identity();
    REQUIRE(known);
    auto const at_once = co_await later->takes_commits();
    CHECK(at_once);
  });
}

TEST_CASE("As long as a replica that took over is given what it lacks, whoever comes to it waits") {
  Pair pair;
  pair.play([&]() -> asio::awaitable<void> {
    co_await pair.linked();
    co_await pair.promote();
    pair.lead_to_replica();
    auto holds = co_await pair.process(tests::rennes(), journal::Replicas{});
    auto comes = co_await pair.process(tests::rennes(), journal::Replicas{});
    co_await comes->load_identity();
    auto const came = std::chrono::steady_clock::now();
    for (protocol::Version next = 1; std::chrono::steady_clock::now() - came < 4s; ++next) {
      auto const put_back = co_await holds->append(entries(next, next));
      REQUIRE(put_back == engine::Append::taken);
      auto const takes = co_await comes->takes_commits();
      REQUIRE_FALSE(takes);
      for (int moment = 0; moment < 20; ++moment) co_await pass_a_moment();
    }
  });
}

TEST_CASE("What a replica lacks that takes over is put back, and the chain is whole") {
  Pair pair;
  pair.play([&]() -> asio::awaitable<void> {
    auto const service = tests::rennes();
    auto journal = co_await pair.process(service, journal::Replicas{});
    engine::Limits limits;
    limits.others_put_back_within = 50ms;
    engine::Engine engine(pair.loop.get_executor(), service, journal, std::make_shared<Now>(), limits);
    auto const started = co_await engine.start();
    REQUIRE(started);
    co_await taken(engine, "early");
    co_await pair.linked();
    co_await pair.promote();
    co_await taken(engine, "late-1");
    co_await taken(engine, "late-2");
    auto const version = engine.state().version;
    pair.primary.kill();
    pair.lead_to_replica();
    auto prompt = co_await pair.client(pair.replica.socket_path());
    auto verdict = co_await journal::verify(prompt, service.id);
    while (verdict && verdict->commits < version) {
      co_await pass_a_moment();
      verdict = co_await journal::verify(prompt, service.id);
    }
    REQUIRE(verdict);
    CHECK(verdict->whole());
    CHECK(verdict->commits == version);
    while (!engine.journal_available()) co_await pass_a_moment();
    co_await taken(engine, "later");
    co_await taken(engine, "late-1");
    CHECK(engine.state().version > version);
    CHECK(engine.state().calls.contains({"late-2"}));
    co_await engine.stop();
  });
}
