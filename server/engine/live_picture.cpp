#include "engine/live_picture.hpp"

#include "engine/task_group.hpp"
#include "runtime/log.hpp"

#include <map>
#include <set>

namespace vigie::engine {

using namespace std::chrono_literals;
using protocol::TeamId;

namespace {

constexpr auto clocks_differ_by = std::chrono::minutes{1};
constexpr auto look_for_expired = 5s;
constexpr auto store_is_away = 500ms; // the first pause, doubling …
constexpr auto longest_away = 4000ms; // … up to this, with jitter
constexpr auto usual_lateness = 20ms;
constexpr int yield_to_lateness = 4; // of what is more than usual, pictures rest so many times as long
constexpr int longest_tick = 20;     // ticks

/// Teams whose position differs since the last batch went out.
struct Moves {
  std::set<TeamId> moved;
  std::set<TeamId> gone;

  bool empty() const { return moved.empty() && gone.empty(); }
  /// Takes older moves in, where nothing newer is known.
  void take_back(Moves const& older) {
    for (auto const& team : older.moved)
      if (!gone.contains(team)) moved.insert(team);
    for (auto const& team : older.gone)
      if (!moved.contains(team)) gone.insert(team);
  }
  void put(TeamId const& team) {
    moved.insert(team);
    gone.erase(team);
  }
  void remove(TeamId const& team) {
    moved.erase(team);
    gone.insert(team);
  }
};

} // namespace

struct LivePicture::Work {
  Work(asio::any_io_executor executor, Engine& engine, std::shared_ptr<PositionStore> given_store,
       std::chrono::milliseconds tick)
      : engine(engine), store(std::move(given_store)), tick(tick), time(PassingTime::of(executor)),
        to_show(executor), to_share(executor), to_look(executor), pace(executor), share_rest(executor),
        look_rest(executor), tasks(executor, "picture") {}

  Engine& engine;
  std::shared_ptr<PositionStore> store;
  std::chrono::milliseconds tick;
  PassingTime const& time;
  Signal to_show;
  Signal to_share;
  Signal to_look;
  Signal pace;
  Signal share_rest;
  Signal look_rest;
  TaskGroup tasks;
  std::map<TeamId, protocol::Position> latest;
  std::map<TeamId, protocol::Instant> watched; ///< on duty since then, and looked for in the store
  Moves unseen;                                ///< not yet shown to this process's screens
  Moves unshared;                              ///< not yet told to the other processes
  std::vector<Viewer> viewers;
  bool stopping = false;

