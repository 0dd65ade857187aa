#include "redis/redirection.hpp"
#include "redis/site.hpp"
#include "redis/slot_map.hpp"

#include <catch2/catch.hpp>

using namespace vigie::redis;

namespace {

Reply failing(std::string text) { return {Reply::Error{std::move(text)}}; }
Reply text(std::string words) { return {std::move(words)}; }
Reply number(std::int64_t value) { return {value}; }
Reply list(Reply::Array elements) { return {std::move(elements)}; }

Address asked() { return parse_address("redis://vigie:secret@10.0.0.1:7000").value(); }

} // namespace

TEST_CASE("a place under Sentinels, or in a cluster") {
  auto const sentinels = parse_site("redis-sentinel://vigie:s%40cret@one,two:26380,[::1]/nuit/2").value();
  CHECK(sentinels.kind == Site::Kind::sentinel);
  CHECK(sentinels.name() == "redis-sentinel://one:26379,two:26380,[::1]:26379/nuit");
  CHECK(sentinels.primary_name == "nuit");
  CHECK(sentinels.pattern.password == "s@cret");
  CHECK(sentinels.pattern.database == 2);
  CHECK(sentinels.nodes.front().password.empty());

  auto const cluster = parse_site("redis-cluster://:secret@one,two:7001/").value();
  CHECK(cluster.kind == Site::Kind::cluster);
  CHECK(cluster.name() == "redis-cluster://one:6379,two:7001");
  CHECK(cluster.nodes.back().password == "secret");
  CHECK(parse_site("unix:/run/redis.sock").value().kind == Site::Kind::fixed);
}

TEST_CASE("a place that cannot be meant is answered by a sentence") {
  auto const wrong = [](std::string const& words) { return parse_site(words).error(); };
  auto const unnamed =
      "after the Sentinels their name of the primary is needed, as in redis-sentinel://host/vigie";
  CHECK(wrong("redis-sentinel://one,two") == unnamed);
  CHECK(wrong("redis-sentinel://one/") == unnamed);
  CHECK(wrong("redis-sentinel://one,/nuit") == "the host is missing");
  CHECK(wrong("redis-sentinel://one/nuit/x") ==
        "the database after the address must be a number from 0 to 65535");
  CHECK(wrong("redis-cluster://") == "the host is missing");
  CHECK(wrong("redis-cluster://one/1") == "a cluster has no databases; nothing may follow its nodes");
  CHECK(wrong("redis-cluster://one:0") == "the port must be a number from 1 to 65535");
  CHECK(wrong("redis-cluster://:@one") == "before the @ a password is needed, as in redis://:password@host");
}

TEST_CASE("keys with the same word in braces lie together, as Redis computes it") {
  CHECK(slot_of_key("123456789") == 0x31c3);
  CHECK(slot_of_key("foo") == 12182);
  CHECK(slot_of_key("") == 0);
  CHECK(slot_of_key("vigie:{rennes}:journal") == slot_of_key("rennes"));
  CHECK(slot_of_key("a{}b") != slot_of_key(""));
  CHECK(slot_of_key("{a}{b}") == slot_of_key("a"));
  CHECK(slot_of_key("{a") != slot_of_key("a"));
}

TEST_CASE("commands that go together name one slot, wherever they name their key") {
  std::vector<Command> const one{{"XINFO", "STREAM", "{a}1"},
                                 {"EVALSHA", "digest", "1", "{a}2", "argument"},
                                 {"XREAD", "BLOCK", "10", "STREAMS", "{a}3", "0-0"},
                                 {"PUBLISH", "{b}", "heard anywhere"},
                                 {"WAIT", "1", "100"},
                                 {"GET", "{a}4"}};
  CHECK(slot_of(one).value() == slot_of_key("a"));
  std::vector<Command> const two{{"GET", "a"}, {"GET", "b"}};
  CHECK(slot_of(two).error().trouble == Trouble::refused);
  std::vector<Command> const any{{"PING"}, {"EVAL", "return 1", "0"}, {}};
  CHECK_FALSE(slot_of(any).value());
}

