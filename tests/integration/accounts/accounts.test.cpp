#include "accounts/store.hpp"
#include "accounts/tokens.hpp"
#include "town.hpp"

using namespace vigie;
using namespace vigie::accounts;
using namespace vigie::testing;
using namespace std::chrono_literals;
using protocol::Role;

TEST_CASE("who has an account signs in, and the session is known in another process") {
  Town town;
  auto here = town.process(), there = town.process();
  auto const marie = town.dispatcher();
  REQUIRE(town.run(here->add(marie, password)));
  auto const entered = town.run(here->sign_in(marie.name, password, "127.0.0.1"));
  REQUIRE(entered);
  CHECK(entered->session.account == marie);
  auto const seen = town.run(there->session(entered->token));
  REQUIRE(seen);
  CHECK(seen->account == marie);
  CHECK(seen->expires_at == town.now + 16h);
}

TEST_CASE("a wrong password and an unknown account are told apart by nobody") {
  Town town;
  auto house = town.process();
  auto const marie = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  auto const wrong = town.run(house->sign_in(marie.name, "not the one", "127.0.0.1"));
  auto const unknown = town.run(house->sign_in({"nobody"}, password, "127.0.0.1"));
  REQUIRE_FALSE(wrong);
  REQUIRE_FALSE(unknown);
  CHECK(wrong.error().reason == SignInRefusal::wrong_password);
  CHECK(unknown.error().reason == SignInRefusal::wrong_password);
}

TEST_CASE("neither a password nor a token can be read in Redis") {
  Town town;
  auto house = town.process();
  auto const marie = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  auto const entered = town.run(house->sign_in(marie.name, password, "127.0.0.1"));
  Store store{town.redis};
  auto const stored = town.run(store.account(marie.name));
  REQUIRE((stored && *stored));
  CHECK((*stored)->password.starts_with("$argon2id$"));
  auto const by_token = town.run(store.session(entered->token));
  auto const by_digest = town.run(store.session(digest_of(entered->token)));
  CHECK_FALSE(*by_token);
  CHECK(*by_digest);
}

TEST_CASE("an account that exists is not made again, and a bad one not at all") {
  Town town;
  auto house = town.process();
  auto const marie = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  CHECK(town.run(house->add(marie, password)).error() == Trouble::exists);
  CHECK(town.run(house->add(town.dispatcher(), "short")).error() == Trouble::weak_password);
  CHECK(town.run(house->add({{"clock"}, Role::clock, {"rennes"}, {}, {}}, password)).error() ==
        Trouble::bad_account);
  CHECK(town.run(house->add({{"handset"}, Role::team, {"rennes"}, {}, {}}, password)).error() ==
        Trouble::bad_account);
  auto const accented = town.run(house->add({{"joël"}, Role::dispatcher, {"rennes"}, {}, {}}, password));
  REQUIRE_FALSE(accented);
  CHECK(accented.error() == Trouble::bad_account);
}

TEST_CASE("signing out ends the session everywhere once it is looked at again") {
  Town town;
  auto here = town.process(), there = town.process();
  auto const marie = town.dispatcher();
  REQUIRE(town.run(here->add(marie, password)));
  auto const token = town.run(here->sign_in(marie.name, password, "127.0.0.1"))->token;
  REQUIRE(town.run(there->session(token)));
  REQUIRE(town.run(here->sign_out(token)));
  CHECK(town.run(here->session(token)).error() == SessionTrouble::over);
  CHECK(town.run(there->session(token))); // from memory, for a few seconds more
  CHECK(town.run(there->recheck(token)).error() == SessionTrouble::over);
  town.now += 5s;
  CHECK(town.run(there->session(token)).error() == SessionTrouble::over);
}

