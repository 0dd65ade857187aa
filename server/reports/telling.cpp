#include "reports/telling.hpp"

#include <initializer_list>

namespace vigie::reports {
namespace {

using namespace protocol;

/// Puts the parts in the places of `{}`.
std::string fill(std::string text, std::initializer_list<std::string> parts) {
  std::size_t from = 0;
  for (auto const& part : parts) {
    auto const place = text.find("{}", from);
    if (place == std::string::npos) break;
    text.replace(place, 2, part);
    from = place + part.size();
  }
  return text;
}

struct Telling {
  Book const& book;

  std::string say(Sentence const& sentence, std::initializer_list<std::string> parts = {}) const {
    return fill(book.say(sentence), parts);
  }
  template <class Value> std::string called(Value value) const { return book.say(word(value)); }
  std::string team_of(AssignmentId const& id) const { return book.team(book.mission(id).team); }
  std::string request_of(AssignmentId const& id) const { return book.request(book.mission(id).request); }

  template <class Value> std::string listed(std::vector<Value> const& values, auto name) const {
    std::string text;
    for (auto const& value : values) text += (text.empty() ? "" : ", ") + name(value);
    return text;
  }

  std::string dangers(std::vector<DangerSign> const& signs) const {
    if (signs.empty()) return {};
    auto const names = listed(signs, [&](auto sign) { return called(sign); });
    return say({" — attention : {}", " — beware: {}"}, {names});
  }

