#include "gateway/hub.hpp"

#include <algorithm>
#include <map>

namespace vigie::gateway {

using protocol::Hello;
using protocol::TeamId;

namespace {

/// So few entities are always told as a change.
constexpr std::size_t little = 100;

} // namespace

void Hub::follow(std::shared_ptr<Hub> const& hub) {
  std::weak_ptr<Hub> const weak = hub;
  hub->door_.engine.on_change([weak](domain::State const& state, domain::Touched const& touched) {
    if (auto const self = weak.lock()) self->changed(state, touched);
  });
  hub->door_.engine.on_journal([weak](bool available) {
    if (auto const self = weak.lock()) self->journal(available);
  });
  hub->door_.picture.on_picture([weak](protocol::Picture const& picture) {
    if (auto const self = weak.lock()) self->pictured(picture);
  });
}

/// Calls `send` with each screen. One that leaves meanwhile is skipped, and taken out at the end.
template <class Send> void Hub::each(Send send) {
  telling_ = true;
  for (std::size_t at = 0; at < viewers_.size(); ++at)
    if (auto* viewer = viewers_[at]) send(*viewer);
  telling_ = false;
  std::erase(viewers_, nullptr);
}

domain::Confidences Hub::confidences() const {
  return [this](protocol::SubjectId const& subject) { return door_.engine.confidence(subject); };
}

void Hub::changed(domain::State const& state, domain::Touched const& touched) {
  whole_.reset();
  tell_teams(state, touched);
  tell_desks(state, touched);
}

void Hub::tell_desks(domain::State const& state, domain::Touched const& touched) {
  std::optional<Frame> frame;
  each([&](Viewer& viewer) {
    if (viewer.team) return;
    if (!frame && touched.forgot) frame = whole_of_now();
    if (!frame) frame.emplace(domain::desk_change(state, touched, confidences()));
    viewer.outbound.put(*frame, Due::with_others);
  });
}

void Hub::tell_teams(domain::State const& state, domain::Touched const& touched) {
  auto const concerned = domain::concerned(state, touched);
  std::map<TeamId, std::optional<Frame>> frames;
  each([&](Viewer& viewer) {
    if (!viewer.team || !concerned.contains(*viewer.team)) return;
    auto& frame = frames[*viewer.team];
    if (!frame) frame.emplace(domain::team_whole(state, *viewer.team, confidences()));
    viewer.outbound.put(*frame);
  });
}

void Hub::pictured(protocol::Picture const& picture) {
  std::optional<Frame> frame;
  each([&](Viewer& viewer) {
    if (viewer.team) return;
    if (!frame) frame.emplace(picture);
    viewer.outbound.picture(*frame, picture);
  });
  pay_pictures();
}

void Hub::pay_pictures() {
  each([&](Viewer& viewer) {
    if (viewer.outbound.picture_due()) viewer.outbound.whole_picture(door_.picture.whole());
  });
}

void Hub::tidy() {
  pay_pictures();
  if (whole_ && !whole_->is_shared()) whole_.reset();
}

void Hub::journal(bool available) {
  Frame const frame{protocol::JournalState{available}};
  each([&](Viewer& viewer) { viewer.outbound.put(frame, Due::with_others); });
}

void Hub::join(Viewer& viewer, Hello const& hello) {
  catch_up(viewer, hello);
  if (!viewer.team) viewer.outbound.put(Frame{door_.picture.whole()});
  if (!door_.engine.journal_available()) viewer.outbound.put(Frame{protocol::JournalState{false}});
  viewers_.push_back(&viewer);
}

void Hub::leave(Viewer& viewer) {
  std::replace(viewers_.begin(), viewers_.end(), &viewer, static_cast<Viewer*>(nullptr));
  if (!telling_) std::erase(viewers_, nullptr);
}

Frame const& Hub::whole_of_now() {
  if (!whole_) whole_.emplace(domain::desk_whole(door_.engine.state(), confidences()));
  return *whole_;
}

bool Hub::can_resume(Hello const& hello) const {
  auto const& state = door_.engine.state();
  return hello.version && hello.line == door_.engine.line() && *hello.version <= state.version &&
         *hello.version >= state.forgotten;
}

bool Hub::is_much(domain::Touched const& missed) const {
  auto const entities = [](auto const& of) {
    return of.calls.size() + of.requests.size() + of.teams.size() + of.assignments.size() +
           of.confidences.size();
  };
  auto const count = entities(missed);
  return count > little && 2 * count > entities(door_.engine.state());
}

void Hub::catch_up(Viewer& viewer, Hello const& hello) {
  auto const& state = door_.engine.state();
  if (viewer.team) return viewer.outbound.put(Frame{domain::team_whole(state, *viewer.team, confidences())});
  if (!can_resume(hello)) return viewer.outbound.put(whole_of_now());
  auto const missed = domain::touched_since(state, *hello.version);
  if (is_much(missed)) return viewer.outbound.put(whole_of_now());
  viewer.outbound.put(Frame{domain::desk_change(state, missed, confidences())});
}

} // namespace vigie::gateway
