#pragma once

#include "protocol/events.hpp"
#include "protocol/rejections.hpp"

/// Inner part of the room: closed sets as the field says them.
namespace vigie::reports {

enum class Language { fr, en };

/// What this value is called in both languages, in the middle of a sentence. @{
protocol::Sentence word(protocol::Role role);
protocol::Sentence word(protocol::ExceptionalReason reason);
protocol::Sentence word(protocol::CallEnd end);
protocol::Sentence word(protocol::CallSettlement settlement);
protocol::Sentence word(protocol::Source source);
protocol::Sentence word(protocol::DangerSign danger);
protocol::Sentence word(protocol::Disposition disposition);
protocol::Sentence word(protocol::Priority priority);
protocol::Sentence word(protocol::Transport transport);
protocol::Sentence word(protocol::RefusalReason reason);
protocol::Sentence word(protocol::WithdrawalReason reason);
protocol::Sentence word(protocol::Milestone milestone);
/// @}

} // namespace vigie::reports