  std::string operator()(NightOpened const& e) const {
    auto const why = e.exceptional ? " (" + called(*e.exceptional) + ")" : "";
    auto const kind = e.exceptional ? Sentence{"Nuit exceptionnelle du {} ouverte{}, fermeture à {}",
                                               "Exceptional night of {} opened{}, closes at {}"}
                                    : Sentence{"Nuit de service du {} ouverte{}, fermeture à {}",
                                               "Service night of {} opened{}, closes at {}"};
    return say(kind, {e.date.value, why, book.time(e.closes_at)});
  }
  std::string operator()(NightClosed const&) const {
    return say({"Nuit de service fermée", "Service night closed"});
  }
  std::string operator()(CallRang const& e) const {
    auto const earlier = book.earlier_call(e);
    auto const again =
        earlier ? say({" (même numéro que l’appel {})", " (same number as call {})"}, {book.call(*earlier)})
                : "";
    return say({"Appel {} sonne{}", "Call {} rings{}"}, {book.call(e.call), again});
  }
  std::string operator()(CallAnswered const& e) const {
    auto const by = e.by ? say({" par {}", " by {}"}, {e.by->value}) : "";
    return say({"Appel {} décroché{}", "Call {} answered{}"}, {book.call(e.call), by});
  }
  std::string operator()(CallHeld const& e) const {
    return say({"Appel {} mis en attente", "Call {} put on hold"}, {book.call(e.call)});
  }
  std::string operator()(CallResumed const& e) const {
    return say({"Appel {} repris", "Call {} resumed"}, {book.call(e.call)});
  }
  std::string operator()(CallTaken const& e) const {
    return say({"Appel {} pris par {}", "Call {} taken by {}"}, {book.call(e.call), e.by.value});
  }
  std::string operator()(CallEnded const& e) const {
    auto const why = e.reason ? say({" : {}", ": {}"}, {called(*e.reason)}) : "";
    return say({"Appel {} terminé{}", "Call {} ended{}"}, {book.call(e.call), why});
  }
  std::string operator()(CallSettled const& e) const {
    return say({"Appel manqué {} traité : {}", "Missed call {} settled: {}"},
               {book.call(e.call), called(e.settlement)});
  }
  std::string operator()(CallJoined const& e) const {
    return say({"Appel {} rattaché à la sollicitation {}", "Call {} joined to request {}"},
               {book.call(e.call), book.request(e.request)});
  }
  std::string operator()(RequestOpened const& e) const {
    return say({"Sollicitation {} ouverte : {} — {} ({}, priorité {}){}",
                "Request {} opened: {} — {} ({}, priority {}){}"},
               {book.request(e.request), book.category(e.category), book.place(e.place, e.quarter),
                called(e.source), called(e.priority), dangers(e.dangers)});
  }
  std::string operator()(RequestAmended const& e) const {
    return say({"Sollicitation {} corrigée : {} — {} (priorité {}){}",
                "Request {} corrected: {} — {} (priority {}){}"},
               {book.request(e.request), book.category(e.category), book.place(e.place, e.quarter),
                called(e.priority), dangers(e.dangers)});
  }
  std::string operator()(RequestClosed const& e) const {
    return say({"Sollicitation {} clôturée : {}", "Request {} closed: {}"},
               {book.request(e.request), called(e.disposition)});
  }
  std::string operator()(RequestReopened const& e) const {
    if (e.number)
      return say({"Sollicitation {} rouverte, désormais {}", "Request {} reopened, now {}"},
                 {book.former_request(e.request), book.request(e.request)});
    return say({"Sollicitation {} rouverte", "Request {} reopened"}, {book.request(e.request)});
  }
  std::string operator()(TeamSignedOn const& e) const {
    auto const members = listed(e.members, [&](auto const& member) { return book.member(member); });
    return say({"{} prend son service {} : {}", "{} signs on {}: {}"},
               {book.team(e.team), called(e.transport), members});
  }
  std::string operator()(TeamSignedOff const& e) const {
    return say({"{} termine son service", "{} signs off"}, {book.team(e.team)});
  }
  std::string operator()(BreakStarted const& e) const {
    return say({"{} en pause", "{} takes a break"}, {book.team(e.team)});
  }
  std::string operator()(BreakEnded const& e) const {
    return say({"{} de nouveau disponible", "{} is back from its break"}, {book.team(e.team)});
  }
  std::string operator()(AssignmentOffered const& e) const {
    auto const kind = e.reinforcement ? Sentence{"Renfort proposé à {} : sollicitation {}, réponse avant {}",
                                                 "Reinforcement offered to {}: request {}, to answer by {}"}
                                      : Sentence{"Mission proposée à {} : sollicitation {}, réponse avant {}",
                                                 "Assignment offered to {}: request {}, to answer by {}"};
    return say(kind, {book.team(e.team), book.request(e.request), book.time(e.answer_by)});
  }
  std::string operator()(AssignmentAccepted const& e) const {
    return say({"Mission acceptée par {} : sollicitation {}", "Assignment accepted by {}: request {}"},
               {team_of(e.assignment), request_of(e.assignment)});
  }
  std::string operator()(AssignmentRefused const& e) const {
    return say(
        {"Mission refusée par {} ({}) : sollicitation {}", "Assignment refused by {} ({}): request {}"},
        {team_of(e.assignment), called(e.reason), request_of(e.assignment)});
  }
  std::string operator()(OfferExpired const& e) const {
    return say({"Sans réponse de {} : sollicitation {}", "No answer from {}: request {}"},
               {team_of(e.assignment), request_of(e.assignment)});
  }
  std::string operator()(ProgressReported const& e) const {
    return say({"{} : {}, sollicitation {}", "{}: {}, request {}"},
               {team_of(e.assignment), called(e.milestone), request_of(e.assignment)});
  }
  std::string operator()(AssignmentCleared const& e) const {
    auto const people = e.people ? say({", personnes rencontrées : {}", ", people met: {}"},
                                       {std::to_string(e.people->value)})
                                 : "";
    return say(
        {"Mission terminée par {} : sollicitation {}, {}{}", "Assignment cleared by {}: request {}, {}{}"},
        {team_of(e.assignment), request_of(e.assignment), called(e.disposition), people});
  }
  std::string operator()(AssignmentWithdrawn const& e) const {
    return say(
        {"Mission retirée à {} ({}) : sollicitation {}", "Assignment withdrawn from {} ({}): request {}"},
        {team_of(e.assignment), called(e.reason), request_of(e.assignment)});
  }
  std::string operator()(ConfidenceKept const& e) const {
    return say({"Précisions confidentielles notées : {}", "Confidential details noted: {}"},
               {book.subject(e.subject)});
  }
};

} // namespace

std::string sentence(Event const& event, Book const& book) { return std::visit(Telling{book}, event); }

std::optional<Instant> moment(Event const& event) {
  return std::visit(
      [](auto const& told) -> std::optional<Instant> {
        if constexpr (requires { told.at; })
          return told.at;
        else
          return std::nullopt;
      },
      event);
}

} // namespace vigie::reports
