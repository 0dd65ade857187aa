#include "accounts/accounts.hpp"

#include "accounts/devices.hpp"
#include "accounts/store.hpp"
#include "accounts/tokens.hpp"
#include "support/private_redis.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <span>

using namespace vigie;
using namespace vigie::accounts;
using namespace std::chrono_literals;

namespace {

using protocol::Role;

testing::PrivateRedis& one_redis() {
  static testing::PrivateRedis redis;
  return redis;
}

/// What two processes share, and each process' own accounts. Names are new in each story.
struct Town {
  Town() : redis(io.get_executor(), *redis::parse_address(one_redis().url())) {
    redis.start();
    REQUIRE(run(redis.until_up(10s)));
  }
  ~Town() {
    bool stopped = false;
    asio::co_spawn(io, redis.stop(), [&](std::exception_ptr) { stopped = true; });
    while (!stopped) io.run_one();
  }

  std::unique_ptr<Accounts> process(Options options = quick()) {
    return std::make_unique<Accounts>(redis, options, [this] { return now; });
  }

  static Options quick() {
    Options options;
    options.effort = {1, 8192};
    return options;
  }

  template <class Value> Value run(asio::awaitable<Value> story) {
    std::optional<Value> result;
    asio::co_spawn(io, std::move(story), [&](std::exception_ptr failure, Value value) {
      if (failure) std::rethrow_exception(failure);
      result = std::move(value);
    });
    while (!result && io.run_one_for(20s) > 0) {
    }
    REQUIRE(result);
    return std::move(*result);
  }

  using Entered = Result<SignedIn, NotSignedIn>;
  /// All of them at the same time; `ended` is told of each, by its place, as it ends.
  std::vector<Entered> run_together(
      std::vector<asio::awaitable<Entered>> stories,
      std::function<void(std::size_t)> ended = [](std::size_t) {}) {
    std::vector<Entered> results(stories.size(), Entered{Failure<NotSignedIn>{NotSignedIn{}}});
    std::size_t left = stories.size();
    for (std::size_t at = 0; at < stories.size(); ++at)
      asio::co_spawn(io, std::move(stories[at]), [&, at](std::exception_ptr failure, Entered entered) {
        if (failure) std::rethrow_exception(failure);
        results[at] = std::move(entered);
        ended(at);
        --left;
      });
    while (left > 0 && io.run_one_for(20s) > 0) {
    }
    REQUIRE(left == 0);
    return results;
  }

  Account dispatcher() {
    static int made = 0;
    return {{"marie-" + std::to_string(++made)}, Role::dispatcher, {"rennes"}, {}, "fr"};
  }

  asio::io_context io;
  redis::Client redis;
  protocol::Instant now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
};

constexpr auto password = "rue de la nuit";

} // namespace

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

