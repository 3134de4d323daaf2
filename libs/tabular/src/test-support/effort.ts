/**
 * From now on: what it says is what this thread has done, in milliseconds of its processor. What others do on the machine
 * meanwhile does not count, as it would by the clock.
 */
export function countEffort(): () => number {
  const before = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
}
