// The errors of a server's log that a fault explains; any other is a finding.
const wrongClock = / this machine's clock is \d+ s (ahead of|behind) that of /;
const reasons = { clock_forward: [wrongClock], clock_back: [wrongClock] };

export const explained = (line, kind) => !/ (error|critical) /.test(line) || (reasons[kind] ?? []).some((reason) => reason.test(line));
