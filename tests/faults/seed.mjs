/** The seed of a test's chance: VIGIE_SEED, or one of today; printed, so that the run can be had again. */
export function seed(name) {
  const value = Number(process.env.VIGIE_SEED ?? Date.now() % 1_000_000);
  console.log(`${name}: VIGIE_SEED=${value}`);
  return value;
}
