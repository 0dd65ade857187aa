#include "reports/words.hpp"

namespace vigie::reports {

protocol::Sentence word(protocol::Role role) {
  using enum protocol::Role;
  switch (role) {
  case hotline_operator: return {"opérateur", "operator"};
  case dispatcher: return {"régulateur", "dispatcher"};
  case coordinator: return {"encadrant", "coordinator"};
  case team: return {"binôme", "team"};
  case telephony: return {"téléphonie", "telephone system"};
  case clock: return {"horloge", "clock"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::ExceptionalReason reason) {
  using enum protocol::ExceptionalReason;
  switch (reason) {
  case event: return {"événement", "event"};
  case partner_request: return {"demande d’un partenaire", "partner’s request"};
  case weather: return {"météo", "weather"};
  case training: return {"exercice", "training"};
  case other: return {"autre motif", "other reason"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::CallEnd end) {
  using enum protocol::CallEnd;
  switch (end) {
  case caller_hung_up: return {"l’appelant a raccroché", "the caller hung up"};
  case operator_hung_up: return {"l’opérateur a raccroché", "the operator hung up"};
  case abandoned: return {"abandonné avant réponse", "abandoned before an answer"};
  case busy: return {"occupé", "busy"};
  case failed: return {"échec technique", "technical failure"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::CallSettlement settlement) {
  using enum protocol::CallSettlement;
  switch (settlement) {
  case called_back: return {"rappelé", "called back"};
  case unreachable: return {"injoignable", "unreachable"};
  case rang_again: return {"a rappelé", "rang again"};
  case no_action: return {"sans suite", "no action"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::Source source) {
  using enum protocol::Source;
  switch (source) {
  case resident_phone: return {"habitant, par téléphone", "resident, by phone"};
  case resident_street: return {"habitant, dans la rue", "resident, in the street"};
  case landlord: return {"bailleur", "landlord"};
  case town: return {"ville", "town"};
  case police: return {"police", "police"};
  case partner: return {"partenaire", "partner"};
  case caretaker: return {"gardien", "caretaker"};
  case own_initiative: return {"initiative du binôme", "own initiative"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::DangerSign danger) {
  using enum protocol::DangerSign;
  switch (danger) {
  case violence: return {"violence", "violence"};
  case weapon: return {"arme", "weapon"};
  case alcohol_or_drugs: return {"alcool ou stupéfiants", "alcohol or drugs"};
  case minor: return {"mineur", "minor"};
  case fire: return {"feu", "fire"};
  case dog: return {"chien", "dog"};
  case crowd: return {"groupe important", "crowd"};
  case health: return {"santé", "health"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::Disposition disposition) {
  using enum protocol::Disposition;
  switch (disposition) {
  case calmed_on_site: return {"apaisé sur place", "calmed on site"};
  case reminded_of_rules: return {"rappel des règles", "reminded of the rules"};
  case shuttle_mediation_opened: return {"médiation navette engagée", "shuttle mediation opened"};
  case nothing_seen: return {"rien constaté", "nothing seen"};
  case refused: return {"médiation refusée", "mediation refused"};
  case unreachable: return {"personne injoignable", "nobody reachable"};
  case relayed_to_emergency: return {"relayé au 15, 17 ou 18", "relayed to emergency services"};
  case relayed_to_partner: return {"relayé à un partenaire", "relayed to a partner"};
  case fault_reported: return {"signalement technique fait", "fault reported"};
  case follow_up_asked: return {"suivi demandé", "follow-up asked"};
  case advised_by_phone: return {"conseillé par téléphone", "advised by phone"};
  case duplicate: return {"doublon", "duplicate"};
  case cancelled: return {"annulée", "cancelled"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::Priority priority) {
  using enum protocol::Priority;
  switch (priority) {
  case urgent: return {"urgente", "urgent"};
  case normal: return {"normale", "normal"};
  case can_wait: return {"peut attendre", "can wait"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::Transport transport) {
  using enum protocol::Transport;
  switch (transport) {
  case on_foot: return {"à pied", "on foot"};
  case bicycle: return {"à vélo", "by bicycle"};
  case car: return {"en voiture", "by car"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::RefusalReason reason) {
  using enum protocol::RefusalReason;
  switch (reason) {
  case busy_on_site: return {"occupé sur place", "busy on site"};
  case too_far: return {"trop loin", "too far"};
  case unsafe: return {"danger", "unsafe"};
  case end_of_duty: return {"fin de service", "end of duty"};
  case technical: return {"problème technique", "technical problem"};
  case other: return {"autre motif", "other reason"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::WithdrawalReason reason) {
  using enum protocol::WithdrawalReason;
  switch (reason) {
  case reassigned: return {"binôme réaffecté", "team reassigned"};
  case no_longer_needed: return {"plus nécessaire", "no longer needed"};
  case mistake: return {"erreur", "mistake"};
  case other: return {"autre motif", "other reason"};
  }
  return {"?", "?"};
}

protocol::Sentence word(protocol::Milestone milestone) {
  using enum protocol::Milestone;
  switch (milestone) {
  case en_route: return {"en route", "en route"};
  case on_site: return {"sur place", "on site"};
  case contact_made: return {"contact établi", "contact made"};
  }
  return {"?", "?"};
}

} // namespace vigie::reports
