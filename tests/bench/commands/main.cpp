#include "bench/commands/floor.hpp"
#include "bench/commands/load.hpp"
#include "bench/commands/options.hpp"
#include "bench/commands/return.hpp"

#include <iostream>

using namespace vigie::bench::commands;

namespace {

Party party_from(Options const& options) {
  return {.port = static_cast<std::uint16_t>(options.whole("port", 0)),
          .services = options.whole("services", 1),
          .desks = options.whole("desks", 1),
          .handsets = options.whole("handsets", 1),
          .at_once = options.whole("at_once", 1000)};
}

Load load_from(Options const& options) {
  return {.commands_a_second = options.number("commands", 0),
          .fixes_a_second = options.number("fixes", 0),
          .fixes_together = options.whole("together", 1),
          .outstanding = options.whole("outstanding", 0),
          .from_handsets = options.whole("from_handsets", 0) > 0,
          .warm_up_s = options.number("warm_up", 1),
          .measured_s = options.number("seconds", 5),
          .pids = options.text("pids"),
          .answered = options.text("answered")};
}

int run(std::string const& verb, Options const& options) {
  if (verb == "load") return Loading{party_from(options), load_from(options)}.run(), 0;
  if (verb == "return")
    return tell_return(party_from(options), options.text("until") != "handshake", options.text("pids")), 0;
  if (verb == "append")
    return tell_append(options.text("redis"), options.number("seconds", 2), options.number("a_second", 0)), 0;
  if (verb == "echo")
    return tell_echo(options.number("seconds", 1), options.number("a_second", 0), options.whole("core", 0)),
           0;
  std::cerr << "vigie_bench_commands load|return|append|echo name=value …\n";
  return 2;
}

} // namespace

int main(int count, char** words) {
  try {
    return run(count > 1 ? words[1] : "", Options{count, words});
  } catch (std::exception const& failure) {
    std::cerr << "vigie_bench_commands: " << failure.what() << '\n';
    return 1;
  }
}
