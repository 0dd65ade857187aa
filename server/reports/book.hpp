#pragma once

#include "protocol/journal.hpp"
#include "reports/words.hpp"

#include <map>

/// Inner part of the room: what ids stand for, learned from the service file and along the journal.
namespace vigie::reports {

struct Mission {
  protocol::RequestId request;
  protocol::TeamId team;
};

class Book {
 public:
  Book(protocol::Service service, Language language);

  /// Learns what later events refer to. Numbers of calls begin anew with each night.
  void learn(protocol::Event const& event);

  protocol::Service const& service() const { return service_; }
  Language language() const { return language_; }
  /// One of two texts, by language.
  std::string say(protocol::Sentence const& sentence) const;

  /// Names as people read them; the id itself where the service file has none any more. @{
  std::string team(protocol::TeamId const& id) const;
  std::string member(protocol::MemberId const& id) const;
  std::string quarter(protocol::QuarterId const& id) const;
  std::string category(protocol::CategoryId const& id) const;
  std::string place(std::optional<protocol::Place> const& place, protocol::QuarterId const& quarter) const;
  std::string actor(protocol::Actor const& actor) const;
  /// @}

  /// `n° 12`, with the date where it was opened in an earlier night; `?` for one never met.
  std::string request(protocol::RequestId const& id) const;
  /// `n° 5`, in the order of ringing.
  std::string call(protocol::CallId const& id) const;
  /// What a subject of the vault is: a call, a request or an assignment.
  std::string subject(protocol::SubjectId const& id) const;
  /// An earlier call of this night from the same number.
  std::optional<protocol::CallId> earlier_call(protocol::CallRang const& event) const;
  Mission mission(protocol::AssignmentId const& id) const;

  /// The time of day in the service's zone, `23:14:05`.
  std::string time(protocol::Instant instant) const;

 private:
  struct Number {
    protocol::NightDate night;
    int number;
  };

  void number_call(protocol::CallId const& id);

  protocol::Service service_;
  Language language_;
  protocol::NightDate night_;
  std::map<protocol::RequestId, Number> requests_;
  std::map<protocol::AssignmentId, Mission> missions_;
  std::map<protocol::CallId, int> calls_;
  std::map<protocol::CallerKey, protocol::CallId> callers_;
};

} // namespace vigie::reports
