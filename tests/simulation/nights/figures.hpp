#pragma once

#include <cstddef>
#include <string>

namespace vigie::simulation {

/// What was met in the nights played, so that a soft simulation shows.
struct Figures {
  std::size_t nights = 0;
  std::size_t steps = 0;
  std::size_t sent = 0;      ///< commands, with those sent again
  std::size_t again = 0;     ///< of these, sent again under the same id
  std::size_t taken = 0;     ///< answers heard that a command is in the journal
  std::size_t refused = 0;   ///< answers heard that it is not
  std::size_t unknown = 0;   ///< answers that leave it open
  std::size_t commits = 0;   ///< in the journals
  std::size_t conflicts = 0; ///< appends that another process forestalled
  std::size_t lost = 0;      ///< appends whose answer was lost
  std::size_t away = 0;      ///< times that a process lost its journal
  std::size_t starts = 0;    ///< processes started
  std::size_t kills = 0;     ///< processes gone for good or for a while
  std::size_t fixes = 0;     ///< positions taken
  std::size_t failovers = 0; ///< replicas that took over and lacked the journal's end
  std::size_t mended = 0;    ///< times that every process stood on one journal again after that
  std::size_t cut = 0;       ///< commits that they lacked
  std::size_t given_up = 0;  ///< answered commands among them that could not be taken again
};

/// The figures in two lines.
std::string told(Figures const& figures);

} // namespace vigie::simulation
