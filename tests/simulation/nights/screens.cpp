#include "screens.hpp"

#include <algorithm>

namespace vigie::simulation {

using namespace protocol;

namespace {

template <class Id, class Entity> void put_all(std::map<Id, Entity>& held, std::vector<Entity> const& given) {
  for (auto const& entity : given) held.insert_or_assign(entity.id, entity);
}

template <class Id, class Entity> void remove_all(std::map<Id, Entity>& held, std::vector<Id> const& gone) {
  for (auto const& id : gone) held.erase(id);
}

template <class Id, class Entity>
bool same(std::map<Id, Entity> const& held, std::vector<Entity> const& expected) {
  return std::ranges::equal(held, expected, {}, &std::pair<Id const, Entity>::second);
}

bool same(std::map<SubjectId, Particulars> const& held, std::vector<Confidence> const& expected) {
  return held.size() == expected.size() && std::ranges::all_of(expected, [&](auto const& each) {
           auto const found = held.find(each.subject);
           return found != held.end() && found->second == each.particulars;
         });
}

bool same(Entities const& one, Entities const& other) {
  return one.night == other.night && one.teams == other.teams && one.requests == other.requests &&
         one.assignments == other.assignments && one.confidences == other.confidences;
}

} // namespace

void DeskScreen::show(Whole const& whole) {
  *this = {};
  put(whole.entities);
}

void DeskScreen::fold(Change const& change) {
  put(change.put);
  remove_all(calls_, change.remove.calls);
  remove_all(requests_, change.remove.requests);
  remove_all(assignments_, change.remove.assignments);
  remove_all(confidences_, change.remove.confidences);
}

void DeskScreen::put(Entities const& entities) {
  if (entities.night) night_ = entities.night;
  put_all(calls_, entities.calls);
  put_all(requests_, entities.requests);
  put_all(teams_, entities.teams);
  put_all(assignments_, entities.assignments);
  for (auto const& [subject, particulars] : entities.confidences)
    confidences_.insert_or_assign(subject, particulars);
}

std::vector<std::string> DeskScreen::differences(Entities const& expected) const {
  std::vector<std::string> kinds;
  if (night_ != expected.night) kinds.emplace_back("the night");
  if (!same(calls_, expected.calls)) kinds.emplace_back("calls");
  if (!same(requests_, expected.requests)) kinds.emplace_back("requests");
  if (!same(teams_, expected.teams)) kinds.emplace_back("teams");
  if (!same(assignments_, expected.assignments)) kinds.emplace_back("assignments");
  if (!same(confidences_, expected.confidences)) kinds.emplace_back("particulars");
  return kinds;
}

Screens::Screens(std::string name, engine::Engine& engine) : name_(std::move(name)), engine_(engine) {
  domain::Touched everything;
  everything.forgot = true;
  tell(engine.state(), everything);
  engine.on_change([this](auto const& state, auto const& touched) { tell(state, touched); });
}

void Screens::tell(domain::State const& state, domain::Touched const& touched) {
  if (touched.forgot)
    desk_.show(domain::desk_whole(state, confidences()));
  else
    desk_.fold(domain::desk_change(state, touched, confidences()));
  auto const concerned = domain::concerned(state, touched);
  for (auto const& team : engine_.service().teams)
    if (concerned.contains(team.id))
      handsets_[team.id] = domain::team_whole(state, team.id, confidences()).entities;
}

tests::Broken Screens::differences() const {
  auto const& state = engine_.state();
  tests::Broken broken;
  for (auto const& kind : desk_.differences(domain::desk_whole(state, confidences()).entities))
    broken.push_back(name_ + ": a desk shows " + kind + " otherwise than its process");
  for (auto const& [team, shown] : handsets_)
    if (!same(shown, domain::team_whole(state, team, confidences()).entities))
      broken.push_back(name_ + ": the handset of " + team.value + " shows something else than its process");
  return broken;
}

domain::Confidences Screens::confidences() const {
  return [this](SubjectId const& subject) { return engine_.confidence(subject); };
}

} // namespace vigie::simulation
