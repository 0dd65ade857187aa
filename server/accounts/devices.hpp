#pragma once

#include "accounts/store.hpp"

/// What a browser keeps to show that somebody signed in to this account there before. It opens nothing: its
/// attempts are only counted apart from those of strangers. Made from what is stored of the account, so that
/// every process can check it and none has to keep it.
namespace vigie::accounts {

/// A token for one more browser. Only who can read the stored password could make it.
std::string new_device(Stored const& account);

/// Whether the token was made for this account, and neither its password was changed nor its sessions revoked
/// since.
bool is_known_device(Stored const& account, std::string const& device);

} // namespace vigie::accounts