TEST_CASE("a session that is taken away while it is looked at is not remembered from that look") {
  Town town;
  auto here = town.process();
  auto const marie = town.dispatcher();
  REQUIRE(town.run(here->add(marie, password)));
  auto const token = town.run(here->sign_in(marie.name, password, "127.0.0.1"))->token;
  bool looked = false;
  asio::co_spawn(town.io, here->recheck(token), [&](std::exception_ptr, auto const&) { looked = true; });
  REQUIRE(town.run(GENERATE(true, false) ? here->sign_out(token) : here->revoke_all(marie.name)));
  while (!looked) town.io.run_one();
  CHECK(town.run(here->session(token)).error() == SessionTrouble::over);
}

TEST_CASE("revoking an account ends all its sessions, and a new password does too") {
  Town town;
  auto here = town.process(), there = town.process();
  auto const marie = town.dispatcher();
  REQUIRE(town.run(here->add(marie, password)));
  auto const at_desk = town.run(here->sign_in(marie.name, password, "127.0.0.1"))->token;
  auto const at_home = town.run(here->sign_in(marie.name, password, "127.0.0.1"))->token;
  REQUIRE(town.run(there->revoke_all(marie.name)));
  town.now += 5s;
  CHECK_FALSE(town.run(here->session(at_desk)));
  CHECK_FALSE(town.run(there->session(at_home)));

  auto const again = town.run(here->sign_in(marie.name, password, "127.0.0.1"))->token;
  REQUIRE(town.run(here->session(again)));
  REQUIRE(town.run(here->set_password(marie.name, "another long one")));
  CHECK_FALSE(town.run(here->session(again)));
  CHECK_FALSE(town.run(here->sign_in(marie.name, password, "127.0.0.1")));
  CHECK(town.run(here->sign_in(marie.name, "another long one", "127.0.0.1")));
}

TEST_CASE("a removed account that is made anew does not bring old sessions back") {
  Town town;
  auto house = town.process();
  auto const marie = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  auto const token = town.run(house->sign_in(marie.name, password, "127.0.0.1"))->token;
  REQUIRE(town.run(house->remove(marie.name)));
  REQUIRE(town.run(house->add(marie, password)));
  CHECK_FALSE(town.run(house->session(token)));
}

TEST_CASE("removing an account that does not exist is told, so that a mistyped name leaves nobody alive") {
  Town town;
  auto house = town.process();
  auto const marie = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  auto const mistyped = town.run(house->remove({marie.name.value + "x"}));
  REQUIRE_FALSE(mistyped);
  CHECK(mistyped.error() == Trouble::unknown);
  CHECK(town.run(house->remove(marie.name)));
  CHECK_FALSE(town.run(house->remove(marie.name)));
}

TEST_CASE("a session ends sixteen hours after signing in, however busy") {
  Town town;
  auto house = town.process();
  auto const marie = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  auto const token = town.run(house->sign_in(marie.name, password, "127.0.0.1"))->token;
  for (int hour = 1; hour < 16; ++hour) {
    town.now += 1h;
    REQUIRE(town.run(house->session(token)));
  }
  town.now += 1h;
  CHECK(town.run(house->session(token)).error() == SessionTrouble::over);
}

TEST_CASE("a session that is not used leaves Redis by itself") {
  Town town;
  auto options = Town::quick();
  options.idle = 60ms;
  auto here = town.process(options), there = town.process(options);
  auto const marie = town.dispatcher();
  REQUIRE(town.run(here->add(marie, password)));
  auto const token = town.run(here->sign_in(marie.name, password, "127.0.0.1"))->token;
  Store store{town.redis};
  auto const in_redis = [&] { return town.run(store.session(digest_of(token)))->has_value(); };
  for (int look = 0; look < 100'000 && in_redis(); ++look) {
  }
  REQUIRE_FALSE(in_redis());
  CHECK(town.run(there->session(token)).error() == SessionTrouble::over);
}

