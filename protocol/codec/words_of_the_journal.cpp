#include "protocol/codec/describe_json.hpp"
#include "protocol/journal.hpp"

/// What the server keeps, and what its processes tell one another.
namespace vigie::protocol {

template Result<Commit, DecodeError> decode(std::string_view, Limits);
template std::string encode(Commit const&);
template Result<Event, DecodeError> decode(std::string_view, Limits);
template std::string encode(Event const&);
template Result<RefusedCommand, DecodeError> decode(std::string_view, Limits);
template std::string encode(RefusedCommand const&);
template Result<Snapshot, DecodeError> decode(std::string_view, Limits);
template std::string encode(Snapshot const&);
template Result<Particulars, DecodeError> decode(std::string_view, Limits);
template std::string encode(Particulars const&);
template Result<Actor, DecodeError> decode(std::string_view, Limits);
template std::string encode(Actor const&);

} // namespace vigie::protocol
