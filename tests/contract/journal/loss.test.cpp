#include "contract/journal/worlds.hpp"
#include "journal/verify.hpp"

using namespace vigie;
using namespace vigie::testing;
using engine::Append;
using engine::Breach;
using Versions = std::vector<protocol::Version>;

namespace {

/// What a process that stands at `version` is told.
asio::awaitable<Breach> breach(JournalHandle journal, protocol::Version version) {
  auto const read = co_await journal->read(version, 100);
  co_return read ? Breach{Breach::Kind::unreachable, 4711} : read.error();
}

std::vector<engine::Entry> again(std::vector<protocol::Commit> commits) {
  std::vector<engine::Entry> entries;
  for (auto& commit : commits) entries.push_back({std::move(commit), {}});
  return entries;
}

/// Reads what follows `version`, which goes up to `last`.
asio::awaitable<void> reads_on(JournalHandle journal, protocol::Version version, protocol::Version last) {
  auto const read = co_await journal->read(version, 100);
  REQUIRE(read);
  CHECK(read->size() == last - version);
  CHECK((read->empty() || read->back().version == last));
}

} // namespace

TEMPLATE_TEST_CASE("A journal that lost its end says so, and takes it back", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    co_await taken(journal, entries(1, 5));
    co_await world.lose_after(3);
    auto const told = co_await breach(journal, 5);
    CHECK(told.kind == Breach::Kind::behind);
    CHECK(told.common == 3);
    auto held = journal->held_after(told.common);
    REQUIRE(versions(held) == Versions{4, 5});
    co_await taken(journal, again(std::move(held)));
    co_await reads_on(journal, 5, 5);
    co_await taken(journal, entries(6, 6));
    auto other = co_await world.process(service_named("rennes"));
    co_await reads_on(other, 0, 6);
  });
}

TEMPLATE_TEST_CASE("Two processes that put back the same end write it once", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto one = co_await world.process(service_named("rennes"));
    auto other = co_await world.process(service_named("rennes"));
    co_await taken(one, entries(1, 5));
    co_await reads_on(other, 0, 5);
    co_await world.lose_after(2);
    auto held_by_one = again(one->held_after(2));
    auto held_by_other = again(other->held_after(2));
    held_by_one.pop_back();
    co_await taken(one, std::move(held_by_one));
    auto const late = co_await other->append(std::move(held_by_other));
    CHECK(late == Append::conflict);
    auto const told = co_await breach(other, 5);
    CHECK(told.kind == Breach::Kind::behind);
    CHECK(told.common == 4);
    co_await taken(other, again(other->held_after(4)));
    co_await reads_on(one, 4, 5);
    co_await reads_on(other, 5, 5);
  });
}

TEMPLATE_TEST_CASE("A journal that went another way says where", "", MemoryWorld, RedisWorld) {
  TestType world;
  auto const further = GENERATE(protocol::Version{4}, protocol::Version{5}, protocol::Version{9});
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    co_await taken(journal, entries(1, 5));
    co_await world.lose_after(3);
    auto stranger = co_await world.process(service_named("rennes"));
    co_await taken(stranger, entries(4, further, "bravo"));
    auto const told = co_await breach(journal, 5);
    CHECK(told.kind == Breach::Kind::forked);
    CHECK(told.common == 3);
    auto const answer = co_await journal->append(entries(6, 6));
    CHECK(answer == Append::conflict);
    auto const snapshot = co_await journal->load_snapshot();
    REQUIRE(snapshot);
    CHECK(journal->held_after(3).empty());
    auto const all = co_await journal->read(0, 100);
    REQUIRE(all);
    REQUIRE(all->size() == further);
    CHECK(team_in(all->at(3)) == "bravo");
  });
}

