/** What a reader found, so that nobody is fast by leaving things out. */
export interface Counts {
  rows: number;
  /** Cells that hold something. */
  cells: number;
}

/** Times one reader over the file given on the command line, and prints the figures as JSON. */
export async function measure(read: (file: string) => Promise<Counts>): Promise<void> {
  const file = process.argv[2] ?? '';
  const began = performance.now();
  const busy = process.cpuUsage();
  const counts = await read(file);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(busy);
  const processor = (user + system) / 1e6;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ ...counts, seconds, processor, megabytes }));
}
