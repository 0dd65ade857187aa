const notYet = new Set(["overloaded", "journal_unavailable"]);

/** Whether a command was neither taken nor refused for good (rule R5.6). */
export const isUndecided = ({ reason }) => notYet.has(reason);
