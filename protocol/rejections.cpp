#include "protocol/rejections.hpp"

namespace vigie::protocol {

Sentence sentence(Rejection reason) {
  switch (reason) {
  case Rejection::not_allowed:
    return {"Votre compte n'a pas le droit de faire cela. Demandez à l'encadrant.",
            "Your account may not do this. Ask the coordinator."};
  case Rejection::malformed:
    return {"La demande est mal formée. Rechargez la page.", "The command is malformed. Reload the page."};
  case Rejection::overloaded:
    return {"Le serveur a trop à faire. Réessayez dans quelques secondes.",
            "The server is overloaded. Try again in a few seconds."};
  case Rejection::journal_unavailable:
    return {"La main courante ne répond pas. Réessayez : rien ne sera fait deux fois.",
            "The log does not answer. Try again: nothing will be done twice."};
  case Rejection::night_already_open: return {"La nuit est déjà ouverte.", "The night is already open."};
  case Rejection::night_not_open:
    return {"Aucune nuit n'est ouverte. L'encadrant peut ouvrir une nuit exceptionnelle.",
            "No night is open. The coordinator can open an exceptional one."};
  case Rejection::night_has_open_work:
    return {"Des sollicitations ou des appels restent ouverts. Clôturez-les d'abord.",
            "Requests or calls are still open. Close them first."};
  case Rejection::reason_needed:
    return {"Hors des horaires, une nuit s'ouvre avec un motif.",
            "Outside the hours a night opens with a reason."};
  case Rejection::closing_time_passed:
    return {"L'heure de fermeture est déjà passée. Choisissez une heure à venir.",
            "The closing time has passed. Choose a time to come."};
  case Rejection::call_unknown: return {"Cet appel n'existe pas.", "There is no such call."};
  case Rejection::call_already_known: return {"Cet appel est déjà noté.", "This call is noted already."};
  case Rejection::call_over: return {"Cet appel est terminé.", "This call is over."};
  case Rejection::call_not_missed:
    return {"Cet appel n'est pas à rappeler.", "This call does not wait to be called back."};
  case Rejection::call_already_joined:
    return {"Cet appel est déjà joint à cette sollicitation.",
            "This call is joined to this request already."};
  case Rejection::request_unknown: return {"Cette sollicitation n'existe pas.", "There is no such request."};
  case Rejection::request_already_known:
    return {"Cette sollicitation est déjà ouverte.", "This request is open already."};
  case Rejection::request_closed:
    return {"Cette sollicitation est clôturée. Rouvrez-la d'abord.",
            "This request is closed. Reopen it first."};
  case Rejection::request_not_closed:
    return {"Cette sollicitation n'est pas clôturée.", "This request is not closed."};
  case Rejection::request_has_team:
    return {"Un binôme est encore sur cette sollicitation. Attendez son compte rendu ou retirez-le.",
            "A team is still on this request. Wait for its report or withdraw it."};
  case Rejection::category_unknown:
    return {"Ce motif n'existe pas dans ce dispositif.", "This service has no such category."};
  case Rejection::quarter_unknown:
    return {"Ce quartier n'est pas dans ce dispositif.", "This quarter is not in this service."};
  case Rejection::place_in_other_quarter:
    return {"Ce lieu est dans un autre quartier.", "This place is in another quarter."};
  case Rejection::team_unknown: return {"Ce binôme n'existe pas.", "There is no such team."};
  case Rejection::team_already_on_duty:
    return {"Ce binôme est déjà en service.", "This team is on duty already."};
  case Rejection::team_off_duty:
    return {"Ce binôme n'est pas en service. Choisissez-en un autre.",
            "This team is off duty. Choose another."};
  case Rejection::team_on_break:
    return {"Ce binôme est en pause. Choisissez-en un autre.", "This team is on a break. Choose another."};
  case Rejection::team_not_on_break: return {"Ce binôme n'est pas en pause.", "This team is not on a break."};
  case Rejection::team_has_assignment:
    return {"Ce binôme est déjà en mission.", "This team already has an assignment."};
  case Rejection::member_unknown:
    return {"Ce médiateur n'est pas dans ce dispositif.", "This mediator is not in this service."};
  case Rejection::member_in_other_team:
    return {"Un de ces médiateurs est déjà en service dans un autre binôme.",
            "One of these mediators is on duty in another team."};
  case Rejection::members_needed:
    return {"Indiquez les médiateurs du binôme, chacun une fois.", "Name the team's mediators, each once."};
  case Rejection::assignment_unknown: return {"Cette mission n'existe pas.", "There is no such assignment."};
  case Rejection::assignment_already_known:
    return {"Cette mission existe déjà.", "This assignment exists already."};
  case Rejection::assignment_ended: return {"Cette mission est terminée.", "This assignment has ended."};
  case Rejection::assignment_not_offered:
    return {"Cette mission a déjà reçu une réponse.", "This assignment was answered already."};
  case Rejection::assignment_not_accepted:
    return {"Acceptez d'abord la mission.", "Accept the assignment first."};
  case Rejection::assignment_not_due:
    return {"Le binôme a encore le temps de répondre.", "The team still has time to answer."};
  case Rejection::milestone_passed: return {"Cette étape est déjà passée.", "This step has passed already."};
  case Rejection::already_on_this_request:
    return {"Ce binôme est déjà sur cette sollicitation.", "This team is on this request already."};
  case Rejection::request_already_covered:
    return {"Un binôme y est déjà. Pour en envoyer un second, demandez un renfort.",
            "A team is on it already. To send a second, ask for a reinforcement."};
  }
  return {"", ""};
}

} // namespace vigie::protocol
