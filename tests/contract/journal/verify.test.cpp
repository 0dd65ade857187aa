#include "journal/verify.hpp"

#include "contract/journal/worlds.hpp"
#include "domain/decide.hpp"

#include <catch2/catch.hpp>

using namespace vigie;
using namespace vigie::testing;
using Catch::Matchers::Contains;

namespace {

constexpr auto stream = "vigie:{rennes}:journal";
constexpr auto snapshot_key = "vigie:{rennes}:snapshot";

struct RawCommit {
  std::string commit;
  std::string hash;
};

/// A journal of ten commits, and somebody with a Redis prompt.
struct Tampering {
  RedisWorld world;
  std::shared_ptr<redis::Client> prompt;

  asio::awaitable<void> write_ten() {
    auto journal = co_await world.process(service_named("rennes"));
    auto const answer = co_await journal->append(entries(1, 10));
    REQUIRE(answer == engine::Append::taken);
    prompt = co_await world.client();
  }

  asio::awaitable<journal::Verdict> verdict() {
    protocol::ServiceId service{"rennes"};
    auto verdict = co_await journal::verify(prompt, service);
    REQUIRE(verdict);
    co_return std::move(*verdict);
  }

  asio::awaitable<std::vector<RawCommit>> take_out_all() {
    redis::Command read{"XRANGE", stream, "-", "+"}, remove{"DEL", stream};
    auto const reply = co_await told(prompt, std::move(read));
    co_await told(prompt, std::move(remove));
    std::vector<RawCommit> all;
    for (auto const& entry : *reply.as_array()) {
      auto const& fields = *(*entry.as_array())[1].as_array();
      all.push_back({*fields[1].as_string(), *fields[3].as_string()});
    }
    co_return all;
  }

  asio::awaitable<void> put_back(std::vector<RawCommit> all) {
    int version = 0;
    for (auto const& raw : all) {
      redis::Command add{"XADD", stream,  std::to_string(++version) + "-0", "commit", raw.commit,
                         "hash", raw.hash};
      co_await told(prompt, std::move(add));
    }
  }

  /// What a server stores once it has folded so many commits.
  asio::awaitable<void> save_snapshot_at(protocol::Version version) {
    auto journal = co_await world.process(service_named("rennes"));
    auto const commits = co_await journal->read(0, version);
    REQUIRE(commits);
    domain::State state;
    for (auto const& commit : *commits) domain::evolve(state, commit);
    auto const saved = co_await journal->save_snapshot(domain::snapshot_of(state));
    REQUIRE(saved);
  }

  asio::awaitable<std::string> snapshot_field(std::string name) {
    redis::Command read{"HGET", snapshot_key, std::move(name)};
    auto const reply = co_await told(prompt, std::move(read));
    co_return *reply.as_string();
  }

  asio::awaitable<void> set_snapshot_field(std::string name, std::string value) {
    redis::Command write{"HSET", snapshot_key, std::move(name), std::move(value)};
    co_await told(prompt, std::move(write));
  }

  asio::awaitable<void> remove(std::string id) {
    redis::Command remove{"XDEL", stream, std::move(id)};
    co_await told(prompt, std::move(remove));
  }

  /// Every reading process stops at the flaw too.
  asio::awaitable<bool> can_be_read() {
    auto journal = co_await world.process(service_named("rennes"));
    auto const commits = co_await journal->read(0, 100);
    co_return commits.has_value();
  }
};

} // namespace

TEST_CASE("A journal that nobody touched is whole") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    auto const verdict = co_await night.verdict();
    CHECK(verdict.whole());
    CHECK(verdict.commits == 10);
    CHECK(verdict.first_bad == 0);
    CHECK(verdict.last_hash.size() == 64);
  });
}

TEST_CASE("A service that never worked has a whole journal of no commits") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto client = co_await world.client();
    protocol::ServiceId service{"orvault"};
    auto const verdict = co_await journal::verify(client, service);
    REQUIRE(verdict);
    CHECK(verdict->whole());
    CHECK(verdict->commits == 0);
  });
}

TEST_CASE("A journal longer than a page is walked to its end") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    auto journal = co_await night.world.process(service_named("rennes"));
    auto const answer = co_await journal->append(entries(11, 1234));
    REQUIRE(answer == engine::Append::taken);
    auto const verdict = co_await night.verdict();
    CHECK(verdict.whole());
    CHECK(verdict.commits == 1234);
  });
}

TEST_CASE("A changed commit is found") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    auto all = co_await night.take_out_all();
    auto const team = all[6].commit.find("alpha");
    REQUIRE(team != std::string::npos);
    all[6].commit.replace(team, 5, "bravo");
    co_await night.put_back(all);
    auto const verdict = co_await night.verdict();
    CHECK(verdict.first_bad == 7);
    CHECK(verdict.commits == 6);
    CHECK_THAT(verdict.problem, Contains("Commit 7 was changed"));
    auto const readable = co_await night.can_be_read();
    CHECK_FALSE(readable);
  });
}

