#include "redis/address.hpp"
#include "redis/backoff.hpp"

#include <catch2/catch.hpp>

using namespace vigie::redis;

TEST_CASE("an address over TCP") {
  auto const whole = parse_address("redis://vigie:p%40ss%3Aword@redis.mairie.example:6380/4").value();
  CHECK(whole.host == "redis.mairie.example");
  CHECK(whole.port == 6380);
  CHECK(whole.username == "vigie");
  CHECK(whole.password == "p@ss:word");
  CHECK(whole.database == 4);
  CHECK(whole.name() == "redis://redis.mairie.example:6380");

  auto const plain = parse_address("redis://localhost").value();
  CHECK(plain.port == 6379);
  CHECK(plain.username.empty());
  CHECK(plain.password.empty());
  CHECK(plain.database == 0);

  auto const six = parse_address("redis://:secret@[::1]:7000/").value();
  CHECK(six.host == "::1");
  CHECK(six.port == 7000);
  CHECK(six.password == "secret");
  CHECK(six.name() == "redis://[::1]:7000");
}

TEST_CASE("an address of a unix socket") {
  CHECK(parse_address("unix:/run/redis.sock").value().unix_socket == "/run/redis.sock");
  auto const with_database = parse_address("unix:///run/redis.sock?db=2").value();
  CHECK(with_database.unix_socket == "/run/redis.sock");
  CHECK(with_database.database == 2);
  CHECK(with_database.name() == "unix:/run/redis.sock");
}

TEST_CASE("an address that cannot be meant is answered by a sentence") {
  auto const wrong = [](std::string const& text) { return parse_address(text).error(); };
  CHECK(wrong("localhost:6379") == "the address must begin with redis:// or unix:");
  CHECK(wrong("rediss://host") == "TLS towards Redis is not spoken; use redis:// or unix:");
  CHECK(wrong("redis://") == "the host is missing");
  CHECK(wrong("redis://host:") == "the port must be a number from 1 to 65535");
  CHECK(wrong("redis://host:65536") == "the port must be a number from 1 to 65535");
  CHECK(wrong("redis://host/x") == "the database after the address must be a number from 0 to 65535");
  CHECK(wrong("redis://user@host") == "before the @ a password is needed, as in redis://:password@host");
  CHECK(wrong("redis://:%4@host") == "user and password may hold % only before two hexadecimal digits");
  CHECK(wrong("redis://[::1:6379") == "the [ before the host is not closed");
  CHECK(wrong("redis://[::1]x") == "after the ] only a port may follow");
  CHECK(wrong("unix:run/redis.sock") == "the socket must be an absolute path, as in unix:/run/redis.sock");
  CHECK(wrong("unix:/run/redis.sock?x") == "after the socket only ?db=number may follow");
  CHECK(wrong("unix:/" + std::string(106, 'x')) == "the socket's path is longer than 106 bytes");
  CHECK(wrong(std::string("redis://h\0st", 12)) == "the address holds a zero byte");
}

TEST_CASE("waits grow up to their bound, differ between processes, and begin small again") {
  using std::chrono::milliseconds;
  Backoff backoff({milliseconds(100), milliseconds(1000)}, 7);
  milliseconds longest(0);
  for (int bound : {100, 200, 400, 800, 1000, 1000}) CHECK(backoff.next() <= milliseconds(bound));
  for (int i = 0; i < 100; ++i) longest = std::max(longest, backoff.next());
  CHECK(longest > milliseconds(500));
  CHECK(longest <= milliseconds(1000));
  backoff.reset();
  CHECK(backoff.next() <= milliseconds(100));

  Backoff first({milliseconds(100000), milliseconds(100000)}, 1);
  Backoff second({milliseconds(100000), milliseconds(100000)}, 2);
  CHECK(first.next() != second.next());
}