TEMPLATE_TEST_CASE("A journal that is gone is told from one that lost its end", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    auto const line = co_await journal->load_identity();
    co_await taken(journal, entries(1, 3));
    co_await world.lose_after(0);
    auto const told = co_await breach(journal, 3);
    CHECK(told.kind == Breach::Kind::behind);
    CHECK(told.common == 0);
    co_await taken(journal, again(journal->held_after(0)));
    co_await reads_on(journal, 3, 3);
    auto const same_line = co_await journal->load_identity();
    CHECK(*same_line == *line);
  });
}

TEMPLATE_TEST_CASE("A process holds nothing of what it never saw", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto writer = co_await world.process(service_named("rennes"));
    co_await taken(writer, entries(1, 5));
    auto late = co_await world.process(service_named("rennes"));
    co_await reads_on(late, 3, 5);
    CHECK(late->held_after(2).empty());
    CHECK(versions(late->held_after(3)) == Versions{4, 5});
  });
}

TEMPLATE_TEST_CASE("What was read, and lost before it was taken in, is forgotten", "", MemoryWorld,
                   RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto writer = co_await world.process(service_named("rennes"));
    auto reader = co_await world.process(service_named("rennes"));
    co_await taken(writer, entries(1, 5));
    co_await reads_on(reader, 0, 5);
    co_await world.lose_after(4);
    co_await reads_on(reader, 4, 4);
    CHECK(reader->held_after(4).empty());
    auto stranger = co_await world.process(service_named("rennes"));
    co_await taken(stranger, entries(5, 5, "bravo"));
    co_await reads_on(reader, 4, 5);
  });
}

TEMPLATE_TEST_CASE("A vault is not asked while the journal lacks its end", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    co_await taken(journal, entries(1, 5));
    std::vector<protocol::SubjectId> const subjects{{"k1"}};
    auto const whole = co_await journal->confidences(subjects);
    CHECK(whole);
    co_await world.lose_after(3);
    auto const lacking = co_await journal->confidences(subjects);
    CHECK_FALSE(lacking);
    co_await taken(journal, again(journal->held_after(3)));
    auto const mended = co_await journal->confidences(subjects);
    CHECK(mended);
  });
}

TEMPLATE_TEST_CASE("A line of history is renamed once, however many wish it", "", MemoryWorld, RedisWorld) {
  TestType world;
  world.play([&]() -> asio::awaitable<void> {
    auto one = co_await world.process(service_named("rennes"));
    auto other = co_await world.process(service_named("rennes"));
    auto const before = co_await one->load_identity();
    auto const also = co_await other->load_identity();
    REQUIRE((before && also));
    auto const key = one->caller_key("+33299000000");
    auto const renamed = co_await one->rename_line();
    auto const found = co_await other->rename_line();
    REQUIRE((renamed && found));
    CHECK(*renamed != *before);
    CHECK(*found == *renamed);
    CHECK(one->caller_key("+33299000000") == key);
  });
}

TEST_CASE("What is put back has the same bytes and hashes") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    co_await taken(journal, entries(1, 9));
    auto prompt = co_await world.client();
    protocol::ServiceId const service{"rennes"};
    auto const before = co_await journal::verify(prompt, service);
    co_await world.lose_after(4);
    co_await taken(journal, again(journal->held_after(4)));
    auto const after = co_await journal::verify(prompt, service);
    REQUIRE((before && after));
    CHECK(after->whole());
    CHECK(after->commits == 9);
    CHECK(after->last_hash == before->last_hash);
  });
}

TEST_CASE("An end that somebody took away is not put back: it is an alarm") {
  RedisWorld world;
  world.play([&]() -> asio::awaitable<void> {
    auto journal = co_await world.process(service_named("rennes"));
    co_await taken(journal, entries(1, 5));
    auto prompt = co_await world.client();
    redis::Command remove{"XDEL", "vigie:{rennes}:journal", "5-0"};
    co_await told(prompt, std::move(remove));
    auto const found = co_await breach(journal, 5);
    CHECK(found.kind == Breach::Kind::unreachable);
    CHECK(found.common == 0);
    auto const answer = co_await journal->append(entries(6, 6));
    CHECK(answer == Append::unavailable);
  });
}
