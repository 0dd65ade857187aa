// Ten times the country's load: what becomes of commands and pictures when there is more work than processor.
import { insistOnAllShown, openContestant } from "../lib/commands.mjs";
import { load } from "../lib/ground.mjs";

const party = { services: 200, teams: 50, desks: 5, limits: ["fixes_per_second = 20"] };
const screens = { services: party.services, desks: party.desks, handsets: party.teams };
const usual = { commands: 200, fixes: 10_000 };
const much = { commands: 2_000, fixes: 100_000, together: 5 };

async function measureLoad(stage, words, quick) {
  const told = await load("load", { port: stage.port, ...screens, ...words, seconds: quick ? 2 : 6, warm_up: 2, pids: stage.pids });
  insistOnAllShown(told);
  const desks = party.services * party.desks;
  return { p50: told.to_handset.p50_ms, p99: told.to_handset.p99_ms, pictures: told.pictures / told.seconds / desks, fixes: told.fixes / told.seconds };
}

const named = (measured, load) => Object.fromEntries(Object.entries(measured).map(([name, value]) => [`${name}_${load}`, value]));

const both = (name, title, unit, more = {}) => [
  { name: `${name}_usual`, title: `${title}, usual load`, unit, ...more },
  { name: `${name}_tenfold`, title: `${title}, tenfold`, unit, ...more },
];

export const tenfold = {
  name: "tenfold",
  title: "Ten times the country's load",
  how: "The country's screens, first with its usual load, then with 2,000 commands and 100,000 positions a second, five of a handset in one piece. The server has a core; the load and both Redis servers share the other; whose the delay is was not measured. Nobody is cut off and every command is answered, or the round fails.",
  contestants: ["vigie"],
  measures: [
    ...both("p50", "command to handset, the middle", "ms", { less: true }),
    ...both("p99", "command to handset, 99 of 100 within", "ms", { less: true }),
    ...both("pictures", "pictures to each desk", "a second"),
    ...both("fixes", "positions sent", "a second"),
  ],
  async open(contestant, { quick }) {
    const stage = await openContestant(contestant, party);
    const measure = async () => ({ ...named(await measureLoad(stage, usual, quick), "usual"), ...named(await measureLoad(stage, much, quick), "tenfold") });
    return { measure, close: stage.stop };
  },
};
