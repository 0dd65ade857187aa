#include "domain/deciding.hpp"

#include <algorithm>

namespace vigie::domain {

using namespace protocol;

namespace {

/// A handset may have been without network for a shift, not for longer.
constexpr std::chrono::hours longest_silence{12};

template <std::size_t Max> void drop_empty(std::optional<Text<Max>>& text) {
  if (text && text->value.empty()) text.reset();
}

Particulars tidied(Particulars particulars, Service const& service) {
  drop_empty(particulars.caller_name);
  drop_empty(particulars.number);
  drop_empty(particulars.door);
  drop_empty(particulars.words);
  drop_empty(particulars.report);
  if (particulars.number)
    particulars.number->value = normalised_number(particulars.number->value, service.country_code.value);
  return particulars;
}

} // namespace

Instant clipped(Context const& context, Instant moment, Instant last) {
  Instant const now = context.intent.at;
  return std::max({std::min(moment, now), now - longest_silence, last});
}

Instant field_time(Context const& context, Instant last) {
  return clipped(context, context.intent.made_at, last);
}

void keep(Context const& context, Decision& decision, std::string const& subject, Particulars particulars) {
  particulars = tidied(std::move(particulars), context.service);
  if (particulars == Particulars{}) return;
  decision.events.push_back(ConfidenceKept{SubjectId{subject}});
  decision.confidences.push_back(Confidence{SubjectId{subject}, std::move(particulars)});
}

bool acts_for(Context const& context, TeamId const& team) {
  return context.intent.actor.role != Role::team || context.intent.actor.team == team;
}

} // namespace vigie::domain
