#include "protocol/codec/describe_json.hpp"
#include "protocol/frames.hpp"
#include "protocol/samples.hpp"

/// What crosses the HTTP doors, and the small words in between.
namespace vigie::protocol {

template Result<ReportCall, DecodeError> decode(std::string_view, Limits);
template std::string encode(ReportCall const&);
template Result<SignIn, DecodeError> decode(std::string_view, Limits);
template std::string encode(SignIn const&);
template Result<Session, DecodeError> decode(std::string_view, Limits);
template std::string encode(Session const&);
template Result<FoundPlaces, DecodeError> decode(std::string_view, Limits);
template std::string encode(FoundPlaces const&);
template Result<Problem, DecodeError> decode(std::string_view, Limits);
template std::string encode(Problem const&);
template Result<Service, DecodeError> decode(std::string_view, Limits);
template std::string encode(Service const&);
template Result<Place, DecodeError> decode(std::string_view, Limits);
template std::string encode(Place const&);
template Result<Position, DecodeError> decode(std::string_view, Limits);
template std::string encode(Position const&);
template Result<Picture, DecodeError> decode(std::string_view, Limits);
template std::string encode(Picture const&);
template Result<Fix, DecodeError> decode(std::string_view, Limits);
template std::string encode(Fix const&);
template Result<SampleAccess, DecodeError> decode(std::string_view, Limits);
template std::string encode(SampleAccess const&);

} // namespace vigie::protocol
