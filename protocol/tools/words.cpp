#include "protocol/codec/examples.hpp"
#include "protocol/codec/names.hpp"
#include "protocol/codec/schema.hpp"
#include "protocol/codec/write_scalars.hpp"
#include "protocol/rejections.hpp"

#include <cstdlib>
#include <iostream>

namespace protocol = vigie::protocol;

namespace {

constexpr char usage[] =
    "vigie-words schema            prints the JSON Schema of all words\n"
    "vigie-words rejections        prints why commands are refused, in French and English\n"
    "vigie-words examples FOLDER   checks the golden examples\n";

void append_sentence(std::string& json, std::string_view name, protocol::Sentence const& sentence) {
  protocol::append_string(json, name);
  protocol::append_string(json += ":{\"fr\":", sentence.fr);
  protocol::append_string(json += ",\"en\":", sentence.en);
  json += '}';
}

/// `{"night_not_open":{"fr":"…","en":"…"},…}`
std::string rejections() {
  std::string json;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<protocol::Rejection>>([&](auto reason) {
    json += json.empty() ? '{' : ',';
    append_sentence(json, protocol::naming::plain(reason.name), protocol::sentence(reason.value));
  });
  return json += '}';
}

int check_examples(char const* folder) {
  std::vector<std::string> const faults = protocol::faults_of_examples(folder);
  for (std::string const& fault : faults) std::cerr << fault << '\n';
  return faults.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}

int print(std::string const& text) {
  std::cout << text << '\n';
  return EXIT_SUCCESS;
}

} // namespace

int main(int count, char** arguments) {
  std::string_view const wish = count > 1 ? arguments[1] : "";
  if (wish == "schema" && count == 2) return print(protocol::json_schema());
  if (wish == "rejections" && count == 2) return print(rejections());
  if (wish == "examples" && count == 3) return check_examples(arguments[2]);
  std::cerr << usage;
  return EXIT_FAILURE;
}
