#include "contract/journal/worlds.hpp"

#include <asio/experimental/awaitable_operators.hpp>
#include <asio/steady_timer.hpp>

using namespace vigie;
using namespace vigie::testing;
using namespace asio::experimental::awaitable_operators;
using engine::Append;
using Versions = std::vector<protocol::Version>;

namespace {

/// What a story expects of an append or a snapshot. co_await stays outside of CHECK, which evaluates it
/// twice with g++ 12. @{
asio::awaitable<void> conflict(JournalHandle journal, std::vector<engine::Entry> group) {
  auto const answer = co_await journal->append(std::move(group));
  CHECK(answer == Append::conflict);
}

asio::awaitable<void> stored(JournalHandle journal, protocol::Snapshot snapshot) {
  auto const reached = co_await journal->save_snapshot(std::move(snapshot));
  CHECK(reached);
}
/// @}

/// Appends `count` commits one by one, each time reading what came between; answers how often another was
/// first.
asio::awaitable<int> write_down(JournalHandle journal, std::string team, int count) {
  protocol::Version last = 0;
  int conflicts = 0;
  while (count > 0) {
    auto const answer = co_await journal->append(entries(last + 1, last + 1, team));
    REQUIRE(answer != Append::unavailable);
    count -= answer == Append::taken;
    last += answer == Append::taken;
    if (answer == Append::taken) continue;
    ++conflicts;
    auto const missed = co_await journal->read(last, 1000);
    REQUIRE(missed);
    last += missed->size();
  }
  co_return conflicts;
}

asio::awaitable<void> pass_a_moment() {
  asio::steady_timer timer(co_await asio::this_coro::executor, 10ms);
  co_await timer.async_wait(asio::use_awaitable);
}

} // namespace

TEMPLATE_TEST_CASE("Commits are appended in order and read back as they were", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    co_await taken(journal, entries(1, 1));
    co_await taken(journal, entries(2, 2, "bravo"));
    auto const commits = co_await journal->read(0, 10);
    REQUIRE(commits);
    REQUIRE(versions(*commits) == Versions{1, 2});
    CHECK((*commits)[1].command.value == "command-bravo-2");
    CHECK((*commits)[1].actor == commit(2).actor);
    CHECK((*commits)[1].at == commit(2).at);
    CHECK(team_in((*commits)[1]) == "bravo");
  });
}

TEMPLATE_TEST_CASE("Of two writers of the same version one wins, and the other reads what it missed", "",
                   MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto one = co_await world.process(service_named("rennes"));
    auto other = co_await world.process(service_named("rennes"));
    co_await taken(one, entries(1, 1, "alpha"));
    co_await conflict(other, entries(1, 1, "bravo"));
    auto const missed = co_await other->read(0, 10);
    REQUIRE(missed);
    REQUIRE(versions(*missed) == Versions{1});
    CHECK(team_in(missed->front()) == "alpha");
    co_await taken(other, entries(2, 2, "bravo"));
  });
}

TEMPLATE_TEST_CASE("A group is taken whole or not at all", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto one = co_await world.process(service_named("rennes"));
    auto other = co_await world.process(service_named("rennes"));
    co_await taken(one, entries(1, 5));
    co_await taken(one, {});
    co_await conflict(other, entries(5, 9));
    co_await conflict(other, entries(7, 9));
    auto gap = entries(6, 8);
    gap.erase(gap.begin() + 1);
    co_await conflict(one, gap);
    auto const commits = co_await one->read(0, 100);
    REQUIRE(commits);
    CHECK(versions(*commits) == Versions{1, 2, 3, 4, 5});
  });
}

TEMPLATE_TEST_CASE("A thousand commits of two processes stand there once each", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto one = co_await world.process(service_named("rennes"));
    auto other = co_await world.process(service_named("rennes"));
    co_await (write_down(one, "alpha", 500) && write_down(other, "bravo", 500));
    auto third = co_await world.process(service_named("rennes"));
    auto const commits = co_await third->read(0, 2000);
    REQUIRE(commits);
    REQUIRE(commits->size() == 1000);
    int of_alpha = 0;
    for (std::size_t i = 0; i < commits->size(); ++i) {
      REQUIRE((*commits)[i].version == i + 1);
      of_alpha += team_in((*commits)[i]) == "alpha";
    }
    CHECK(of_alpha == 500);
  });
}

