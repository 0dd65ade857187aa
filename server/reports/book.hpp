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

  /// Learns what later events refer to. Numbers of calls begin anew with each night, not where one is opened
  /// again on its date.
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

  /// `n° 12`, with the date where it was opened in an earlier night; the id itself for one never met.
  std::string request(protocol::RequestId const& id) const;
  /// The same, of before it was reopened in another night and given a new number.
  std::string former_request(protocol::RequestId const& id) const;
  /// `n° 5`, in the order of ringing; with the date and for one never met as a request.
  std::string call(protocol::CallId const& id) const;
  /// What a subject of the vault is: a call, a request or an assignment; the id itself for one never met.
  std::string subject(protocol::SubjectId const& id) const;
  /// An earlier call of this night from the same number.
  std::optional<protocol::CallId> earlier_call(protocol::CallRang const& event) const;
  /// Its id in place of both for one never met.
  Mission mission(protocol::AssignmentId const& id) const;

  /// The time of day in the service's zone, `23:14:05`; in the hour that comes twice when clocks go back,
  /// with the offset, `02:14:05+01:00`.
  std::string time(protocol::Instant instant) const;
  /// The day in the service's zone, `2026-11-21`.
  std::string day(protocol::Instant instant) const;

 private:
  struct Number {
    protocol::NightDate night;
    int number = 0;
  };

  void number_call(protocol::CallId const& id);
  void number_anew(protocol::RequestReopened const& event);
  std::string numbered(Number const& number) const;

  protocol::Service service_;
  Language language_;
  protocol::NightDate night_;
  std::map<protocol::RequestId, Number> requests_;
  std::map<protocol::RequestId, Number> former_requests_;
  std::map<protocol::AssignmentId, Mission> missions_;
  std::map<protocol::CallId, Number> calls_;
  int rung_ = 0; ///< calls of this night so far
  std::map<protocol::CallerKey, protocol::CallId> callers_;
};

} // namespace vigie::reports
