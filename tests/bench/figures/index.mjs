// The figures, in the order in which they are run and told.
import { back } from "./back.mjs";
import { commands } from "./commands.mjs";
import { country } from "./country.mjs";
import { fanout } from "./fanout.mjs";
import { fixes } from "./fixes.mjs";
import { idle } from "./idle.mjs";
import { oneService } from "./one_service.mjs";
import { picture } from "./picture.mjs";
import { tenfold } from "./tenfold.mjs";
import { tenYears } from "./ten_years.mjs";

export const figures = [picture, fanout, idle, commands, oneService, fixes, country, tenfold, back, tenYears];
