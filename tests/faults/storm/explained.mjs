// The errors of a server's log that a fault explains; any other is a finding.
const reasons = [/ this machine's clock is \d+ s (ahead of|behind) that of /];

export const explained = (line) => !/ (error|critical) /.test(line) || reasons.some((reason) => reason.test(line));
