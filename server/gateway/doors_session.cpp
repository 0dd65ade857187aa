#include "gateway/admission.hpp"
#include "gateway/doors.hpp"
#include "gateway/network.hpp"
#include "protocol/codec/codec.hpp"

namespace vigie::gateway {
namespace {

using accounts::SignInRefusal;

/// How long a browser is known after the last sign-in there.
constexpr std::chrono::hours device_kept_for{60 * 24};

std::string session_json(accounts::Account const& account) {
  return protocol::encode(protocol::Session{account.actor(), account.service});
}

/// Whether the page that asks came over HTTPS. Its origin has been checked; what names none is no browser's
/// page.
bool secure(HttpRequest const& request, Options const& options) {
  auto const& origin = request.header("Origin");
  return (origin.empty() ? options.public_origin : origin).starts_with("https://");
}

HttpResponse unavailable() {
  return problem_for_now(503, "accounts_unavailable", "Accounts cannot be reached. Try again.", 5);
}

HttpResponse refusal(accounts::NotSignedIn const& refused) {
  auto const seconds = std::chrono::ceil<std::chrono::seconds>(refused.retry_after).count();
  switch (refused.reason) {
  case SignInRefusal::wrong_password: return problem(401, "wrong_password", "Account or password is wrong.");
  case SignInRefusal::too_often:
    return problem_for_now(429, "too_often", "Too many attempts. Wait.", seconds);
  case SignInRefusal::overloaded:
    return problem_for_now(429, "overloaded", "Too many sign in at once.", seconds);
  case SignInRefusal::unavailable: return unavailable();
  }
  return unavailable();
}

asio::awaitable<HttpResponse> sign_in(House& house, HttpRequest request) {
  if (!from_own_page(request, house.options)) co_return foreign_page();
  auto words = protocol::decode<protocol::SignIn>(request.body);
  if (!words) co_return problem(400, "malformed", words.error().problem, words.error().path);
  auto address = network_of(address_of(request, house.options));
  auto device = cookie(request, device_cookie);
  auto password = std::move(words->password.value);
  auto const entered = co_await house.accounts.sign_in(std::move(words->account), std::move(password),
                                                       std::move(address), std::move(device));
  if (!entered) co_return refusal(entered.error());
  auto const left = entered->session.expires_at - std::chrono::system_clock::now();
  auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  auto response = json(200, session_json(entered->session.account));
  auto const give = [&](auto const* name, std::string const& token, std::chrono::seconds kept) {
    response.headers.emplace_back("Set-Cookie",
                                  cookie_text(name, token, kept, secure(request, house.options)));
  };
  give(session_cookie, entered->token, seconds);
  give(device_cookie, entered->device, device_kept_for);
  co_return response;
}

asio::awaitable<HttpResponse> who(House& house, HttpRequest request) {
  auto token = cookie(request, session_cookie);
  auto const session = co_await admitted(house, std::move(token));
  if (!session) co_return session.error();
  co_return json(200, session_json(session->account));
}

asio::awaitable<HttpResponse> sign_out(House& house, HttpRequest request) {
  if (!from_own_page(request, house.options)) co_return foreign_page();
  auto const token = cookie(request, session_cookie);
  auto const session = co_await house.accounts.session(token);
  auto const done = co_await house.accounts.sign_out(token);
  if (!done) co_return unavailable();
  if (session) house.signed_out(token); // only then: to look through all conversations takes a while
  HttpResponse response{204, {{"Cache-Control", "no-store"}}, {}};
  response.headers.emplace_back("Set-Cookie",
                                cookie_text(session_cookie, "", {}, secure(request, house.options)));
  co_return response;
}

} // namespace

void add_session_doors(Router& router, House& house) {
  auto const path = "/api/v1/session";
  router.add("POST", path, [&house](HttpRequest request) { return sign_in(house, std::move(request)); });
  router.add("GET", path, [&house](HttpRequest request) { return who(house, std::move(request)); });
  router.add("DELETE", path, [&house](HttpRequest request) { return sign_out(house, std::move(request)); });
}

} // namespace vigie::gateway
