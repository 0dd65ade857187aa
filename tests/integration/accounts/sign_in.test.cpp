#include "accounts/devices.hpp"
#include "accounts/store.hpp"
#include "town.hpp"

#include <span>

using namespace vigie;
using namespace vigie::accounts;
using namespace vigie::testing;
using namespace std::chrono_literals;

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