TEST_CASE("who tries too often waits, and does not lock out another address") {
  Town town;
  auto options = Town::quick();
  options.attempts.per_device = {3, 1h};
  auto house = town.process(options);
  auto const marie = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  for (int attempt = 0; attempt < 3; ++attempt)
    CHECK(town.run(house->sign_in(marie.name, "guess", "10.0.0.1")).error().reason ==
          SignInRefusal::wrong_password);
  auto const refused = town.run(house->sign_in(marie.name, password, "10.0.0.1"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == SignInRefusal::too_often);
  CHECK(refused.error().retry_after > 0ms);
  for (int attempt = 0; attempt < 200; ++attempt)
    CHECK_FALSE(town.run(house->sign_in(marie.name, "guess", "10.0.0.1")));
  CHECK(town.run(house->sign_in(marie.name, password, "10.0.0.2")));
}

TEST_CASE("strangers at many addresses share what one account may be tried, and its own devices get in") {
  Town town;
  auto options = Town::quick();
  options.attempts.per_device = {2, 1h};
  options.attempts.per_account = {5, 1h};
  auto here = town.process(options), there = town.process(options);
  auto const marie = town.dispatcher();
  REQUIRE(town.run(here->add(marie, password)));
  auto const device = town.run(here->sign_in(marie.name, password, "10.0.0.1"))->device;
  int tried = 0;
  for (int stranger = 0; stranger < 20; ++stranger) {
    auto const address = "10.1.0." + std::to_string(stranger);
    auto const refusal = town.run(there->sign_in(marie.name, "guess", address)).error().reason;
    if (refusal == SignInRefusal::wrong_password) ++tried;
  }
  CHECK(tried == 5);
  CHECK(town.run(there->sign_in(marie.name, password, "10.0.0.1")).error().reason ==
        SignInRefusal::too_often);
  auto const entered = town.run(there->sign_in(marie.name, password, "10.9.0.1", device));
  REQUIRE(entered);
  CHECK(entered->device == device);
  SECTION("though a device, too, has only so many tries") {
    for (int attempt = 0; attempt < 2; ++attempt)
      CHECK(town.run(there->sign_in(marie.name, "guess", "10.9.0.1", device)).error().reason ==
            SignInRefusal::wrong_password);
    CHECK(town.run(there->sign_in(marie.name, password, "10.9.0.1", device)).error().reason ==
          SignInRefusal::too_often);
  }
}

TEST_CASE("a device is known for one account, until its password is changed or its sessions are revoked") {
  Town town;
  auto house = town.process();
  auto const marie = town.dispatcher(), anne = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  REQUIRE(town.run(house->add(anne, password)));
  Store store{town.redis};
  auto const known = [&](Account const& account, std::string const& device) {
    return is_known_device(**town.run(store.account(account.name)), device);
  };
  auto const device = town.run(house->sign_in(marie.name, password, "10.0.0.1"))->device;
  CHECK(known(marie, device));
  CHECK_FALSE(known(anne, device));
  auto forged = device;
  forged.back() = forged.back() == '0' ? '1' : '0';
  for (auto const& other : {forged, std::string{}, device.substr(0, 40), device + "0"})
    CHECK_FALSE(known(marie, other));
  SECTION("a new password") {
    REQUIRE(town.run(house->set_password(marie.name, "another long one")));
    CHECK_FALSE(known(marie, device));
  }
  SECTION("all sessions revoked") {
    REQUIRE(town.run(house->revoke_all(marie.name)));
    CHECK_FALSE(known(marie, device));
  }
}

TEST_CASE("signing in rightly costs no attempt") {
  Town town;
  auto options = Town::quick();
  options.attempts.per_device = {2, 1h};
  options.attempts.per_account = {2, 1h};
  auto house = town.process(options);
  auto const marie = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  for (int evening = 0; evening < 6; ++evening)
    CHECK(town.run(house->sign_in(marie.name, password, "10.0.0.1")));
}

TEST_CASE("an attempt that nobody had time to look at costs nothing") {
  Town town;
  auto options = Town::quick();
  options.attempts.per_device = {2, 1h};
  options.attempts.right = {2, 1h};
  auto there = town.process(options);
  options.seats.all = 0;
  auto crowded = town.process(options);
  auto const marie = town.dispatcher();
  REQUIRE(town.run(there->add(marie, password)));
  auto const device = town.run(there->sign_in(marie.name, password, "10.0.0.1"))->device;
  for (auto const& from : {device, std::string{}})
    for (int attempt = 0; attempt < 4; ++attempt)
      CHECK(town.run(crowded->sign_in(marie.name, password, "10.0.0.1", from)).error().reason ==
            SignInRefusal::overloaded);
}

TEST_CASE("one account signs in only so often, also rightly; wrong passwords take nothing of that") {
  Town town;
  auto options = Town::quick();
  options.attempts.right = {3, 1h};
  auto house = town.process(options);
  auto const marie = town.dispatcher(), anne = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  REQUIRE(town.run(house->add(anne, password)));
  for (int evening = 0; evening < 3; ++evening) {
    CHECK_FALSE(town.run(house->sign_in(marie.name, "guess", "10.0.0.2")));
    CHECK(town.run(house->sign_in(marie.name, password, "10.0.0.1")));
  }
  auto const refused = town.run(house->sign_in(marie.name, password, "10.0.0.1"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == SignInRefusal::too_often);
  CHECK(town.run(house->sign_in(anne.name, password, "10.0.0.1")));
}

TEST_CASE("one account with many browsers takes two seats at most, and others get in meanwhile") {
  Town town;
  auto options = Town::quick();
  options.effort = {3, 8 * 1024 * 1024};
  auto house = town.process(options);
  auto const marie = town.dispatcher(), anne = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  REQUIRE(town.run(house->add(anne, password)));
  std::vector<std::string> devices;
  for (int browser = 0; browser < 6; ++browser)
    devices.push_back(town.run(house->sign_in(marie.name, password, "10.0.0.1"))->device);
  std::vector<asio::awaitable<Town::Entered>> together;
  for (auto const& device : devices)
    together.push_back(house->sign_in(marie.name, password, "10.0.0.1", device));
  together.push_back(house->sign_in(marie.name, password, "10.0.0.2")); // a new browser has seats of its own
  together.push_back(house->sign_in(anne.name, password, "10.0.0.3"));
  auto const entered = town.run_together(std::move(together));
  auto const of_marie = std::span{entered}.first(devices.size());
  CHECK(std::ranges::count_if(of_marie, [](auto const& one) { return one.has_value(); }) == 2);
  for (auto const& one : of_marie)
    if (!one) CHECK(one.error().reason == SignInRefusal::overloaded);
  CHECK(entered[6]);
  CHECK(entered[7]);
}

TEST_CASE("strangers, however many, leave seats to known devices, which are served first") {
  Town town;
  auto options = Town::quick();
  options.effort = {3, 8 * 1024 * 1024};
  options.seats = {1, 8, 6, 2};
  auto house = town.process(options);
  auto const marie = town.dispatcher();
  REQUIRE(town.run(house->add(marie, password)));
  auto const device = town.run(house->sign_in(marie.name, password, "10.0.0.1"))->device;
  std::vector<asio::awaitable<Town::Entered>> together;
  for (int stranger = 0; stranger < 10; ++stranger) {
    auto const number = std::to_string(stranger);
    together.push_back(house->sign_in({"nobody-" + number}, "guess", "10.1.0." + number));
  }
  together.push_back(house->sign_in(marie.name, password, "10.0.0.1", device));
  std::vector<std::size_t> served;
  auto const entered = town.run_together(std::move(together), [&](std::size_t at) { served.push_back(at); });
  CHECK(entered.back());
  auto const overloaded = [](auto const& one) {
    return !one && one.error().reason == SignInRefusal::overloaded;
  };
  CHECK(std::ranges::count_if(entered, overloaded) == 4);
  auto const marie_at = std::ranges::find(served, 10U) - served.begin();
  CHECK(marie_at <= 4 + 1); // after those turned away, and the one whose password was being checked
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