TEMPLATE_TEST_CASE("A long journal is read page by page", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto writer = co_await world.process(service_named("rennes"));
    co_await taken(writer, entries(1, 25));
    auto reader = co_await world.process(service_named("rennes"));
    auto const first = co_await reader->read(0, 10);
    auto const last = co_await reader->read(20, 10);
    auto const beyond = co_await reader->read(25, 10);
    REQUIRE((first && last && beyond));
    CHECK(versions(*first) == Versions{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    CHECK(versions(*last) == Versions{21, 22, 23, 24, 25});
    CHECK(beyond->empty());
  });
}

TEMPLATE_TEST_CASE("Who waits is told what another process appends", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto writer = co_await world.process(service_named("rennes"));
    auto waiting = co_await world.process(service_named("rennes"), 30s);
    co_await taken(writer, entries(1, 2));
    auto const waiter = [waiting]() -> asio::awaitable<engine::Reading> {
      for (;;) {
        co_await waiting->wait(2);
        auto const news = co_await waiting->read(2, 10);
        if (!news || !news->empty()) co_return news;
      }
    };
    auto const writing = [writer]() -> asio::awaitable<Append> {
      co_await pass_a_moment();
      co_return co_await writer->append(entries(3, 4));
    };
    auto const [news, answer] = co_await (waiter() && writing());
    CHECK(answer == Append::taken);
    REQUIRE(news);
    REQUIRE_FALSE(news->empty());
    CHECK(news->front().version == 3);
  });
}

TEST_CASE("Who waits is not told what it appends itself, but what another appends in between") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"), 30s);
    auto other = co_await world.process(service_named("rennes"));
    co_await journal->wait(0); // that there is somebody to hear is news as well
    co_await taken(journal, entries(1, 2));
    auto const waiter = [journal]() -> asio::awaitable<engine::Reading> {
      co_await journal->wait(2);
      co_return co_await journal->read(2, 10);
    };
    auto const writing = [other]() -> asio::awaitable<Append> {
      co_await pass_a_moment();
      auto const known = co_await other->read(0, 10);
      CHECK(known.has_value());
      co_return co_await other->append(entries(3, 3));
    };
    auto const [news, answer] = co_await (waiter() && writing());
    CHECK(answer == Append::taken);
    REQUIRE(news);
    CHECK(versions(*news) == Versions{3});
  });
}

TEMPLATE_TEST_CASE("Who waits is told at once what is there already", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"), 30s);
    co_await taken(journal, entries(1, 3));
    co_await journal->wait(1);
    auto const news = co_await journal->read(1, 10);
    REQUIRE(news);
    CHECK(versions(*news) == Versions{2, 3});
  });
}

TEMPLATE_TEST_CASE("A quiet night ends a wait without news", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"), 20ms);
    co_await journal->wait(0);
    auto const news = co_await journal->read(0, 10);
    REQUIRE(news);
    CHECK(news->empty());
  });
}

TEMPLATE_TEST_CASE("A wait that is interrupted ends without news, and the next one works", "", MemoryWorld,
                   RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"), 50s);
    auto const waiter = [journal]() -> asio::awaitable<engine::Reading> {
      co_await journal->wait(0);
      co_return co_await journal->read(0, 10);
    };
    auto const interrupter = [journal]() -> asio::awaitable<void> {
      co_await pass_a_moment();
      journal->interrupt();
    };
    auto const nothing = co_await (waiter() && interrupter());
    REQUIRE(nothing);
    CHECK(nothing->empty());
    co_await taken(journal, entries(1, 1));
    co_await journal->wait(0);
    auto const news = co_await journal->read(0, 10);
    REQUIRE(news);
    CHECK(versions(*news) == Versions{1});
  });
}

