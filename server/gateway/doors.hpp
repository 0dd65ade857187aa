#pragma once

#include "gateway/conversation.hpp"
#include "gateway/router.hpp"

/// The house's own HTTP doors.
namespace vigie::gateway {

/// The session behind a request, or why the request is not answered: there is none, or it asks too often.
asio::awaitable<Result<accounts::Session, HttpResponse>> admitted(House& house, std::string token);

/// Signing in, asking who one is, signing out.
void add_session_doors(Router& router, House& house);

/// What a console needs beside the conversation: places, quarters, settings.
void add_service_doors(Router& router, House& house);

/// Health for whoever starts and stops the process, figures for whoever watches it. `ready` tells whether
/// every service can take commands.
void add_watch_doors(Router& router, House& house, std::function<bool()> ready);

/// A door for machines: the key in `Authorization: Bearer …` must be of this purpose.
using MachineHandler = std::function<asio::awaitable<HttpResponse>(HttpRequest, accounts::ApiKey)>;
HttpHandler for_machines(House& house, accounts::Purpose purpose, MachineHandler handler);

} // namespace vigie::gateway
