#pragma once

#include "engine/live_picture.hpp"
#include "gateway/outbound.hpp"

#include <functional>

namespace vigie::gateway {

/// One service as the front door needs it. What is referred to must outlive the front.
struct ServiceDoor {
  engine::Engine& engine;
  engine::LivePicture& picture;
  /// Finds at most so many places of the service by words.
  std::function<std::vector<protocol::Place>(std::string const& words, std::size_t limit)> find_places;
  /// The place of the service's file that has this id, or null.
  std::function<protocol::Place const*(protocol::PlaceId const&)> find_place;
  std::string quarters_geojson;
};

/// A screen in conversation: where to send, and whose handset it is, if it is one.
struct Viewer {
  Outbound& outbound;
  std::optional<protocol::TeamId> team;
};

/// Sends what changes in one service to each of its screens; each text is encoded and framed once.
class Hub {
 public:
  Hub(ServiceDoor door, Figures& figures)
      : door_(std::move(door)), service_(door_.engine.service()), figures_(figures) {}

  /// Follows the engine and the picture as long as `hub` is held.
  static void follow(std::shared_ptr<Hub> const& hub);

  ServiceDoor const& door() const { return door_; }
  protocol::Written<protocol::Service> const& service() const { return service_; }

  /// Sends a screen what it is behind, `hello` saying what it has, and from then on everything. The viewer
  /// stays until leave.
  void join(Viewer& viewer, protocol::Hello const& hello);
  void leave(Viewer& viewer);
  /// Sends the screens that were behind the picture that they are owed, and forgets what no screen waits for.
  void tidy();

 private:
  void changed(domain::State const& state, domain::Touched const& touched);
  void tell_desks(domain::State const& state, domain::Touched const& touched);
  void tell_teams(domain::State const& state, domain::Touched const& touched);
  void pictured(protocol::Picture const& picture);
  void pay_pictures();
  void journal(bool available);
  void catch_up(Viewer& viewer, protocol::Hello const& hello);
  bool can_resume(protocol::Hello const& hello) const;
  /// Whether so much was missed that the whole, which is shared, is less work than a change for one screen.
  bool is_much(domain::Touched const& missed) const;
  Frame const& whole_of_now();
  domain::Confidences confidences() const;
  template <class Send> void each(Send send);

  ServiceDoor door_;
  protocol::Written<protocol::Service> service_;
  Figures& figures_;
  std::vector<Viewer*> viewers_; ///< null where one left while all were being told
  bool telling_ = false;
  std::optional<Frame> whole_; ///< as the service stands, for all who come before it changes
};

} // namespace vigie::gateway
