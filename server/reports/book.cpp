#include "reports/book.hpp"

#include <date/tz.h>

#include <algorithm>
#include <utility>

namespace vigie::reports {
namespace {

template <class Thing, class Id> Thing const* named(std::vector<Thing> const& things, Id const& id) {
  auto const found = std::ranges::find(things, id, &Thing::id);
  return found == things.end() ? nullptr : &*found;
}

template <class Thing, class Id> std::string name(std::vector<Thing> const& things, Id const& id) {
  auto const* thing = named(things, id);
  return thing ? thing->name.value : id.value;
}

date::zoned_seconds in_zone(protocol::Service const& service, protocol::Instant instant) {
  return date::make_zoned(service.time_zone.value, std::chrono::floor<std::chrono::seconds>(instant));
}

void add(std::string& text, std::string const& part, char const* before) {
  if (part.empty()) return;
  if (!text.empty()) text += before;
  text += part;
}

} // namespace

Book::Book(protocol::Service service, Language language)
    : service_(std::move(service)), language_(language) {}

void Book::learn(protocol::Event const& event) {
  if (auto const* opened = std::get_if<protocol::NightOpened>(&event); opened && opened->date != night_) {
    night_ = opened->date;
    rung_ = 0;
    callers_.clear();
  }
  if (auto const* rang = std::get_if<protocol::CallRang>(&event)) {
    number_call(rang->call);
    if (rang->caller) callers_.try_emplace(*rang->caller, rang->call);
  }
  if (auto const* opened = std::get_if<protocol::RequestOpened>(&event))
    requests_.insert_or_assign(opened->request, Number{opened->night, opened->number});
  if (auto const* reopened = std::get_if<protocol::RequestReopened>(&event); reopened && reopened->number)
    number_anew(*reopened);
  if (auto const* offered = std::get_if<protocol::AssignmentOffered>(&event))
    missions_.insert_or_assign(offered->assignment, Mission{offered->request, offered->team});
}

void Book::number_anew(protocol::RequestReopened const& event) {
  auto& number = requests_[event.request];
  former_requests_[event.request] = std::exchange(number, Number{event.night, *event.number});
}

void Book::number_call(protocol::CallId const& id) {
  if (calls_.try_emplace(id, Number{night_, rung_ + 1}).second) ++rung_;
}

std::string Book::say(protocol::Sentence const& sentence) const {
  return std::string(language_ == Language::fr ? sentence.fr : sentence.en);
}

std::string Book::team(protocol::TeamId const& id) const { return name(service_.teams, id); }

std::string Book::member(protocol::MemberId const& id) const { return name(service_.members, id); }

std::string Book::quarter(protocol::QuarterId const& id) const { return name(service_.quarters, id); }

std::string Book::category(protocol::CategoryId const& id) const {
  auto const* category = named(service_.categories, id);
  return category ? (language_ == Language::fr ? category->fr : category->en).value : id.value;
}

std::string Book::place(std::optional<protocol::Place> const& place,
                        protocol::QuarterId const& quarter) const {
  std::string text;
  if (place) {
    add(text, place->number.value, "");
    add(text, place->street.value, " ");
    if (!place->hall.value.empty()) add(text, "hall " + place->hall.value, ", ");
    add(text, place->estate.value, ", ");
  }
  add(text, this->quarter(quarter), ", ");
  return text;
}

std::string Book::actor(protocol::Actor const& actor) const {
  using protocol::Role;
  if (actor.role == Role::clock || actor.role == Role::telephony) return say(word(actor.role));
  return actor.team ? team(*actor.team) : actor.account.value;
}

std::string Book::numbered(Number const& number) const {
  auto const text = say({"n° ", "no. "}) + std::to_string(number.number);
  return number.night == night_ ? text : text + say({" du ", " of "}) + number.night.value;
}

std::string Book::request(protocol::RequestId const& id) const {
  auto const found = requests_.find(id);
  return found == requests_.end() ? id.value : numbered(found->second);
}

std::string Book::former_request(protocol::RequestId const& id) const {
  auto const found = former_requests_.find(id);
  return found == former_requests_.end() ? request(id) : numbered(found->second);
}

std::string Book::call(protocol::CallId const& id) const {
  auto const found = calls_.find(id);
  return found == calls_.end() ? id.value : numbered(found->second);
}

std::string Book::subject(protocol::SubjectId const& id) const {
  if (calls_.contains({id.value})) return say({"appel ", "call "}) + call({id.value});
  if (requests_.contains({id.value})) return say({"sollicitation ", "request "}) + request({id.value});
  if (missions_.contains({id.value}))
    return say({"mission de ", "assignment of "}) + team(mission({id.value}).team);
  return id.value;
}

std::optional<protocol::CallId> Book::earlier_call(protocol::CallRang const& event) const {
  auto const found = event.caller ? callers_.find(*event.caller) : callers_.end();
  if (found == callers_.end() || found->second == event.call) return std::nullopt;
  return found->second;
}

Mission Book::mission(protocol::AssignmentId const& id) const {
  auto const found = missions_.find(id);
  return found == missions_.end() ? Mission{{id.value}, {id.value}} : found->second;
}

std::string Book::time(protocol::Instant instant) const {
  auto const zoned = in_zone(service_, instant);
  auto const hour = zoned.get_time_zone()->get_info(zoned.get_local_time());
  return date::format(hour.result == date::local_info::ambiguous ? "%T%Ez" : "%T", zoned);
}

std::string Book::day(protocol::Instant instant) const {
  return date::format("%F", in_zone(service_, instant));
}

} // namespace vigie::reports