TEMPLATE_TEST_CASE("Particulars go into the vault with their commit, field by field", "", MemoryWorld,
                   RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    protocol::Particulars told_first, told_later, both, empty_door;
    told_first.caller_name = {"Mme Le Goff"};
    told_first.number = {"+33299000000"};
    told_later.caller_name = {"Mme Le Gall"};
    told_later.words = {"fête au 3e"};
    both = told_later;
    both.number = told_first.number;
    empty_door.door = {""};
    co_await taken(journal, group(keeping(entry(1), "call-1", told_first)));
    auto const second = keeping(keeping(entry(2), "call-1", told_later), "call-2", empty_door);
    co_await taken(journal, group(second));
    auto const kept = co_await journal->confidences(subjects("call-1", "unknown", "call-2"));
    REQUIRE(kept);
    REQUIRE(kept->size() == 2);
    CHECK((*kept)[0].subject.value == "call-1");
    CHECK((*kept)[0].particulars == both);
    CHECK((*kept)[1].particulars == empty_door);
  });
}

TEMPLATE_TEST_CASE("Particulars of a commit that was not taken stay out of the vault", "", MemoryWorld,
                   RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    co_await taken(journal, entries(1, 1));
    auto const late = keeping(entry(1), "call-1", named("Mme Le Goff"));
    co_await conflict(journal, group(late));
    auto const kept = co_await journal->confidences(subjects("call-1"));
    REQUIRE(kept);
    CHECK(kept->empty());
  });
}

TEMPLATE_TEST_CASE("Particulars are erased when their time is over, the commit stays", "", MemoryWorld,
                   RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto service = service_named("rennes");
    service.confidences_kept_for = 1s;
    auto journal = co_await world.process(service);
    auto const told = keeping(entry(1), "call-1", named("Mme Le Goff"));
    co_await taken(journal, group(told));
    auto kept = co_await journal->confidences(subjects("call-1"));
    REQUIRE(kept);
    CHECK(kept->size() == 1);
    while (!kept->empty()) {
      co_await pass_a_moment();
      kept = co_await journal->confidences(subjects("call-1"));
      REQUIRE(kept);
    }
    auto const commits = co_await journal->read(0, 10);
    REQUIRE(commits);
    CHECK(versions(*commits) == Versions{1});
  });
}

TEMPLATE_TEST_CASE("The newest snapshot is kept, whoever stores one last", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto one = co_await world.process(service_named("rennes"));
    auto other = co_await world.process(service_named("rennes"));
    auto const none = co_await one->load_snapshot();
    REQUIRE(none);
    CHECK(none->version == 0);
    co_await taken(one, entries(1, 9));
    protocol::Snapshot newer, older;
    newer.version = 8;
    newer.last_request_number = 3;
    older.version = 4;
    co_await stored(one, newer);
    co_await stored(other, older);
    auto const stored = co_await other->load_snapshot();
    REQUIRE(stored);
    CHECK(stored->version == 8);
    CHECK(stored->last_request_number == 3);
    auto const rest = co_await other->read(8, 10);
    REQUIRE(rest);
    CHECK(versions(*rest) == Versions{9});
  });
}

TEMPLATE_TEST_CASE("A service has one line of history and one key for callers, in every process", "",
                   MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto one = co_await world.process(service_named("rennes"));
    auto other = co_await world.process(service_named("rennes"));
    auto nantes = co_await world.process(service_named("nantes"));
    CHECK(one->caller_key("+33299000000").value.empty());
    auto const line = co_await one->load_identity();
    auto const same_line = co_await other->load_identity();
    auto const other_line = co_await nantes->load_identity();
    REQUIRE((line && same_line && other_line));
    CHECK(*line == *same_line);
    CHECK(*line != *other_line);
    auto const key = one->caller_key("+33299000000");
    CHECK(key == other->caller_key("+33299000000"));
    CHECK(key != one->caller_key("+33299000001"));
    CHECK(key != nantes->caller_key("+33299000000"));
    CHECK(key.value.find("299000000") == std::string::npos);
  });
}

TEMPLATE_TEST_CASE("Services on the same Redis do not see each other's commits", "", MemoryWorld,
                   RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto rennes = co_await world.process(service_named("rennes"));
    auto nantes = co_await world.process(service_named("nantes"));
    co_await taken(rennes, entries(1, 3));
    co_await taken(nantes, entries(1, 1));
    auto const commits = co_await nantes->read(0, 10);
    REQUIRE(commits);
    CHECK(versions(*commits) == Versions{1});
  });
}