TEST_CASE("A missing commit is found") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    co_await night.remove("4-0");
    auto const verdict = co_await night.verdict();
    CHECK(verdict.first_bad == 4);
    CHECK_THAT(verdict.problem, Contains("Commit 4 is missing"));
    auto const readable = co_await night.can_be_read();
    CHECK_FALSE(readable);
  });
}

TEST_CASE("A missing first commit is found") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    co_await night.remove("1-0");
    auto const verdict = co_await night.verdict();
    CHECK(verdict.first_bad == 1);
    CHECK(verdict.commits == 0);
  });
}

TEST_CASE("Reordered commits are found") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    auto all = co_await night.take_out_all();
    std::swap(all[2], all[5]);
    co_await night.put_back(all);
    auto const verdict = co_await night.verdict();
    CHECK(verdict.first_bad == 3);
    CHECK_THAT(verdict.problem, Contains("reordered") && Contains("commit 6 stands in place 3"));
  });
}

TEST_CASE("A cut end is found, and nobody writes over it") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    co_await night.remove("9-0");
    co_await night.remove("10-0");
    auto const verdict = co_await night.verdict();
    CHECK(verdict.first_bad == 9);
    CHECK(verdict.commits == 8);
    CHECK_THAT(verdict.problem, Contains("cut off") && Contains("up to 10"));
    auto journal = co_await night.world.process(service_named("rennes"));
    auto const answer = co_await journal->append(entries(9, 9));
    CHECK(answer == engine::Append::unavailable);
  });
}

TEST_CASE("An end cut off without a trace in the stream is found by what the snapshot knows") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    auto journal = co_await night.world.process(service_named("rennes"));
    protocol::Snapshot snapshot;
    snapshot.version = 10;
    auto const saved = co_await journal->save_snapshot(snapshot);
    REQUIRE(saved);
    auto all = co_await night.take_out_all();
    all.resize(8);
    co_await night.put_back(all);
    auto const verdict = co_await night.verdict();
    CHECK(verdict.first_bad == 9);
    auto fresh = co_await night.world.process(service_named("rennes"));
    auto const loaded = co_await fresh->load_snapshot();
    REQUIRE(loaded);
    CHECK(loaded->version == 0);
  });
}

TEST_CASE("A snapshot that says what its commits do is not at fault") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    co_await night.save_snapshot_at(7);
    auto const verdict = co_await night.verdict();
    CHECK(verdict.whole());
    CHECK(verdict.snapshot_problem == "");
  });
}

TEST_CASE("A snapshot whose content was changed is found") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    co_await night.save_snapshot_at(7);
    auto state = co_await night.snapshot_field("state");
    auto const number = state.find("\"last_request_number\":0");
    REQUIRE(number != std::string::npos);
    state.replace(number, 23, "\"last_request_number\":7");
    co_await night.set_snapshot_field("state", state);
    auto const verdict = co_await night.verdict();
    CHECK(verdict.whole());
    CHECK_THAT(verdict.snapshot_problem, Contains("The snapshot at commit 7 was changed"));
  });
}

TEST_CASE("A snapshot that was made of other commits is found") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    co_await night.save_snapshot_at(7);
    co_await night.set_snapshot_field("hash", std::string(64, '0'));
    auto const verdict = co_await night.verdict();
    CHECK_THAT(verdict.snapshot_problem, Contains("made of other commits"));
  });
}

TEST_CASE("A snapshot of another version of the program is nobody's concern") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    co_await night.save_snapshot_at(7);
    co_await night.set_snapshot_field("format", "of last year");
    co_await night.set_snapshot_field("state", "{}");
    auto const verdict = co_await night.verdict();
    CHECK(verdict.snapshot_problem == "");
  });
}

TEST_CASE("An entry that hides behind the last commit of a page is found") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    auto journal = co_await night.world.process(service_named("rennes"));
    auto const whole_page = co_await journal->append(entries(11, 500));
    REQUIRE(whole_page == engine::Append::taken);
    redis::Command add{"XADD", stream, "500-1", "commit", "{}", "hash", "none"};
    co_await told(night.prompt, std::move(add));
    auto const verdict = co_await night.verdict();
    CHECK(verdict.first_bad == 501);
    CHECK_THAT(verdict.problem, Contains("entries that are no commits"));
  });
}

TEST_CASE("An entry that is no commit is found") {
  Tampering night;
  night.world.play([&]() -> asio::awaitable<void> {
    co_await night.write_ten();
    redis::Command add{"XADD", stream, "11-0", "greeting", "hello"};
    co_await told(night.prompt, std::move(add));
    auto const verdict = co_await night.verdict();
    CHECK(verdict.first_bad == 11);
    CHECK(verdict.commits == 10);
  });
}
