#include "domain/deciding.hpp"

#include "domain/particulars.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

/// A handset or a desk may be without network for a shift, not for longer.
constexpr std::chrono::hours longest_silence{12};

void put_aside(Context const& context, Decision& decision, std::string const& subject,
               Particulars particulars) {
  if (particulars == Particulars{}) return;
  if (particulars.number)
    particulars.number->value =
        normalised_number(particulars.number->value, context.service.country_code.value);
  decision.events.push_back(ConfidenceKept{SubjectId{subject}});
  decision.confidences.push_back(Confidence{SubjectId{subject}, std::move(particulars)});
}

} // namespace

bool comes_from_a_person(Intent const& intent) {
  return intent.actor.role != Role::clock && intent.actor.role != Role::telephony;
}

bool is_of_another_night(Intent const& intent) {
  return comes_from_a_person(intent) && intent.made_at + longest_silence < intent.at;
}

bool was_made_before(Intent const& intent, Instant recorded, Duration tolerance) {
  return comes_from_a_person(intent) && intent.made_at + tolerance < std::min(recorded, intent.at);
}

Instant clipped(Context const& context, Instant moment, Instant last) {
  Instant const now = context.intent.at;
  return std::max({std::min(moment, now), now - longest_silence, last});
}

Instant field_time(Context const& context, Instant last) {
  return clipped(context, context.intent.made_at, last);
}

void keep(Context const& context, Decision& decision, std::string const& subject, Particulars particulars) {
  put_aside(context, decision, subject, without_empty(std::move(particulars)));
}

void correct(Context const& context, Decision& decision, std::string const& subject,
             Particulars particulars) {
  put_aside(context, decision, subject, std::move(particulars));
}

bool acts_for(Context const& context, TeamId const& team) {
  return context.intent.actor.role != Role::team || context.intent.actor.team == team;
}

} // namespace vigie::domain