TEST_CASE("sample accounts are made once for a service, one for each role and team") {
  Town town;
  auto house = town.process();
  auto const samples = town.run(house->make_samples({"lyon"}, {{"binome-1"}, {"binome-2"}}));
  REQUIRE(samples);
  REQUIRE(samples->size() == 5);
  for (auto const& [account, secret] : *samples) {
    CHECK(account.service.value == "lyon");
    CHECK(town.run(house->sign_in(account.name, secret, "127.0.0.1")));
  }
  CHECK(town.run(house->make_samples({"lyon"}, {{"binome-1"}}))->empty());
}

TEST_CASE("where the name of one sample account would be too long, none is made") {
  Town town;
  auto house = town.process();
  protocol::ServiceId const service{std::string(54, 'n')};
  auto const made = town.run(house->make_samples(service, {{"binome-1"}, {"binome-100"}}));
  REQUIRE_FALSE(made);
  CHECK(made.error() == Trouble::bad_account);
  auto const accounts = *town.run(house->list());
  CHECK(std::ranges::count(accounts, service, &Account::service) == 0);
}

TEST_CASE("an API key opens what it was made for, and nothing else is a key") {
  Town town;
  auto house = town.process();
  auto const made = town.run(house->make_key({Purpose::telephony, {"rennes"}, "standard"}));
  REQUIRE(made);
  auto const known = town.run(house->key(*made));
  REQUIRE((known && *known));
  CHECK((*known)->purpose == Purpose::telephony);
  CHECK((*known)->service.value == "rennes");
  CHECK_FALSE(*town.run(house->key("vk_guess")));
}

TEST_CASE("keys are listed by what they are for, and one that is taken back opens nothing") {
  Town town;
  auto house = town.process();
  auto const kept = *town.run(house->make_key({Purpose::telephony, {"lille"}, "standard"}));
  auto const lost = *town.run(house->make_key({Purpose::telephony, {"lille"}, "old standard"}));
  auto const of_lille = [&] {
    auto keys = *town.run(house->keys());
    std::erase_if(keys, [](auto const& known) { return known.key.service.value != "lille"; });
    return keys;
  };
  REQUIRE(of_lille().size() == 2);
  CHECK(of_lille()[0].key.label == "old standard");
  CHECK(of_lille()[1].key.label == "standard");
  REQUIRE(town.run(house->remove_key(of_lille()[0].digest)));
  CHECK_FALSE(*town.run(house->key(lost)));
  CHECK(*town.run(house->key(kept)));
  CHECK(of_lille().size() == 1);
  CHECK_FALSE(town.run(house->remove_key(digest_of(lost))));
}

TEST_CASE("a key that was made before keys were listed stands in the list too") {
  Town town;
  auto house = town.process();
  auto const made = *town.run(house->make_key({Purpose::telephony, {"brest"}, "early"}));
  REQUIRE(town.run(town.redis.run({"SREM", "vigie:apikeys", digest_of(made)})));
  auto const keys = *town.run(house->keys());
  CHECK(std::ranges::count(keys, digest_of(made), &KnownKey::digest) == 1);
}

TEST_CASE("while Redis is away, known sessions hold and nobody new comes in") {
  testing::PrivateRedis away;
  Town town;
  redis::Client client{town.io.get_executor(), *redis::parse_address(away.url())};
  client.start();
  REQUIRE(town.run(client.until_up(10s)));
  Accounts house{client, Town::quick(), [&] { return town.now; }};
  auto const marie = town.dispatcher();
  REQUIRE(town.run(house.add(marie, password)));
  auto const token = town.run(house.sign_in(marie.name, password, "127.0.0.1"))->token;
  away.kill();
  town.now += 1min;
  CHECK(town.run(house.session(token)));
  CHECK(town.run(house.session("another")).error() == SessionTrouble::unavailable);
  CHECK(town.run(house.sign_in(marie.name, password, "127.0.0.1")).error().reason ==
        SignInRefusal::unavailable);
  bool stopped = false;
  asio::co_spawn(town.io, client.stop(), [&](std::exception_ptr) { stopped = true; });
  while (!stopped) town.io.run_one();
}