TEST_CASE("a cluster's map is read, and corrected slot by slot") {
  auto const answer = list({list({number(0), number(8191), list({text("10.0.0.2"), number(7001), text("id")}),
                                  list({text("10.0.0.3"), number(7002), text("id")})}),
                            list({number(8192), number(16383), list({text(""), number(7000), text("id")})})});
  auto map = SlotMap::read(answer, asked()).value();
  CHECK(map.whole());
  CHECK(map.at(8191)->name() == "redis://10.0.0.2:7001");
  CHECK(map.at(8192)->name() == "redis://10.0.0.1:7000");
  CHECK(map.at(8191)->password == "secret");
  CHECK(map.replicas().size() == 1);
  map.move(8191, map.replicas().front());
  CHECK(map.at(8191)->port == 7002);
  CHECK(map.at(8190)->port == 7001);

  auto const part = SlotMap::read(list({(*answer.as_array())[0]}), asked()).value();
  CHECK_FALSE(part.whole());
  CHECK_FALSE(part.at(9000));
  CHECK_FALSE(SlotMap::read(failing("ERR This instance has cluster support disabled"), asked()));
  CHECK_FALSE(SlotMap::read(list({list({number(0), number(16384), list({text("h"), number(1)})})}), asked()));
  CHECK_FALSE(SlotMap::read(list({list({number(0), number(1), list({text("h"), number(0)})})}), asked()));
}

TEST_CASE("what nodes answer that are not the right ones") {
  auto const moved = redirection_in(failing("MOVED 3999 10.0.0.9:7009"), asked()).value();
  CHECK(moved.kind == Redirection::Kind::moved);
  CHECK(moved.node.name() == "redis://10.0.0.9:7009");
  CHECK(moved.node.password == "secret");
  CHECK(redirection_in(failing("ASK 3999 :7003"), asked())->node.name() == "redis://10.0.0.1:7003");
  CHECK(redirection_in(failing("MOVED 3999 ::1:7003"), asked())->node.host == "::1");
  CHECK(redirection_in(failing("CLUSTERDOWN The cluster is down"), asked())->kind ==
        Redirection::Kind::later);
  CHECK(redirection_in(failing("READONLY You can't write"), asked())->kind == Redirection::Kind::later);
  for (auto const* plain : {"WRONGTYPE no", "MOVED", "MOVED 1 nowhere", "MOVED 1 h:0", "NOREPLICAS few"})
    CHECK_FALSE(redirection_in(failing(plain), asked()));
  CHECK_FALSE(redirection_in(text("MOVED 1 h:1"), asked()));
}

TEST_CASE(
    "a WAIT that its node gave up is not asked of another node, which would know nothing of the commit") {
  Batch batch({{"INCR", "a"}, {"WAIT", "1", "10"}});
  auto const error = GENERATE("UNBLOCKED force unblock from blocking operation", "READONLY", "LOADING");
  CHECK_FALSE(batch.take({number(1), failing(error)}, false, asked()));
  CHECK(batch.outstanding(false).empty());
  auto const replies = std::move(batch).replies();
  REQUIRE(replies.size() == 2);
  CHECK(replies[1].error());
}

TEST_CASE("of commands that went together only those go again that were not carried out, with their WAIT") {
  Batch batch({{"SET", "a", "1"}, {"INCR", "a"}, {"WAIT", "1", "10"}, {"GET", "a"}});
  CHECK(batch.outstanding(false).size() == 4);
  auto const first =
      batch.take({text("OK"), failing("ASK 1 h:1"), number(0), failing("ASK 1 h:1")}, false, asked());
  CHECK(first->kind == Redirection::Kind::asking);
  std::vector<Command> const again{{"ASKING"},          {"INCR", "a"}, {"ASKING"},
                                   {"WAIT", "1", "10"}, {"ASKING"},    {"GET", "a"}};
  CHECK(batch.outstanding(true) == again);
  auto const second =
      batch.take({text("OK"), number(2), text("OK"), number(1), text("OK"), text("2")}, true, asked());
  CHECK_FALSE(second);
  auto const replies = std::move(batch).replies();
  REQUIRE(replies.size() == 4);
  CHECK(*replies[0].as_string() == "OK");
  CHECK(replies[1].as_integer() == 2);
  CHECK(replies[2].as_integer() == 1);
  CHECK(*replies[3].as_string() == "2");
}
