#include "protocol/rejections.hpp"

#include <boost/mp11.hpp>

#include <algorithm>
#include <array>

namespace vigie::protocol {

namespace {

struct Spoken {
  Rejection reason;
  Sentence sentence;
};

constexpr std::array sentences{
    Spoken{Rejection::not_allowed,
           {"Votre compte n'a pas le droit de faire cela. Demandez à l'encadrant.",
            "Your account may not do this. Ask the coordinator."}},
    Spoken{Rejection::malformed,
           {"La demande est mal formée. Rechargez la page.", "The command is malformed. Reload the page."}},
    Spoken{Rejection::overloaded,
           {"Le serveur a trop à faire. Réessayez dans quelques secondes.",
            "The server is overloaded. Try again in a few seconds."}},
    Spoken{Rejection::journal_unavailable,
           {"La main courante ne répond pas. Réessayez : rien ne sera fait deux fois.",
            "The log does not answer. Try again: nothing will be done twice."}},
    Spoken{Rejection::night_already_open, {"La nuit est déjà ouverte.", "The night is already open."}},
    Spoken{Rejection::night_not_open,
           {"Aucune nuit n'est ouverte. L'encadrant peut ouvrir une nuit exceptionnelle.",
            "No night is open. The coordinator can open an exceptional one."}},
    Spoken{Rejection::night_has_open_work,
           {"Des sollicitations ou des appels restent ouverts. Clôturez-les d'abord.",
            "Requests or calls are still open. Close them first."}},
    Spoken{Rejection::reason_needed,
           {"Hors des horaires, une nuit s'ouvre avec un motif.",
            "Outside the hours a night opens with a reason."}},
    Spoken{Rejection::closing_time_passed,
           {"L'heure de fermeture est déjà passée. Choisissez une heure à venir.",
            "The closing time has passed. Choose a time to come."}},
    Spoken{Rejection::call_unknown, {"Cet appel n'existe pas.", "There is no such call."}},
    Spoken{Rejection::call_already_known, {"Cet appel est déjà noté.", "This call is noted already."}},
    Spoken{Rejection::call_over, {"Cet appel est terminé.", "This call is over."}},
    Spoken{Rejection::call_not_missed,
           {"Cet appel n'est pas à rappeler.", "This call does not wait to be called back."}},
    Spoken{Rejection::call_not_lost,
           {"La fin de cet appel peut encore être annoncée.", "The end of this call may still be told."}},
    Spoken{
        Rejection::call_already_joined,
        {"Cet appel est déjà joint à cette sollicitation.", "This call is joined to this request already."}},
    Spoken{Rejection::request_unknown, {"Cette sollicitation n'existe pas.", "There is no such request."}},
    Spoken{Rejection::request_already_known,
           {"Cette sollicitation est déjà ouverte.", "This request is open already."}},
    Spoken{Rejection::request_closed,
           {"Cette sollicitation est clôturée. Rouvrez-la d'abord.",
            "This request is closed. Reopen it first."}},
    Spoken{Rejection::request_not_closed,
           {"Cette sollicitation n'est pas clôturée.", "This request is not closed."}},
    Spoken{Rejection::request_has_team,
           {"Un binôme est encore sur cette sollicitation. Attendez son compte rendu ou retirez-le.",
            "A team is still on this request. Wait for its report or withdraw it."}},
    Spoken{Rejection::too_many_requests,
           {"Trop de vos sollicitations sont encore ouvertes. Appelez la régulation.",
            "Too many of your requests are still open. Call the dispatcher."}},
    Spoken{Rejection::category_unknown,
           {"Ce motif n'existe pas dans ce dispositif.", "This service has no such category."}},
    Spoken{Rejection::quarter_unknown,
           {"Ce quartier n'est pas dans ce dispositif.", "This quarter is not in this service."}},
    Spoken{Rejection::place_unknown,
           {"Ce lieu n'est pas dans la liste des lieux. Choisissez-en un autre, ou décrivez-le.",
            "This place is not in the list of places. Choose another, or describe it."}},
    Spoken{Rejection::place_in_other_quarter,
           {"Ce lieu est dans un autre quartier.", "This place is in another quarter."}},
    Spoken{Rejection::team_unknown, {"Ce binôme n'existe pas.", "There is no such team."}},
    Spoken{Rejection::team_already_on_duty,
           {"Ce binôme est déjà en service.", "This team is on duty already."}},
    Spoken{Rejection::team_off_duty, {"Ce binôme n'est pas en service.", "This team is off duty."}},
    Spoken{Rejection::team_on_break, {"Ce binôme est en pause.", "This team is on a break."}},
    Spoken{Rejection::team_not_on_break, {"Ce binôme n'est pas en pause.", "This team is not on a break."}},
    Spoken{Rejection::team_has_assignment,
           {"Ce binôme est déjà en mission.", "This team already has an assignment."}},
    Spoken{Rejection::overtaken,
           {"Cela arrive trop tard : autre chose a été noté depuis. Refaites-le si besoin.",
            "This comes too late: something else was recorded since. Do it again if need be."}},
    Spoken{Rejection::member_unknown,
           {"Ce médiateur n'est pas dans ce dispositif.", "This mediator is not in this service."}},
    Spoken{Rejection::member_in_other_team,
           {"Un de ces médiateurs est déjà en service dans un autre binôme.",
            "One of these mediators is on duty in another team."}},
    Spoken{Rejection::members_needed,
           {"Indiquez les médiateurs du binôme, chacun une fois.", "Name the team's mediators, each once."}},
    Spoken{Rejection::assignment_unknown, {"Cette mission n'existe pas.", "There is no such assignment."}},
    Spoken{Rejection::assignment_already_known,
           {"Cette mission existe déjà.", "This assignment exists already."}},
    Spoken{Rejection::assignment_ended, {"Cette mission est terminée.", "This assignment has ended."}},
    Spoken{Rejection::assignment_not_offered,
           {"Cette mission a déjà reçu une réponse.", "This assignment was answered already."}},
    Spoken{Rejection::assignment_not_accepted,
           {"Acceptez d'abord la mission.", "Accept the assignment first."}},
    Spoken{Rejection::assignment_not_due,
           {"Le binôme a encore le temps de répondre.", "The team still has time to answer."}},
    Spoken{Rejection::milestone_passed, {"Cette étape est déjà passée.", "This step has passed already."}},
    Spoken{Rejection::already_on_this_request,
           {"Ce binôme est déjà sur cette sollicitation.", "This team is on this request already."}},
    Spoken{Rejection::request_already_covered,
           {"Un binôme y est déjà. Pour en envoyer un second, demandez un renfort.",
            "A team is on it already. To send a second, ask for a reinforcement."}},
};

static_assert(sentences.size() ==
                  boost::mp11::mp_size<boost::describe::describe_enumerators<Rejection>>::value,
              "every rejection has its sentence");

} // namespace

Sentence sentence(Rejection reason) {
  auto const is_it = [reason](Spoken const& spoken) { return spoken.reason == reason; };
  auto const found = std::find_if(sentences.begin(), sentences.end(), is_it);
  return found == sentences.end() ? Sentence{} : found->sentence;
}

} // namespace vigie::protocol
