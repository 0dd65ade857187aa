#include "unit/protocol/small_words.hpp"

#include "protocol/codec/describe_json.hpp"

namespace vigie::protocol {

template Result<small::Order, DecodeError> decode(std::string_view, Limits);
template std::string encode(small::Order const&);
template Result<small::CheckPoint, DecodeError> decode(std::string_view, Limits);
template std::string encode(small::CheckPoint const&);
template Result<small::Badge, DecodeError> decode(std::string_view, Limits);
template std::string encode(small::Badge const&);
template Result<std::vector<TeamId>, DecodeError> decode(std::string_view, Limits);
template Result<double, DecodeError> decode(std::string_view, Limits);
template std::string encode(double const&);

} // namespace vigie::protocol