  std::optional<protocol::FixRefusal> refusal(TeamId const& team, protocol::Fix const& fix) const;
  bool tracked(TeamId const& team) const;
  protocol::Instant since(TeamId const& team) const;
  bool is_of_earlier_duty(TeamId const& team, protocol::Fix const& fix) const;
  bool expired(protocol::Fix const& fix) const;
  bool is_to_come(protocol::Fix const& fix) const;
  bool put(protocol::Position const& position);
  void merge(protocol::Picture const& picture);
  void watch_the_tracked();
  void take_over(std::vector<protocol::Position> kept);
  void forget(TeamId const& team);
  void forget_expired();
  void leave_out_the_tracked();
  void duties_changed(domain::Touched const& touched);
  void came_back(TeamId const& team);
  protocol::Picture take(Moves& moves) const;
  asio::awaitable<void> show();
  asio::awaitable<void> share();
  asio::awaitable<void> look();
};

bool LivePicture::Work::tracked(TeamId const& team) const {
  auto const held = engine.state().teams.find(team);
  return held != engine.state().teams.end() && held->second.entity.duty == protocol::Duty::available;
}

/// By a clock that was ahead a position may be of a time to come: kept, it would keep the true ones out.
bool LivePicture::Work::expired(protocol::Fix const& fix) const {
  return fix.fixed_at + engine.service().fix_kept_for < engine.now() || is_to_come(fix);
}

bool LivePicture::Work::is_to_come(protocol::Fix const& fix) const {
  return fix.fixed_at > engine.now() + clocks_differ_by;
}

std::optional<protocol::FixRefusal> LivePicture::Work::refusal(TeamId const& team,
                                                               protocol::Fix const& fix) const {
  auto const held = engine.state().teams.find(team);
  if (held == engine.state().teams.end() || held->second.entity.duty == protocol::Duty::off)
    return protocol::FixRefusal::off_duty;
  if (held->second.entity.duty == protocol::Duty::on_break) return protocol::FixRefusal::on_break;
  if (is_to_come(fix)) return protocol::FixRefusal::from_the_future;
  if (expired(fix) || is_of_earlier_duty(team, fix)) return protocol::FixRefusal::too_old;
  return std::nullopt;
}

/// Where a pair was on its break is nobody's business, also when its phone tells it afterwards. By a clock
/// that was ahead, this process's or another's, a pair may have come on duty later than now: it is seen all
/// the same.
bool LivePicture::Work::is_of_earlier_duty(TeamId const& team, protocol::Fix const& fix) const {
  auto const found = watched.find(team);
  return found != watched.end() && fix.fixed_at + clocks_differ_by < std::min(found->second, engine.now());
}

/// Keeps a position unless a newer one is known; tells whether it was kept.
bool LivePicture::Work::put(protocol::Position const& position) {
  auto const [held, is_new] = latest.try_emplace(position.team, position);
  if (!is_new && held->second.fix.fixed_at >= position.fix.fixed_at) return false;
  held->second = position;
  unseen.put(position.team);
  to_show.raise();
  return true;
}

void LivePicture::Work::merge(protocol::Picture const& picture) {
  for (auto const& position : picture.positions)
    if (tracked(position.team) && !expired(position.fix) && !is_of_earlier_duty(position.team, position.fix))
      put(position);
}

/// Those on duty when this process begins: where they were on an earlier break is shown no more than by one
/// that saw them come back.
void LivePicture::Work::watch_the_tracked() {
  for (auto const& [team, held] : engine.state().teams)
    if (tracked(team)) watched.try_emplace(team, since(team));
}

/// A process that was killed may have left behind where a team was before its break.
void LivePicture::Work::take_over(std::vector<protocol::Position> kept) {
  for (auto const& position : kept)
    if (!tracked(position.team)) forget(position.team);
  merge(protocol::Picture{{}, std::move(kept), {}});
}

/// In the store too, where there may be a position that this process does not know.
void LivePicture::Work::forget(TeamId const& team) {
  unshared.remove(team);
  to_share.raise();
  if (latest.erase(team) == 0) return;
  unseen.remove(team);
  to_show.raise();
}

void LivePicture::Work::forget_expired() {
  std::vector<TeamId> old;
  for (auto const& [team, position] : latest)
    if (expired(position.fix)) old.push_back(team);
  for (auto const& team : old) forget(team);
}

/// Of a team on duty the store keeps what others have heard since, and lets it expire by itself.
void LivePicture::Work::leave_out_the_tracked() {
  std::erase_if(unshared.gone, [this](auto const& team) { return tracked(team); });
}

/// When it came on duty, or now if that is still to come: what it says from now on is of this duty.
protocol::Instant LivePicture::Work::since(TeamId const& team) const {
  return std::min(engine.state().teams.at(team).entity.since, engine.now());
}

/// A team that goes on a break or off duty is not tracked from that moment. One that comes on duty may have
/// been heard already: its position can reach this process before the commit that puts it on duty does.
void LivePicture::Work::duties_changed(domain::Touched const& touched) {
  for (auto const& team : touched.teams) {
    if (!tracked(team)) {
      watched.erase(team);
      forget(team);
    } else if (touched.left_duty.contains(team)) {
      came_back(team);
    } else if (watched.try_emplace(team, since(team)).second) {
      to_look.raise();
    }
  }
}

/// A break that was over when this process heard of it. What it took meanwhile may be of the break.
void LivePicture::Work::came_back(TeamId const& team) {
  auto const back = watched[team] = since(team);
  auto const held = latest.find(team);
  if (held != latest.end() && held->second.fix.fixed_at < back) forget(team);
  to_look.raise();
}

protocol::Picture LivePicture::Work::take(Moves& moves) const {
  protocol::Picture picture{engine.now(), {}, {moves.gone.begin(), moves.gone.end()}};
  for (auto const& team : moves.moved) picture.positions.push_back(latest.at(team));
  moves = {};
  return picture;
}

/// Shows the first move at once, the next ones together a tick after that; later still while the thread is
/// behind with its work, so that pictures give way to commands.
asio::awaitable<void> LivePicture::Work::show() {
  auto rest = tick;
  while (!stopping) {
    co_await to_show.wait_for(look_for_expired);
    auto const next = time.now() + rest;
    forget_expired();
    if (unseen.empty()) continue;
    auto const picture = take(unseen);
    for (auto const& viewer : viewers) viewer(picture);
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(next - time.now());
    co_await pace.wait_for(left);
    auto const late = std::chrono::floor<std::chrono::milliseconds>(time.now() - next);
    rest = std::clamp(tick + yield_to_lateness * (late - usual_lateness), tick, longest_tick * tick);
  }
}

/// What could not be shared is shared later: above all that a team is gone.
asio::awaitable<void> LivePicture::Work::share() {
  auto away = store_is_away;
  while (!stopping) {
    co_await to_share.wait();
    leave_out_the_tracked();
    if (unshared.empty()) continue;
    auto const moves = unshared;
    auto picture = take(unshared);
    bool const shared = co_await store->share(std::move(picture));
    if (shared) {
      away = store_is_away;
      co_await share_rest.wait_for(tick / 4);
      continue;
    }
    unshared.take_back(moves);
    to_share.raise();
    co_await share_rest.wait_about(std::exchange(away, std::min(2 * away, longest_away)));
  }
}

/// Fetches what the other processes shared, until it could be fetched.
asio::awaitable<void> LivePicture::Work::look() {
  auto away = store_is_away;
  while (!stopping) {
    co_await to_look.wait();
    if (stopping) co_return;
    auto kept = co_await store->all();
    if (kept) {
      away = store_is_away;
      merge(protocol::Picture{{}, std::move(*kept), {}});
      continue;
    }
    to_look.raise();
    co_await look_rest.wait_about(std::exchange(away, std::min(2 * away, longest_away)));
  }
}

LivePicture::LivePicture(asio::any_io_executor executor, Engine& engine, std::shared_ptr<PositionStore> store,
                         std::chrono::milliseconds tick)
    : work_(std::make_shared<Work>(executor, engine, std::move(store), tick)) {
  std::weak_ptr<Work> const weak = work_;
  engine.on_change([weak](domain::State const&, domain::Touched const& touched) {
    if (auto const work = weak.lock()) work->duties_changed(touched);
  });
  work_->store->on_shared([weak](protocol::Picture const& picture) {
    if (auto const work = weak.lock()) work->merge(picture);
  });
}

LivePicture::~LivePicture() = default;

asio::awaitable<void> LivePicture::start() {
  auto const work = work_;
  work->watch_the_tracked();
  auto kept = co_await work->store->all();
  if (kept) work->take_over(std::move(*kept));
  work->tasks.spawn(work->show());
  work->tasks.spawn(work->share());
  work->tasks.spawn(work->look());
}

asio::awaitable<void> LivePicture::stop() {
  auto const work = work_;
  work->stopping = true;
  for (auto* signal :
       {&work->to_show, &work->to_share, &work->to_look, &work->pace, &work->share_rest, &work->look_rest})
    signal->raise();
  co_await work->tasks.join();
  work->leave_out_the_tracked();
  if (!work->unshared.gone.empty()) co_await work->store->share(work->take(work->unshared));
}

Result<void, protocol::FixRefusal> LivePicture::report(TeamId const& team, protocol::Fix const& fix,
                                                       protocol::FixSource source) {
  if (auto const refusal = work_->refusal(team, fix)) return Failure<protocol::FixRefusal>{*refusal};
  if (work_->put({team, fix, source})) {
    work_->unshared.put(team);
    work_->to_share.raise();
  }
  return {};
}

protocol::Picture LivePicture::whole() const {
  protocol::Picture picture{work_->engine.now(), {}, {}};
  for (auto const& [team, position] : work_->latest) picture.positions.push_back(position);
  return picture;
}

std::optional<protocol::Position> LivePicture::position(TeamId const& team) const {
  auto const found = work_->latest.find(team);
  if (found == work_->latest.end()) return std::nullopt;
  return found->second;
}

void LivePicture::on_picture(Viewer viewer) { work_->viewers.push_back(std::move(viewer)); }

} // namespace vigie::engine
